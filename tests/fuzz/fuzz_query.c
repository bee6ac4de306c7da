/* tests/fuzz/fuzz_query.c - EXPR: any bytes are read or refused with a sentence; what was read can
 * be asked. */
#include "fact/query.h"
#include "fact/table.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool check_match(void *ctx, const struct fact *fact, enum fate fate)
{
    (void)fate;
    if (!query_matches(ctx, fact))
        abort();
    return true;
}

/* One row, one number, every kind of key. */
static void ask(struct query *query)
{
    struct factset set;
    struct artifact *artifact = artifact_new();
    double value = 0.5;
    uint32_t text_at = 0, number = 1;
    uint16_t text_len = 3;
    int32_t delta = 0;
    uint64_t row_at = 0;
    unsigned char row_flags = ROW_COLD;
    char pool[] = "500";
    struct measure measure = {.unit = "s",
        .statistic = "sample",
        .scale = {'/', 1000},
        .values = &value,
        .text_at = &text_at,
        .delta = &delta,
        .text_len = &text_len};
    struct string_column model = {0, 0, NULL};
    struct table table = {.rows = 1,
        .measure_count = 1,
        .subject_count = 1,
        .width = 1,
        .row_at = &row_at,
        .row_number = &number,
        .row_flags = &row_flags,
        .subjects = &model,
        .measures = &measure,
        .pool = pool};

    factset_init(&set);
    artifact->path = STR("runs/a b.csv");
    measure.metric = map_add(&artifact->strings, STR("ttft"));
    model.key = map_add(&artifact->strings, STR("num_ctx"));
    model.constant = map_add(&artifact->strings, STR("2048"));
    *vec_push(&artifact->tables) = &table;
    set.artifacts = &artifact;
    set.count = 1;
    query_each(&set, query, check_match, query);
    set.count = 0;
    artifact_free(artifact);
    factset_release(&set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct query query;
    struct err err = {0};

    arena_init(&arena);
    if (!query_parse(&arena, (struct str){(const char *)data, size}, &query, &err))
        ask(&query);
    else if (err.code != ERR_USAGE || !err.text[0])
        abort();
    arena_release(&arena);
    return 0;
}
