/*
 * report/ledger.c - one line of JSON for each number of the report: where it stands in the
 * Markdown, how it was computed, and the bytes of files that it was computed from.
 *
 * The format is docs-stable ("chimera.ledger/1"): tests/verify_ledger.py redoes the arithmetic from
 * the cited bytes without sharing code with this program. Lines are written as they are made, so
 * that a million operands need no memory of their own.
 */
#include "base/num.h"
#include "codec/json_out.h"
#include "fact/percent.h"
#include "report/render.h"

#include <stdio.h>

enum { PIECE_BYTES = 1 << 16 };

struct ledger {
    struct buf line, scratch;
    struct json_out json;
    bool (*write)(void *ctx, struct str line);
    void *ctx;
    bool failed;
};

/* Hands on what has gathered; a line of many operands goes in pieces. */
static void flush(struct ledger *ledger, size_t at_least)
{
    if (ledger->line.len < at_least || ledger->failed)
        return;
    ledger->failed = !ledger->write(ledger->ctx, buf_str(&ledger->line));
    buf_reset(&ledger->line);
}

static void pair_or_null(struct json_out *json, const char *key, struct str s)
{
    if (s.len)
        json_out_pair_str(json, key, s);
    else
        json_out_pair_text(json, key, NULL);
}

static void number_or_null(struct json_out *json, const char *key, uint64_t value)
{
    json_out_key(json, key);
    if (value)
        json_out_uint(json, value);
    else
        json_out_null(json);
}

static void file_pairs(struct ledger *ledger, const struct artifact *artifact)
{
    struct json_out *json = &ledger->json;
    char hex[65];

    buf_reset(&ledger->scratch);
    percent_encode(&ledger->scratch, artifact->path);
    json_out_pair_uint(json, "root", artifact->root);
    json_out_pair_str(json, "path", buf_str(&ledger->scratch));
    if (artifact->hashed)
        sha256_hex(&artifact->sha256, hex);
    json_out_pair_text(json, "sha256", artifact->hashed ? hex : NULL);
    if (strcmp(artifact->encoding, "utf-8") != 0)
        json_out_pair_text(json, "encoding", artifact->encoding);
    if (artifact->gzip) {
        json_out_key(json, "gzip");
        json_out_bool(json, true);
    }
}

static void file_operand(struct ledger *ledger, const struct artifact *artifact)
{
    struct json_out *json = &ledger->json;

    json_out_object(json);
    file_pairs(ledger, artifact);
    json_out_pair_text(json, "offset", NULL);
    json_out_end(json, '}');
}

static void add_scale(struct json_out *json, struct buf *scratch, struct scale scale)
{
    buf_reset(scratch);
    if (scale.op) {
        buf_add_char(scratch, scale.op);
        buf_addf(scratch, "%.17g", scale.factor);
    } else {
        buf_add_char(scratch, '1');
    }
    json_out_pair_str(json, "scale", buf_str(scratch));
}

static void place_pairs(struct ledger *ledger, const struct fact *fact, bool column)
{
    struct json_out *json = &ledger->json;

    buf_reset(&ledger->scratch);
    json_out_key(json, "pointer");
    if (column && fact_pointer(fact, &ledger->scratch))
        json_out_str(json, buf_str(&ledger->scratch));
    else
        json_out_null(json);
    number_or_null(json, "row", fact_row_number(fact));
    pair_or_null(json, "column", column ? fact_column(fact) : STR_NONE);
    number_or_null(json, "line", fact_line(fact));
}

/* "63,5": a comma that is no grouping. Without the hint a reader could not tell. */
static bool has_decimal_comma(const struct fact *fact)
{
    char text[32];
    size_t comma = str_find_char(fact->text, ',', 0);
    double value;

    if (comma == SIZE_MAX || fact->text.len > sizeof text)
        return false;
    memcpy(text, fact->text.ptr, fact->text.len);
    text[comma] = '.';
    return num_parse((struct str){text, fact->text.len}, &value) &&
           scale_apply(fact_scale(fact), value) == fact->value;
}

static void fact_operand(struct ledger *ledger, const struct fact *fact)
{
    struct json_out *json = &ledger->json;

    json_out_object(json);
    file_pairs(ledger, fact->artifact);
    place_pairs(ledger, fact, true);
    json_out_pair_uint(json, "offset", fact_offset(fact));
    json_out_pair_uint(json, "length", fact_length(fact));
    json_out_pair_str(json, "text", fact->text);
    if (has_decimal_comma(fact))
        json_out_pair_text(json, "decimal", ",");
    add_scale(json, &ledger->scratch, fact_scale(fact));
    json_out_end(json, '}');
}

