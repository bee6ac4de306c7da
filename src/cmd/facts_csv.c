/* cmd/facts_csv.c - facts and groups as CSV: one header, one row each. */
#include "base/num.h"
#include "cmd/facts_out.h"
#include "cmd/print.h"
#include "codec/csv.h"
#include "fact/percent.h"

#include <math.h>

static const char *const FIXED[] = {"metric", "value", "text", "unit", "definition", "statistic",
    "samples", "time", "flags", "root", "path", "pointer", "row", "column", "line", "offset"};

enum { FIXED_COUNT = sizeof FIXED / sizeof *FIXED };

struct writer {
    struct arena arena;
    struct map subjects; /* keys that some listed fact has, a column each */
    const void *table;   /* seen last */
    struct buf buf, cell;
    bool first;
};

static void put(struct writer *writer, struct str cell)
{
    if (!writer->first)
        buf_add_char(&writer->buf, ',');
    writer->first = false;
    csv_quote(&writer->buf, cell);
}

static void put_uint_or_empty(struct writer *writer, uint64_t value)
{
    buf_reset(&writer->cell);
    if (value)
        buf_addf(&writer->cell, "%llu", (unsigned long long)value);
    put(writer, buf_str(&writer->cell));
}

static void put_double(struct writer *writer, double value)
{
    buf_reset(&writer->cell);
    if (isfinite(value))
        num_format(&writer->cell, value);
    put(writer, buf_str(&writer->cell));
}

static void end_row(struct writer *writer)
{
    buf_add_char(&writer->buf, '\n');
    writer->first = true;
    print_out_often(&writer->buf);
}

static void writer_init(struct writer *writer)
{
    *writer = (struct writer){.first = true};
    arena_init(&writer->arena);
    map_init(&writer->subjects, &writer->arena);
    buf_init(&writer->buf, BUF_NO_LIMIT);
    buf_init(&writer->cell, BUF_NO_LIMIT);
}

static void writer_close(struct writer *writer)
{
    print_out(&writer->buf);
    buf_release(&writer->buf);
    buf_release(&writer->cell);
    map_release(&writer->subjects);
    arena_release(&writer->arena);
}

/* ---- facts */

/* First pass: the subject keys, which make the header. */
static void note_keys(void *ctx, const struct fact *fact)
{
    struct writer *writer = ctx;

    if (fact->table == writer->table)
        return;
    writer->table = fact->table;
    for (size_t i = 0; i < fact_subject_count(fact); i++) {
        struct str value;

        (void)map_add(&writer->subjects, fact_subject_at(fact, i, &value));
    }
}

static void put_header(struct writer *writer)
{
    for (int i = 0; i < FIXED_COUNT; i++)
        put(writer, str_from(FIXED[i]));
    for (uint32_t id = 0; id < writer->subjects.count; id++) {
        struct str key = map_key(&writer->subjects, id);
        bool taken = false;

        for (int i = 0; i < FIXED_COUNT; i++)
            taken |= str_eq(key, str_from(FIXED[i]));
        buf_reset(&writer->cell);
        buf_addf(&writer->cell, "%s%.*s", taken ? "subject." : "", STR_ARG(key));
        put(writer, buf_str(&writer->cell));
    }
    end_row(writer);
}

static void put_place(struct writer *writer, const struct fact *fact)
{
    buf_reset(&writer->cell);
    buf_addf(&writer->cell, "%u", fact->artifact->root);
    put(writer, buf_str(&writer->cell));
    buf_reset(&writer->cell);
    percent_encode(&writer->cell, fact->artifact->path);
    put(writer, buf_str(&writer->cell));
    buf_reset(&writer->cell);
    (void)fact_pointer(fact, &writer->cell);
    put(writer, buf_str(&writer->cell));
    put_uint_or_empty(writer, fact_row_number(fact));
    put(writer, fact_column(fact));
    put_uint_or_empty(writer, fact_line(fact));
    buf_reset(&writer->cell);
    buf_addf(&writer->cell, "%llu", (unsigned long long)fact_offset(fact));
    put(writer, buf_str(&writer->cell));
}

