/* cmd/facts_hint.c - why nothing matched: keys and metrics that no fact has, and what is near. */
#include "cmd/cmd.h"
#include "cmd/facts_out.h"
#include "cmd/print.h"

struct names {
    struct arena arena;
    struct map keys, metrics;
    const struct table *table; /* whose keys are in the map */
};

static bool on_fact(void *ctx, const struct fact *fact, enum fate fate)
{
    struct names *names = ctx;

    (void)fate;
    (void)map_add(&names->metrics, fact_metric(fact));
    if (fact->table == names->table)
        return !cmd_stopped();
    names->table = fact->table;
    for (size_t i = 0; i < fact_subject_count(fact); i++) {
        struct str value;

        (void)map_add(&names->keys, fact_subject_at(fact, i, &value));
    }
    return !cmd_stopped();
}

/* Every key that a fact may be asked for, and every metric that some fact has. */
static void collect(const struct factset *set, struct names *ret)
{
    static const char *const FIXED[] = {
        "path", "type", "format", "metric", "unit", "statistic", "definition", "flag"};
    const struct query everything = {0};

    *ret = (struct names){0};
    arena_init(&ret->arena);
    map_init(&ret->keys, &ret->arena);
    map_init(&ret->metrics, &ret->arena);
    for (size_t i = 0; i < sizeof FIXED / sizeof *FIXED; i++)
        (void)map_add(&ret->keys, str_from(FIXED[i]));
    query_each(set, &everything, on_fact, ret);
}

static void say(struct names *names, const struct map *known, const char *what, struct str word,
    struct buf *buf)
{
    const char **candidates = arena_array(&names->arena, known->count + 1, const char *);
    const char *near;
    struct buf line;

    for (uint32_t i = 0; i < known->count; i++)
        candidates[i] = arena_copy(&names->arena, map_key(known, i)).ptr;
    near = cmd_nearest(word, candidates, known->count);
    buf_init(&line, BUF_NO_LIMIT);
    buf_addf(&line, "No fact has the %s '", what);
    print_safe(&line, word);
    buf_add_text(&line, "'.");
    if (near) {
        buf_add_text(&line, " Did you mean ");
        print_safe(&line, str_from(near));
        buf_add_char(&line, '?');
    }
    print_wrap(buf, buf_str(&line), print_width(), 0);
    buf_release(&line);
}

void facts_hint(const struct facts_request *request, struct buf *buf)
{
    struct names names;
    struct str name, value;

    collect(request->set, &names);
    for (size_t i = 0; i < request->key_count; i++)
        if (map_find(&names.keys, request->keys[i]) == MAP_NONE)
            say(&names, &names.keys, "key", request->keys[i], buf);
    for (size_t i = 0; i < request->query->count; i++) {
        bool equal = query_condition(request->query, i, &name, &value);

        if (map_find(&names.keys, name) == MAP_NONE)
            say(&names, &names.keys, "key", name, buf);
        else if (equal && str_eq(name, STR("metric")) &&
                 map_find(&names.metrics, value) == MAP_NONE)
            say(&names, &names.metrics, "metric", value, buf);
    }
    map_release(&names.keys);
    map_release(&names.metrics);
    arena_release(&names.arena);
}
