/* cmd/facts_groups.c - rows of statistics for people; their notes. */
#include "base/err.h"
#include "cmd/facts_out.h"
#include "cmd/print.h"

#include <stdio.h>
#include <stdlib.h>

enum { KEY_LEAST = 14 };

struct writer {
    const struct facts_request *request;
    const struct grouping *grouping;
    struct buf buf, cell;
    bool units_differ, has_excluded, has_duplicates;
};

void facts_groups_notes(const struct facts_request *request, const struct grouping *grouping,
    const struct group *group, struct buf *buf)
{
    group_notes(group, request->statistics, request->statistic_count, buf);
    for (size_t i = 0; i < request->key_count; i++)
        if (!grouping->key_known[i])
            buf_addf(buf, "%sunknown_key:%.*s", buf->len ? " " : "", STR_ARG(request->keys[i]));
}

/* What needs a column: only what some group has. */
static void look(struct writer *writer)
{
    const struct grouping *grouping = writer->grouping;
    const char *unit = grouping->groups[0].unit;

    for (size_t i = 0; i < grouping->count; i++) {
        const struct group *group = &grouping->groups[i];

        writer->units_differ |= unit && group->unit && strcmp(unit, group->unit);
        writer->has_excluded |= group->excluded > 0;
        writer->has_duplicates |= group->duplicates > 0;
    }
}

static void add_statistic(
    struct buf *buf, const struct group *group, struct str name, const char *unit)
{
    double value;

    if (!group_statistic(group, name, &value))
        buf_add_char(buf, '-');
    else if (str_eq(name, STR("count")) || str_eq(name, STR("n")) || str_eq(name, STR("cv")))
        facts_add_value(buf, value, NULL);
    else
        facts_add_value(buf, value, unit);
}

/* ---- one row a group */

static struct print_column *make_columns(
    const struct writer *writer, struct arena *arena, size_t *ret_count)
{
    const struct facts_request *request = writer->request;
    const struct group *first = &writer->grouping->groups[0];
    struct print_column *columns =
        arena_array(arena, first->key_count + request->statistic_count + 4, struct print_column);
    size_t count = 0;

    for (size_t i = 0; i < first->key_count; i++)
        columns[count++] =
            (struct print_column){arena_copy(arena, first->keys[i]).ptr, PRINT_KEY, 0, KEY_LEAST};
    columns[count++] = (struct print_column){"n", PRINT_NUMBER, 0, 0};
    if (writer->has_excluded)
        columns[count++] = (struct print_column){"failed", PRINT_NUMBER, 0, 0};
    if (writer->has_duplicates)
        columns[count++] = (struct print_column){"copies", PRINT_NUMBER, 0, 0};
    for (size_t i = 0; i < request->statistic_count; i++)
        columns[count++] = (struct print_column){
            arena_copy(arena, request->statistics[i]).ptr, PRINT_NUMBER, 0, 0};
    if (request->wide)
        columns[count++] = (struct print_column){"notes", PRINT_TEXT, 0, 0};
    *ret_count = count;
    return columns;
}

static void put(struct writer *writer, struct print_table *table)
{
    print_table_add(table, buf_str(&writer->cell));
    buf_reset(&writer->cell);
}

static void put_count(struct writer *writer, struct print_table *table, uint64_t count)
{
    print_count(&writer->cell, count);
    put(writer, table);
}

static void put_row(struct writer *writer, struct print_table *table, const struct group *group)
{
    const struct facts_request *request = writer->request;

    buf_reset(&writer->cell);
    for (size_t i = 0; i < group->key_count; i++)
        print_table_add(table, group->values[i].ptr ? group->values[i] : STR("-"));
    put_count(writer, table, group->n);
    if (writer->has_excluded)
        put_count(writer, table, group->excluded);
    if (writer->has_duplicates)
        put_count(writer, table, group->duplicates);
    for (size_t i = 0; i < request->statistic_count; i++) {
        add_statistic(&writer->cell, group, request->statistics[i],
            writer->units_differ ? group->unit : NULL);
        put(writer, table);
    }
    if (!request->wide)
        return;
    facts_groups_notes(request, writer->grouping, group, &writer->cell);
    put(writer, table);
}

/* ---- one block a group, where rows would be too wide */

static void put_line(struct writer *writer, const char *name, struct str value)
{
    struct buf line;

    buf_init(&line, BUF_NO_LIMIT);
    buf_addf(&line, "  %-12s ", name);
    print_safe(&line, value);
    print_wrap(&writer->buf, buf_str(&line), print_width(), 15);
    buf_release(&line);
}

static void put_block_head(struct writer *writer, const struct group *group)
{
    struct buf line;

    buf_init(&line, BUF_NO_LIMIT);
    for (size_t i = 0; i < group->key_count; i++) {
        buf_addf(&line, "%s", i ? " " : "");
        print_safe(&line, group->keys[i]);
        buf_add_char(&line, '=');
        print_safe(&line, group->values[i].ptr ? group->values[i] : STR("-"));
    }
    if (line.len)
        print_wrap(&writer->buf, buf_str(&line), print_width(), 2);
    buf_release(&line);
}

