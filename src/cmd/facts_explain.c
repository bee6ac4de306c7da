/* cmd/facts_explain.c - which files, rows and rules made an answer. */
#include "base/num.h"
#include "cmd/cmd.h"
#include "cmd/facts_out.h"
#include "cmd/print.h"
#include "fact/name.h"

#include <stdio.h>

enum { FAILURES_SHOWN = 3, QUANTITIES_SHOWN = 12, ORIGINALS = 8 };

/* One kind of number in a file: a column, or the same key of many records. */
struct quantity {
    struct str metric, column, definition;
    const char *unit, *statistic;
    struct scale scale;
    unsigned flags;
    uint64_t count;
};

struct failed_row {
    uint32_t line, row;
    struct str text;
};

struct file {
    const struct artifact *artifact;
    uint64_t matched, used, excluded, duplicates, cold, failed_rows, quantities_more;
    const struct artifact *originals[ORIGINALS];
    uint64_t copies[ORIGINALS]; /* of that original */
    struct failed_row failures[FAILURES_SHOWN];
    struct quantity quantities[QUANTITIES_SHOWN];
    size_t quantity_count;
    const void *failed_table;
    uint32_t failed_row;
};

struct explainer {
    const struct facts_request *request;
    struct file file;
    struct buf buf, line;
    uint64_t files;
};

/* ---- words */

static void write_line(struct explainer *explainer, size_t indent)
{
    buf_addf(&explainer->buf, "%*s", (int)indent, "");
    print_wrap(&explainer->buf, buf_str(&explainer->line), print_width() - indent, indent + 2);
    buf_reset(&explainer->line);
    print_out_often(&explainer->buf);
}

static void add_scale(struct buf *buf, const struct quantity *quantity)
{
    if (!quantity->scale.op)
        return;
    buf_addf(buf, ", written number %s ", quantity->scale.op == '/' ? "divided by" : "times");
    num_format(buf, quantity->scale.factor);
}

static void write_quantity(struct explainer *explainer, const struct quantity *quantity)
{
    struct buf *line = &explainer->line;

    print_safe(line, quantity->metric);
    if (strcmp(quantity->statistic, "sample"))
        buf_addf(line, " (%s)", quantity->statistic);
    buf_add_text(line, ": ");
    print_count(line, quantity->count);
    if (quantity->column.len) {
        buf_add_text(line, " from \"");
        print_safe(line, quantity->column);
        buf_add_char(line, '"');
    }
    if (strcmp(quantity->unit, "-"))
        buf_addf(line, " in %s", quantity->unit);
    add_scale(line, quantity);
    if (quantity->definition.len) {
        buf_add_text(line, ", defined as ");
        print_safe(line, quantity->definition);
    }
    if (quantity->flags & FLAG_UNIT_GUESSED)
        buf_add_text(line, ", the unit is a guess");
    write_line(explainer, 4);
}

static void write_failures(struct explainer *explainer)
{
    const struct file *file = &explainer->file;
    struct buf *line = &explainer->line;

    for (uint64_t i = 0; i < file->failed_rows && i < FAILURES_SHOWN; i++) {
        const struct failed_row *failure = &file->failures[i];

        buf_add_text(line, "failed ");
        if (failure->line)
            buf_addf(line, "(line %u): ", failure->line);
        else
            buf_addf(line, "(record %u): ", failure->row + 1);
        print_safe(line, failure->text.len ? str_slice(failure->text, 0, 200) : STR("no text"));
        write_line(explainer, 4);
    }
    if (file->failed_rows > FAILURES_SHOWN) {
        buf_addf(line, "and %llu more failed rows",
            (unsigned long long)(file->failed_rows - FAILURES_SHOWN));
        write_line(explainer, 4);
    }
}

static void write_copies(struct explainer *explainer)
{
    const struct file *file = &explainer->file;
    struct buf *line = &explainer->line;

    for (int i = 0; i < ORIGINALS && file->originals[i]; i++) {
        print_count(line, file->copies[i]);
        if (file->originals[i] == file->artifact) {
            buf_add_text(line, " stand twice in one record");
        } else {
            buf_add_text(line, " are copies of ");
            print_path(line, file->originals[i]->path);
        }
        write_line(explainer, 4);
    }
}

