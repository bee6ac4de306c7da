/* cmd/facts_text.c - a list of facts for people. */
#include "cmd/facts_out.h"
#include "cmd/print.h"
#include "fact/name.h"

enum { PIECE_ROWS = 256 };

struct writer {
    const struct facts_request *request;
    struct print_table table;
    struct buf buf, cell;
};

static void put(struct writer *writer, struct str cell)
{
    print_table_add(&writer->table, cell);
    buf_reset(&writer->cell);
}

static void add_pair(struct buf *buf, struct str key, struct str value)
{
    if (buf->len)
        buf_add_char(buf, ' ');
    buf_addf(buf, "%.*s=", STR_ARG(key));
    buf_add_str(buf, value);
}

/* "gemma3:1b num_ctx=2048 ...": the model, the configuration, the rest. */
static void add_subject(struct buf *buf, const struct fact *fact)
{
    struct str model = fact_subject(fact, STR("model")), key, value;

    if (model.len)
        buf_add_str(buf, model);
    for (int rest = 0; rest < 2; rest++)
        for (size_t i = 0; i < fact_subject_count(fact); i++)
            if (facts_subject(fact, i, &key, &value) && !str_eq(key, STR("model")) &&
                name_is_configuration(key) == !rest)
                add_pair(buf, key, value);
}

/* path:line, or path#pointer */
static void add_where(struct buf *buf, const struct fact *fact)
{
    struct buf pointer;

    buf_init(&pointer, BUF_NO_LIMIT);
    buf_add_str(buf, fact->artifact->path);
    if (fact_pointer(fact, &pointer)) {
        buf_add_char(buf, '#');
        buf_add_str(buf, buf_str(&pointer));
    } else if (fact_line(fact)) {
        buf_addf(buf, ":%u", fact_line(fact));
    }
    buf_release(&pointer);
}

static void flush_piece(struct writer *writer)
{
    if (print_table_rows(&writer->table) >= PIECE_ROWS)
        print_table_flush(&writer->table, &writer->buf);
}

static void put_short(void *ctx, const struct fact *fact)
{
    struct writer *writer = ctx;

    put(writer, fact_metric(fact));
    facts_add_value(&writer->cell, fact->value, fact_unit(fact));
    put(writer, buf_str(&writer->cell));
    put(writer, str_from(fact_statistic(fact)));
    add_subject(&writer->cell, fact);
    put(writer, buf_str(&writer->cell));
    add_where(&writer->cell, fact);
    put(writer, buf_str(&writer->cell));
    flush_piece(writer);
}

static void put_uint_or_dash(struct writer *writer, uint64_t value)
{
    if (value)
        buf_addf(&writer->cell, "%llu", (unsigned long long)value);
    else
        buf_add_char(&writer->cell, '-');
    put(writer, buf_str(&writer->cell));
}

static void put_wide(void *ctx, const struct fact *fact)
{
    struct writer *writer = ctx;

    put(writer, fact_metric(fact));
    facts_add_value(&writer->cell, fact->value, fact_unit(fact));
    put(writer, buf_str(&writer->cell));
    put(writer, fact->text);
    put(writer, str_from(fact_statistic(fact)));
    put(writer, fact_definition(fact));
    put_uint_or_dash(writer, fact_samples(fact));
    add_subject(&writer->cell, fact);
    put(writer, buf_str(&writer->cell));
    put(writer, fact_time(fact));
    facts_add_flags(&writer->cell, fact->flags, ' ');
    put(writer, buf_str(&writer->cell));
    add_where(&writer->cell, fact);
    put(writer, buf_str(&writer->cell));
    put(writer, fact_column(fact));
    put_uint_or_dash(writer, fact_row_number(fact));
    buf_addf(&writer->cell, "%llu", (unsigned long long)fact_offset(fact));
    put(writer, buf_str(&writer->cell));
    flush_piece(writer);
}

static void add_total(struct buf *buf, uint64_t count, const char *one, const char *many)
{
    if (!count)
        return;
    buf_add_text(buf, "; ");
    print_count(buf, count);
    buf_addf(buf, " %s", count == 1 ? one : many);
}

static void write_totals(struct writer *writer, const struct facts_totals *totals)
{
    struct buf line;

    buf_init(&line, BUF_NO_LIMIT);
    print_count(&line, totals->listed);
    buf_addf(&line, " fact%s", totals->listed == 1 ? "" : "s");
    add_total(&line, totals->unlisted, "more past --limit", "more past --limit");
    add_total(&line, totals->excluded, "left out because its row failed",
        "left out because their rows failed");
    add_total(&line, totals->duplicates, "copy left out", "copies left out");
    if (totals->excluded || totals->duplicates)
        buf_add_text(&line, " (--all lists them, --explain says why)");
    buf_add_char(&line, '.');
    print_wrap(&writer->buf, buf_str(&line), print_width(), 0);
    if (!totals->listed && !totals->excluded && !totals->duplicates) {
        facts_hint(writer->request, &writer->buf);
        print_wrap(&writer->buf,
            STR("Nothing matches. chimera facts DIR --group metric --stat count lists the "
                "metrics."),
            print_width(), 0);
    }
    buf_release(&line);
}

bool facts_write_text(const struct facts_request *request)
{
    struct print_column few[] = {{"metric", PRINT_TEXT, 0, 0}, {"value", PRINT_NUMBER, 0, 0},
        {"statistic", PRINT_TEXT, 0, 0}, {"subject", PRINT_TEXT, 0, 0},
        {"where", PRINT_PATH, 0, 0}};
    struct print_column all[] = {{"metric", PRINT_TEXT, 0, 0}, {"value", PRINT_NUMBER, 0, 0},
        {"text", PRINT_TEXT, 0, 0}, {"statistic", PRINT_TEXT, 0, 0},
        {"definition", PRINT_TEXT, 0, 0}, {"samples", PRINT_NUMBER, 0, 0},
        {"subject", PRINT_TEXT, 0, 0}, {"time", PRINT_TEXT, 0, 0}, {"flags", PRINT_TEXT, 0, 0},
        {"where", PRINT_PATH, 0, 0}, {"column", PRINT_TEXT, 0, 0}, {"row", PRINT_NUMBER, 0, 0},
        {"offset", PRINT_NUMBER, 0, 0}};
    struct writer writer = {.request = request};
    struct facts_totals totals;

    buf_init(&writer.buf, BUF_NO_LIMIT);
    buf_init(&writer.cell, BUF_NO_LIMIT);
    if (request->wide)
        print_table_init(&writer.table, all, sizeof all / sizeof *all);
    else
        print_table_init(&writer.table, few, sizeof few / sizeof *few);
    writer.table.wide = request->wide;
    facts_list(request, request->wide ? put_wide : put_short, &writer, &totals);
    if (print_table_rows(&writer.table))
        print_table_flush(&writer.table, &writer.buf);
    write_totals(&writer, &totals);
    print_out(&writer.buf);
    print_table_release(&writer.table);
    buf_release(&writer.cell);
    buf_release(&writer.buf);
    return !totals.stopped;
}