static void put_fact(void *ctx, const struct fact *fact)
{
    struct writer *writer = ctx;

    put(writer, fact_metric(fact));
    put_double(writer, fact->value);
    put(writer, fact->text);
    put(writer, str_from(fact_unit(fact)));
    put(writer, fact_definition(fact));
    put(writer, str_from(fact_statistic(fact)));
    put_uint_or_empty(writer, fact_samples(fact));
    put(writer, fact_time(fact));
    buf_reset(&writer->cell);
    facts_add_flags(&writer->cell, fact->flags, ' ');
    put(writer, buf_str(&writer->cell));
    put_place(writer, fact);
    for (uint32_t id = 0; id < writer->subjects.count; id++) {
        struct str value = fact_subject(fact, map_key(&writer->subjects, id));

        put(writer, value.ptr ? value : STR(""));
    }
    end_row(writer);
}

bool facts_write_csv(const struct facts_request *request)
{
    struct facts_totals totals;
    struct writer writer;

    writer_init(&writer);
    facts_list(request, note_keys, &writer, &totals);
    put_header(&writer);
    facts_list(request, put_fact, &writer, &totals);
    writer_close(&writer);
    return !totals.stopped;
}

/* ---- groups */

/* Columns that the keys may have already. */
static bool has_key(
    const struct facts_request *request, const struct grouping *grouping, struct str key)
{
    const struct str *keys = grouping->count ? grouping->groups[0].keys : request->keys;
    size_t count = grouping->count ? grouping->groups[0].key_count : request->key_count;

    for (size_t i = 0; i < count; i++)
        if (str_eq(keys[i], key))
            return true;
    return false;
}

static void put_group(struct writer *writer, const struct facts_request *request,
    const struct grouping *grouping, const struct group *group)
{
    struct buf notes;

    for (size_t i = 0; i < group->key_count; i++)
        put(writer, group->values[i].ptr ? group->values[i] : STR(""));
    if (!has_key(request, grouping, STR("metric")))
        put(writer, group->metric.ptr ? group->metric : STR(""));
    if (!has_key(request, grouping, STR("unit")))
        put(writer, str_from(group->unit ? group->unit : ""));
    put_double(writer, (double)group->n);
    put_double(writer, (double)group->excluded);
    put_double(writer, (double)group->duplicates);
    for (size_t i = 0; i < request->statistic_count; i++) {
        double value = NAN;

        (void)group_statistic(group, request->statistics[i], &value);
        put_double(writer, value);
    }
    buf_init(&notes, BUF_NO_LIMIT);
    facts_groups_notes(request, grouping, group, &notes);
    put(writer, buf_str(&notes));
    buf_release(&notes);
    end_row(writer);
}

static void put_groups_header(
    struct writer *writer, const struct facts_request *request, const struct grouping *grouping)
{
    size_t keys = grouping->count ? grouping->groups[0].key_count : request->key_count;

    for (size_t i = 0; i < keys; i++)
        put(writer, grouping->count ? grouping->groups[0].keys[i] : request->keys[i]);
    if (!has_key(request, grouping, STR("metric")))
        put(writer, STR("metric"));
    if (!has_key(request, grouping, STR("unit")))
        put(writer, STR("unit"));
    put(writer, STR("n"));
    put(writer, STR("excluded"));
    put(writer, STR("duplicates"));
    for (size_t i = 0; i < request->statistic_count; i++)
        put(writer, request->statistics[i]);
    put(writer, STR("notes"));
    end_row(writer);
}

void facts_groups_csv(const struct facts_request *request, const struct grouping *grouping)
{
    struct writer writer;

    writer_init(&writer);
    put_groups_header(&writer, request, grouping);
    for (size_t i = 0; i < grouping->count && i < request->limit; i++)
        put_group(&writer, request, grouping, &grouping->groups[i]);
    writer_close(&writer);
}
