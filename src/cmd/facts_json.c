/* cmd/facts_json.c - chimera.facts/1. */
#include "cmd/facts_out.h"
#include "cmd/print.h"
#include "codec/json_out.h"
#include "fact/percent.h"

struct writer {
    struct json_out out;
    struct buf buf, scratch;
};

static void writer_init(struct writer *writer)
{
    buf_init(&writer->buf, BUF_NO_LIMIT);
    buf_init(&writer->scratch, BUF_NO_LIMIT);
    json_out_init(&writer->out, &writer->buf, 1);
    json_out_object(&writer->out);
    json_out_pair_text(&writer->out, "schema", "chimera.facts/1");
}

static void writer_close(struct writer *writer)
{
    json_out_end(&writer->out, '}');
    buf_add_char(&writer->buf, '\n');
    print_out(&writer->buf);
    buf_release(&writer->buf);
    buf_release(&writer->scratch);
}

/* ---- facts */

static void put_str_or_null(struct json_out *out, const char *key, struct str value)
{
    if (value.len)
        json_out_pair_str(out, key, value);
    else
        json_out_pair_text(out, key, NULL);
}

static void put_uint_or_null(struct json_out *out, const char *key, uint64_t value)
{
    if (value)
        json_out_pair_uint(out, key, value);
    else
        json_out_pair_text(out, key, NULL);
}

static void put_subject(struct json_out *out, const struct fact *fact)
{
    json_out_key(out, "subject");
    json_out_object(out);
    for (size_t i = 0; i < fact_subject_count(fact); i++) {
        struct str key, value;

        if (!facts_subject(fact, i, &key, &value))
            continue;
        json_out_key_str(out, key);
        json_out_str(out, value);
    }
    json_out_end(out, '}');
}

static void put_source(struct writer *writer, const struct fact *fact)
{
    struct json_out *out = &writer->out;

    json_out_key(out, "source");
    json_out_object(out);
    json_out_pair_uint(out, "root", fact->artifact->root);
    buf_reset(&writer->scratch);
    percent_encode(&writer->scratch, fact->artifact->path);
    json_out_pair_str(out, "path", buf_str(&writer->scratch));
    buf_reset(&writer->scratch);
    if (fact_pointer(fact, &writer->scratch))
        json_out_pair_str(out, "pointer", buf_str(&writer->scratch));
    else
        json_out_pair_text(out, "pointer", NULL);
    put_uint_or_null(out, "row", fact_row_number(fact));
    put_str_or_null(out, "column", fact_column(fact));
    put_uint_or_null(out, "line", fact_line(fact));
    json_out_pair_uint(out, "offset", fact_offset(fact));
    json_out_end(out, '}');
}

static void put_fact(void *ctx, const struct fact *fact)
{
    struct writer *writer = ctx;
    struct json_out *out = &writer->out;

    json_out_object(out);
    json_out_pair_str(out, "metric", fact_metric(fact));
    json_out_pair_double(out, "value", fact->value);
    json_out_pair_str(out, "text", fact->text);
    json_out_pair_text(out, "unit", fact_unit(fact));
    put_str_or_null(out, "definition", fact_definition(fact));
    put_subject(out, fact);
    json_out_pair_text(out, "statistic", fact_statistic(fact));
    put_uint_or_null(out, "samples", fact_samples(fact));
    put_str_or_null(out, "time", fact_time(fact));
    json_out_key(out, "flags");
    json_out_array(out);
    for (unsigned bit = 1; flag_name((enum flag)bit); bit <<= 1)
        if (fact->flags & bit)
            json_out_text(out, flag_name((enum flag)bit));
    json_out_end(out, ']');
    put_source(writer, fact);
    json_out_end(out, '}');
    print_out_often(&writer->buf);
}

bool facts_write_json(const struct facts_request *request)
{
    struct facts_totals totals;
    struct writer writer;

    writer_init(&writer);
    json_out_key(&writer.out, "facts");
    json_out_array(&writer.out);
    facts_list(request, put_fact, &writer, &totals);
    json_out_end(&writer.out, ']');
    json_out_pair_uint(&writer.out, "excluded", totals.excluded);
    json_out_pair_uint(&writer.out, "duplicates", totals.duplicates);
    if (totals.unlisted)
        json_out_pair_uint(&writer.out, "unlisted", totals.unlisted);
    if (totals.stopped) {
        json_out_key(&writer.out, "partial");
        json_out_bool(&writer.out, true);
    }
    writer_close(&writer);
    return !totals.stopped;
}

/* ---- groups */

static void put_statistics(
    struct json_out *out, const struct facts_request *request, const struct group *group)
{
    json_out_key(out, "stats");
    json_out_object(out);
    for (size_t i = 0; i < request->statistic_count; i++) {
        double value;

        json_out_key_str(out, request->statistics[i]);
        if (group_statistic(group, request->statistics[i], &value))
            json_out_double(out, value);
        else
            json_out_null(out);
    }
    json_out_end(out, '}');
}

static void put_group(struct writer *writer, const struct facts_request *request,
    const struct grouping *grouping, const struct group *group)
{
    struct json_out *out = &writer->out;
    struct str rest, note;

    json_out_object(out);
    json_out_key(out, "group");
    json_out_object(out);
    for (size_t i = 0; i < group->key_count; i++) {
        json_out_key_str(out, group->keys[i]);
        if (group->values[i].ptr)
            json_out_str(out, group->values[i]);
        else
            json_out_null(out);
    }
    json_out_end(out, '}');
    put_str_or_null(out, "metric", group->metric);
    json_out_pair_text(out, "unit", group->unit);
    json_out_pair_uint(out, "n", group->n);
    json_out_pair_uint(out, "excluded", group->excluded);
    json_out_pair_uint(out, "duplicates", group->duplicates);
    put_statistics(out, request, group);
    json_out_key(out, "notes");
    json_out_array(out);
    buf_reset(&writer->scratch);
    facts_groups_notes(request, grouping, group, &writer->scratch);
    rest = buf_str(&writer->scratch);
    while (rest.len && (note = str_next(&rest, ' ')).ptr)
        json_out_str(out, note);
    json_out_end(out, ']');
    json_out_end(out, '}');
    print_out_often(&writer->buf);
}

void facts_groups_json(const struct facts_request *request, const struct grouping *grouping)
{
    struct writer writer;

    writer_init(&writer);
    json_out_key(&writer.out, "groups");
    json_out_array(&writer.out);
    for (size_t i = 0; i < grouping->count && i < request->limit; i++)
        put_group(&writer, request, grouping, &grouping->groups[i]);
    json_out_end(&writer.out, ']');
    if (grouping->count > request->limit)
        json_out_pair_uint(&writer.out, "unlisted", grouping->count - request->limit);
    writer_close(&writer);
}