/* A failed row is cited by its mark: the error's text, or success = false. */
static void mark_operand(struct ledger *ledger, const struct fact *fact)
{
    struct json_out *json = &ledger->json;
    struct failure_mark mark;

    if (!fact_failure(fact, &mark)) {
        fact_operand(ledger, fact);
        return;
    }
    json_out_object(json);
    file_pairs(ledger, fact->artifact);
    place_pairs(ledger, fact, false);
    json_out_pair_uint(json, "offset", mark.offset);
    json_out_pair_uint(json, "length", mark.length);
    json_out_pair_str(json, "text", mark.text);
    add_scale(json, &ledger->scratch, (struct scale){0, 1});
    json_out_end(json, '}');
}

static void add_operands(struct ledger *ledger, const struct operands *operands)
{
    json_out_key(&ledger->json, "operands");
    json_out_array(&ledger->json);
    for (size_t i = 0; i < operands->count && !ledger->failed; i++) {
        size_t at = operands->index ? operands->index[i] : i;

        if (operands->kind == OPERANDS_FILES)
            file_operand(ledger, operands->set->artifacts[at]);
        else if (operands->kind == OPERANDS_MARKS)
            mark_operand(ledger, &operands->pool[at]);
        else
            fact_operand(ledger, &operands->pool[at]);
        flush(ledger, PIECE_BYTES);
    }
    json_out_end(&ledger->json, ']');
}

static void add_subject(struct json_out *json, const struct cite *cite)
{
    json_out_key(json, "subject");
    json_out_object(json);
    for (size_t i = 0; i < cite->subject_count; i++) {
        json_out_key_str(json, cite->subject[i].key);
        json_out_str(json, cite->subject[i].value);
    }
    json_out_end(json, '}');
}

static void add_id(struct json_out *json, const char *key, unsigned id)
{
    char text[16];

    (void)snprintf(text, sizeof text, "n%u", id);
    json_out_pair_text(json, key, text);
}

static void add_number(struct ledger *ledger, const struct cite *cite)
{
    struct json_out *json = &ledger->json;

    json_out_init(json, &ledger->line, 0);
    json_out_object(json);
    add_id(json, "id", cite->id);
    json_out_pair_uint(json, "at", cite->at);
    json_out_pair_str(json, "text", cite->text);
    json_out_pair_double(json, "value", cite->value);
    if (cite->print_scale != 1)
        json_out_pair_double(json, "print_scale", cite->print_scale);
    json_out_pair_text(json, "unit", cite->unit);
    pair_or_null(json, "metric", cite->metric);
    add_subject(json, cite);
    json_out_pair_text(json, "statistic", cite->statistic);
    json_out_pair_text(json, "formula", cite->formula);
    if (cite->operands->first_id != cite->id && cite->operands->kind != OPERANDS_NONE)
        add_id(json, "operands_of", cite->operands->first_id);
    else
        add_operands(ledger, cite->operands);
    json_out_end(json, '}');
    buf_add_char(&ledger->line, '\n');
    flush(ledger, PIECE_BYTES);
}

static void add_head(struct ledger *ledger, const struct document *doc, const struct factset *set,
    const char *report)
{
    struct json_out *json = &ledger->json;

    json_out_init(json, &ledger->line, 0);
    json_out_object(json);
    json_out_pair_text(json, "schema", "chimera.ledger/1");
    json_out_key(json, "roots");
    json_out_array(json);
    for (size_t i = 0; i < set->roots.len; i++)
        json_out_str(json, set->roots.ptr[i]);
    json_out_end(json, ']');
    json_out_pair_text(json, "report", report);
    json_out_key(json, "exempt");
    json_out_array(json);
    for (size_t i = 0; i < doc->exempt.len; i++) {
        json_out_array(json);
        json_out_uint(json, doc->exempt.ptr[i].start);
        json_out_uint(json, doc->exempt.ptr[i].end);
        json_out_text(json, exempt_name(doc->exempt.ptr[i].reason));
        json_out_end(json, ']');
    }
    json_out_end(json, ']');
    json_out_end(json, '}');
    buf_add_char(&ledger->line, '\n');
}

enum err_code ledger_write(const struct document *doc, const struct factset *set,
    const char *report, bool (*write)(void *ctx, struct str line), void *ctx, struct err *err)
{
    struct ledger ledger = {.write = write, .ctx = ctx};

    buf_init(&ledger.line, BUF_NO_LIMIT);
    buf_init(&ledger.scratch, BUF_NO_LIMIT);
    add_head(&ledger, doc, set, report);
    for (size_t i = 0; i < doc->cites.len && !ledger.failed; i++)
        add_number(&ledger, doc->cites.ptr[i]);
    flush(&ledger, 1);
    buf_release(&ledger.line);
    buf_release(&ledger.scratch);
    return ledger.failed ? err_set(err, ERR_IO, "the ledger could not be written whole") : ERR_NONE;
}
