/*
 * tests/unit/fact_build.h - artifacts made by hand, for the tests of queries.
 *
 * make_artifact() starts one; make_table() adds a table; columns and measures take one blank-free
 * word a row, "-" is an absent cell.
 */
#ifndef CHIMERA_TESTS_UNIT_FACT_BUILD_H
#define CHIMERA_TESTS_UNIT_FACT_BUILD_H

#include "base/num.h"
#include "fact/query.h"
#include "fact/table.h"

#include <stdlib.h>

static inline void make_set(struct factset *set, size_t count)
{
    factset_init(set);
    set->artifacts = arena_array(&set->arena, count, struct artifact *);
}

static inline struct artifact *make_artifact(
    struct factset *set, const char *path, enum artifact_type type)
{
    struct artifact *artifact = artifact_new();

    artifact->path = arena_copy(&artifact->arena, str_from(path));
    artifact->file = artifact->path;
    artifact->type = type;
    artifact->format = artifact_type_name(type);
    set->artifacts[set->count++] = artifact;
    return artifact;
}

static inline struct table *make_table(struct artifact *artifact, uint32_t rows)
{
    struct arena *arena = &artifact->arena;
    struct table *table = arena_new(arena, struct table);

    table->rows = rows;
    table->width = 1;
    table->row_at = arena_array(arena, rows, uint64_t);
    table->row_line = arena_array(arena, rows, uint32_t);
    table->row_number = arena_array(arena, rows, uint32_t);
    table->row_flags = arena_array(arena, rows, unsigned char);
    table->subjects = arena_array(arena, 8, struct string_column);
    table->measures = arena_array(arena, 8, struct measure);
    table->pool = arena_array(arena, 4096, char);
    for (uint32_t row = 0; row < rows; row++) {
        table->row_at[row] = 100 * (uint64_t)row;
        table->row_line[row] = row + 2;
        table->row_number[row] = row + 1;
    }
    *vec_push(&artifact->tables) = table;
    return table;
}

static inline uint32_t make_word(struct artifact *artifact, struct str word)
{
    return str_eq(word, STR("-")) ? 0 : map_add(&artifact->strings, word);
}

/* A subject column: one word for all rows, or one a row. */
static inline void make_subject(
    struct artifact *artifact, struct table *table, const char *key, const char *words)
{
    struct string_column *column = &table->subjects[table->subject_count++];
    struct str rest = str_from(words), word;

    column->key = map_add(&artifact->strings, str_from(key));
    if (str_find_char(rest, ' ', 0) == SIZE_MAX) {
        column->constant = make_word(artifact, rest);
        return;
    }
    column->codes = arena_array(&artifact->arena, table->rows, uint32_t);
    for (uint32_t row = 0; row < table->rows && (word = str_next(&rest, ' ')).ptr; row++)
        column->codes[row] = make_word(artifact, word);
}

static inline struct measure *make_measure(struct artifact *artifact, struct table *table,
    const char *metric, const char *unit, const char *statistic, const char *words)
{
    struct measure *measure = &table->measures[table->measure_count++];
    struct str rest = str_from(words), word;
    uint32_t pool = (uint32_t)strlen(table->pool);

    measure->metric = map_add(&artifact->strings, str_from(metric));
    measure->column = measure->metric;
    measure->unit = unit;
    measure->statistic = statistic;
    measure->values = arena_array(&artifact->arena, table->rows, double);
    measure->text_at = arena_array(&artifact->arena, table->rows, uint32_t);
    measure->delta = arena_array(&artifact->arena, table->rows, int32_t);
    measure->text_len = arena_array(&artifact->arena, table->rows, uint16_t);
    for (uint32_t row = 0; row < table->rows && (word = str_next(&rest, ' ')).ptr; row++) {
        measure->text_at[row] = pool;
        if (str_eq(word, STR("-")))
            continue;
        (void)num_parse(word, &measure->values[row]);
        measure->text_len[row] = (uint16_t)word.len;
        memcpy(table->pool + pool, word.ptr, word.len);
        pool += (uint32_t)word.len;
    }
    artifact->fact_count += table->rows;
    return measure;
}

/* Makes the written numbers milliseconds. */
static inline void make_milliseconds(struct table *table, struct measure *measure)
{
    measure->scale = (struct scale){'/', 1000};
    for (uint32_t row = 0; row < table->rows; row++)
        measure->values[row] /= 1000;
}

static inline void make_same_bytes(struct artifact *artifact, unsigned char mark)
{
    memset(artifact->sha256.bytes, mark, sizeof artifact->sha256.bytes);
    artifact->hashed = true;
}

/* What a visit saw: "u" used, "f" failed, "d" copy, each followed by the text; blanks between. */
struct seen {
    struct buf buf;
    size_t stop_after; /* 0 = never */
    size_t count;
};

static inline bool see(void *ctx, const struct fact *fact, enum fate fate)
{
    struct seen *seen = ctx;

    if (seen->buf.len)
        buf_add_char(&seen->buf, ' ');
    buf_add_char(&seen->buf, fate == FATE_USED ? 'u' : fate == FATE_FAILED ? 'f' : 'd');
    buf_add_str(&seen->buf, fact->text);
    seen->count++;
    return seen->count != seen->stop_after;
}

/* The visit of a query as text; static memory. */
static inline const char *visit_text(const struct factset *set, const char *where)
{
    static char text[4096];
    struct arena arena;
    struct query query;
    struct err err = {0};
    struct seen seen = {0};

    arena_init(&arena);
    if (query_parse(&arena, str_from(where), &query, &err)) {
        arena_release(&arena);
        return "usage";
    }
    buf_init(&seen.buf, sizeof text - 1);
    query_each(set, &query, see, &seen);
    memcpy(text, buf_str(&seen.buf).ptr, seen.buf.len);
    text[seen.buf.len] = '\0';
    buf_release(&seen.buf);
    arena_release(&arena);
    return text;
}

#endif