static void put_block(struct writer *writer, const struct group *group)
{
    const struct facts_request *request = writer->request;
    struct buf value;

    buf_init(&value, BUF_NO_LIMIT);
    put_block_head(writer, group);
    buf_addf(&value, "%zu used, %llu failed, %llu copies", group->n,
        (unsigned long long)group->excluded, (unsigned long long)group->duplicates);
    put_line(writer, "n", buf_str(&value));
    for (size_t i = 0; i < request->statistic_count; i++) {
        char name[32];

        (void)snprintf(name, sizeof name, "%.*s", STR_ARG(request->statistics[i]));
        buf_reset(&value);
        add_statistic(&value, group, request->statistics[i], group->unit);
        put_line(writer, name, buf_str(&value));
    }
    buf_reset(&value);
    facts_groups_notes(request, writer->grouping, group, &value);
    if (value.len)
        put_line(writer, "notes", buf_str(&value));
    buf_release(&value);
}

/* ---- the whole */

/* Below the table: each note with the number of its rows. */
static void put_notes(struct writer *writer)
{
    const struct grouping *grouping = writer->grouping;
    struct buf line;
    struct map names;
    struct arena arena;
    VEC(uint64_t) counts = {0};

    arena_init(&arena);
    map_init(&names, &arena);
    for (size_t i = 0; i < grouping->count && i < writer->request->limit; i++) {
        struct str rest, note;

        buf_reset(&writer->cell);
        facts_groups_notes(writer->request, grouping, &grouping->groups[i], &writer->cell);
        rest = buf_str(&writer->cell);
        while (rest.len && (note = str_next(&rest, ' ')).ptr) {
            uint32_t id = map_add(&names, note);

            if (id == counts.len)
                (void)vec_push(&counts);
            counts.ptr[id]++;
        }
    }
    buf_init(&line, BUF_NO_LIMIT);
    for (uint32_t id = 0; id < names.count; id++) {
        buf_add_text(&line, id ? ", " : "Notes: ");
        print_safe(&line, map_key(&names, id));
        if (grouping->count > 1)
            buf_addf(&line, " (%llu row%s)", (unsigned long long)counts.ptr[id],
                counts.ptr[id] == 1 ? "" : "s");
    }
    if (line.len)
        print_wrap(&writer->buf, buf_str(&line), print_width(), 7);
    buf_release(&line);
    vec_release(&counts);
    map_release(&names);
    arena_release(&arena);
}

static void put_caption(struct writer *writer)
{
    const struct group *first = &writer->grouping->groups[0];
    struct buf line;
    bool metrics_differ = false;

    for (size_t i = 1; i < writer->grouping->count; i++)
        metrics_differ |= !str_eq(writer->grouping->groups[i].metric, first->metric);
    if (metrics_differ || !first->metric.ptr)
        return;
    buf_init(&line, BUF_NO_LIMIT);
    print_safe(&line, first->metric);
    if (!writer->units_differ && strcmp(first->unit, "-"))
        buf_addf(&line, " in %s", first->unit);
    print_wrap(&writer->buf, buf_str(&line), print_width(), 2);
    buf_release(&line);
}

static void write_rows(struct writer *writer)
{
    const struct facts_request *request = writer->request;
    const struct grouping *grouping = writer->grouping;
    struct print_table table;
    struct arena arena;
    size_t count;
    struct print_column *columns;

    arena_init(&arena);
    columns = make_columns(writer, &arena, &count);
    print_table_init(&table, columns, count);
    table.wide = request->wide;
    for (size_t i = 0; i < grouping->count && i < request->limit; i++)
        put_row(writer, &table, &grouping->groups[i]);
    put_caption(writer);
    if (request->wide || print_table_fits(&table, print_width())) {
        print_table_flush(&table, &writer->buf);
        if (!request->wide)
            put_notes(writer);
    } else {
        for (size_t i = 0; i < grouping->count && i < request->limit; i++)
            put_block(writer, &grouping->groups[i]);
    }
    print_table_release(&table);
    arena_release(&arena);
}

static bool some_key_unknown(const struct facts_request *request, const struct grouping *grouping)
{
    for (size_t i = 0; i < request->key_count; i++)
        if (!grouping->key_known[i])
            return true;
    return false;
}

void facts_groups_text(const struct facts_request *request, const struct grouping *grouping)
{
    struct facts_request shown = *request;
    struct writer writer = {.request = &shown, .grouping = grouping};
    bool nothing = !grouping->count || (!grouping->groups[0].metric.ptr && !request->key_count);

    shown.statistics = calloc(request->statistic_count + 1, sizeof *shown.statistics);
    if (!shown.statistics)
        err_no_memory();
    shown.statistic_count = 0;
    for (size_t i = 0; i < request->statistic_count; i++)
        if (!str_eq(request->statistics[i], STR("n"))) /* has its column anyway */
            shown.statistics[shown.statistic_count++] = request->statistics[i];
    buf_init(&writer.buf, BUF_NO_LIMIT);
    buf_init(&writer.cell, BUF_NO_LIMIT);
    if (grouping->count) {
        look(&writer);
        write_rows(&writer);
    }
    if (grouping->count > request->limit)
        buf_addf(
            &writer.buf, "%zu more rows past --limit.\n", grouping->count - (size_t)request->limit);
    if (nothing || some_key_unknown(request, grouping))
        facts_hint(request, &writer.buf);
    if (nothing)
        print_wrap(&writer.buf,
            STR("Nothing matches. chimera facts DIR --group metric --stat count lists the "
                "metrics."),
            print_width(), 0);
    print_out(&writer.buf);
    free(shown.statistics);
    buf_release(&writer.cell);
    buf_release(&writer.buf);
}