static void write_file(struct explainer *explainer)
{
    const struct file *file = &explainer->file;
    struct buf *line = &explainer->line;

    if (!file->artifact)
        return;
    print_path(line, file->artifact->path);
    buf_addf(line, " (%s)", file->artifact->format);
    write_line(explainer, 0);
    buf_addf(line, "%llu matched: %llu used, %llu excluded, %llu copies",
        (unsigned long long)file->matched, (unsigned long long)file->used,
        (unsigned long long)file->excluded, (unsigned long long)file->duplicates);
    if (file->cold)
        buf_addf(line, "; %llu of the used from rows that began with a cold model",
            (unsigned long long)file->cold);
    write_line(explainer, 2);
    for (size_t i = 0; i < file->quantity_count; i++)
        write_quantity(explainer, &file->quantities[i]);
    if (file->quantities_more) {
        print_count(line, file->quantities_more);
        buf_add_text(line, " more facts of other columns");
        write_line(explainer, 4);
    }
    write_failures(explainer);
    write_copies(explainer);
    explainer->files++;
}

/* ---- gathering */

static void note_quantity(struct file *file, const struct fact *fact)
{
    struct quantity it = {fact_metric(fact), fact_column(fact), fact_definition(fact),
        fact_unit(fact), fact_statistic(fact), fact_scale(fact), fact->flags, 1};

    for (size_t i = 0; i < file->quantity_count; i++) {
        struct quantity *old = &file->quantities[i];

        /* Strings of one artifact are interned: the same text is the same address. */
        if (old->metric.ptr == it.metric.ptr && old->column.ptr == it.column.ptr &&
            old->definition.ptr == it.definition.ptr && !strcmp(old->statistic, it.statistic) &&
            old->scale.op == it.scale.op && old->scale.factor == it.scale.factor) {
            old->count++;
            return;
        }
    }
    if (file->quantity_count < QUANTITIES_SHOWN)
        file->quantities[file->quantity_count++] = it;
    else
        file->quantities_more++;
}

static void note_failure(struct file *file, const struct fact *fact)
{
    struct failure_mark mark = {0};

    if (!(fact->flags & FLAG_FAILED_RUN) ||
        (file->failed_table == fact->table && file->failed_row == fact->row))
        return;
    file->failed_table = fact->table;
    file->failed_row = fact->row;
    if (file->failed_rows++ >= FAILURES_SHOWN)
        return;
    (void)fact_failure(fact, &mark);
    file->failures[file->failed_rows - 1] =
        (struct failed_row){fact_line(fact), fact->row, mark.text};
}

static void note_copy(struct file *file, const struct artifact *original)
{
    for (int i = 0; i < ORIGINALS; i++) {
        if (file->originals[i] && file->originals[i] != original)
            continue;
        file->originals[i] = original;
        file->copies[i]++;
        return;
    }
}

static bool explain_fact(
    void *ctx, const struct fact *fact, enum fate fate, const struct artifact *original)
{
    struct explainer *explainer = ctx;
    const struct facts_request *request = explainer->request;
    struct file *file = &explainer->file;

    if (fact->artifact != file->artifact) {
        write_file(explainer);
        *file = (struct file){.artifact = fact->artifact};
    }
    file->matched++;
    note_quantity(file, fact);
    note_failure(file, fact);
    if (original)
        note_copy(file, original);
    if (fate == FATE_FAILED && !request->all && !request->query->wants_failed) {
        file->excluded++;
    } else if (fate == FATE_DUPLICATE && !request->all && !request->query->wants_duplicates) {
        file->duplicates++;
    } else if (!fact->text.len) {
        file->excluded++;
    } else {
        file->used++;
        file->cold += fact_row_is_cold(fact);
    }
    return !cmd_stopped();
}

bool facts_explain(const struct facts_request *request)
{
    struct explainer explainer = {.request = request};

    buf_init(&explainer.buf, BUF_NO_LIMIT);
    buf_init(&explainer.line, BUF_NO_LIMIT);
    buf_add_char(&explainer.buf, '\n');
    print_heading(&explainer.buf, "Where this comes from");
    query_each_copy(request->set, request->query, explain_fact, &explainer);
    write_file(&explainer);
    if (!explainer.files)
        buf_add_text(&explainer.buf, "No fact of any file matched.\n");
    print_out(&explainer.buf);
    buf_release(&explainer.line);
    buf_release(&explainer.buf);
    return !cmd_stopped();
}
