/* fact/factset.c - life and death of fact sets and artifacts, and the views of facts. */
#include "fact/factset.h"

#include "fact/table.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void factset_init(struct factset *set)
{
    *set = (struct factset){0};
    arena_init(&set->arena);
}

void factset_release(struct factset *set)
{
    for (size_t i = 0; i < set->count; i++)
        artifact_free(set->artifacts[i]);
    vec_release(&set->roots);
    arena_release(&set->arena);
    *set = (struct factset){0};
}

struct artifact *artifact_new(void)
{
    struct artifact *artifact = calloc(1, sizeof *artifact);

    if (!artifact)
        err_no_memory();
    arena_init(&artifact->arena);
    map_init(&artifact->strings, &artifact->arena);
    (void)map_add(&artifact->strings, STR("")); /* id 0 */
    artifact->format = "unknown";
    artifact->encoding = "utf-8";
    artifact->duplicate_of = NO_ARTIFACT;
    return artifact;
}

void artifact_free(struct artifact *artifact)
{
    if (!artifact)
        return;
    map_release(&artifact->strings);
    vec_release(&artifact->tables);
    vec_release(&artifact->problems);
    arena_release(&artifact->arena);
    free(artifact);
}

void artifact_problem(
    struct artifact *artifact, uint64_t line, const char *kind, const char *fmt, ...)
{
    struct problem *problem;
    char text[600];
    va_list ap;
    int len;

    va_start(ap, fmt);
    len = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (len < 0)
        len = 0;
    if ((size_t)len >= sizeof text)
        len = (int)sizeof text - 1;
    problem = vec_push(&artifact->problems);
    problem->line = line;
    problem->kind = kind;
    problem->message = arena_copy(&artifact->arena, (struct str){text, (size_t)len});
}

const char *artifact_type_name(enum artifact_type type)
{
    static const char *const NAMES[] = {"csv", "json", "markdown"};

    return NAMES[type];
}

static const struct measure *measure_of(const struct fact *fact)
{
    return &fact->table->measures[fact->measure];
}

void table_fact(const struct artifact *artifact, uint32_t artifact_index, const struct table *table,
    uint32_t measure, uint32_t row, struct fact *ret)
{
    const struct measure *m = &table->measures[measure];
    unsigned flags = m->flags | artifact->flags, row_flags = table->row_flags[row];

    *ret = (struct fact){artifact, table, artifact_index, measure, row, m->values[row],
        {table->pool + m->text_at[row], m->text_len[row]}, 0};
    if (row_flags & ROW_FAILED)
        flags |= FLAG_FAILED_RUN | (ret->text.len && ret->value == 0 ? FLAG_ZERO_ON_ERROR : 0u);
    if ((row_flags & ROW_COLD) && m->taints_cold)
        flags |= FLAG_COLD_START;
    if (ret->text.len && !isfinite(ret->value))
        flags |= FLAG_NOT_FINITE;
    if (table->time_local)
        flags |= FLAG_TZ_UNKNOWN;
    ret->flags = flags;
}

struct str fact_metric(const struct fact *fact)
{
    return table_string(fact->artifact, measure_of(fact)->metric);
}

const char *fact_unit(const struct fact *fact)
{
    return measure_of(fact)->unit;
}

const char *fact_statistic(const struct fact *fact)
{
    return measure_of(fact)->statistic;
}

struct str fact_definition(const struct fact *fact)
{
    return table_string(fact->artifact, measure_of(fact)->definition);
}

struct scale fact_scale(const struct fact *fact)
{
    return measure_of(fact)->scale;
}

uint32_t fact_samples(const struct fact *fact)
{
    const struct measure *m = measure_of(fact);

    if (!strcmp(m->statistic, "sample"))
        return 1;
    return fact->table->samples ? fact->table->samples[fact->row] : 0;
}

struct str fact_time(const struct fact *fact)
{
    return table_string(fact->artifact, column_code(&fact->table->time, fact->row));
}

size_t fact_subject_count(const struct fact *fact)
{
    return fact->table->subject_count;
}

struct str fact_subject_at(const struct fact *fact, size_t i, struct str *ret_value)
{
    const struct string_column *column = &fact->table->subjects[i];

    *ret_value = table_string(fact->artifact, column_code(column, fact->row));
    return table_string(fact->artifact, column->key);
}

struct str fact_subject(const struct fact *fact, struct str key)
{
    uint32_t id = map_find(&fact->artifact->strings, key);

    for (size_t i = 0; id != MAP_NONE && i < fact->table->subject_count; i++) {
        const struct string_column *column = &fact->table->subjects[i];
        uint32_t code = column->key == id ? column_code(column, fact->row) : 0;

        if (code)
            return table_string(fact->artifact, code);
    }
    return STR_NONE;
}

uint64_t fact_offset(const struct fact *fact)
{
    return (uint64_t)((int64_t)fact->table->row_at[fact->row] + measure_of(fact)->delta[fact->row]);
}

uint32_t fact_length(const struct fact *fact)
{
    return (uint32_t)fact->text.len * fact->table->width;
}

uint32_t fact_row_number(const struct fact *fact)
{
    return fact->table->row_number ? fact->table->row_number[fact->row] : 0;
}

uint32_t fact_line(const struct fact *fact)
{
    return fact->table->row_line ? fact->table->row_line[fact->row] : 0;
}

struct str fact_column(const struct fact *fact)
{
    return table_string(fact->artifact, measure_of(fact)->column);
}

/* RFC 6901: ~ and / inside a key are written ~0 and ~1. */
static void add_escaped(struct buf *buf, struct str key)
{
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] == '~')
            buf_add_text(buf, "~0");
        else if (key.ptr[i] == '/')
            buf_add_text(buf, "~1");
        else
            buf_add_char(buf, key.ptr[i]);
    }
}

bool fact_pointer(const struct fact *fact, struct buf *buf)
{
    const struct table *table = fact->table;

    if (!table->has_pointer)
        return false;
    for (uint32_t i = 0; i < table->level_count; i++) {
        const struct pointer_level *level = &table->levels[i];

        buf_add_str(buf, level->before);
        if (level->keys)
            add_escaped(buf, table_string(fact->artifact, level->keys[fact->row]));
        else if (level->index)
            buf_addf(buf, "%u", level->index[fact->row]);
    }
    buf_add_str(buf, table_string(fact->artifact, measure_of(fact)->pointer));
    return true;
}

bool fact_row_is_cold(const struct fact *fact)
{
    return fact->table->row_flags[fact->row] & ROW_COLD;
}

bool fact_failure(const struct fact *fact, struct failure_mark *ret)
{
    const struct table *table = fact->table;
    uint32_t low = 0, high = table->mark_count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (table->marks[mid].row < fact->row)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == table->mark_count || table->marks[low].row != fact->row)
        return false;
    *ret = (struct failure_mark){
        table->marks[low].text, table->marks[low].offset, table->marks[low].length};
    return true;
}
