/*
 * ingest/grid_json.c - JSON documents and JSON Lines to grids.
 *
 * A list of objects is a grid, one row an element; so is a map of like objects ("backends": {"jit":
 * {...}, "eager": {...}}), one row a key. Other objects are flattened into the record around them.
 * A list of numbers is a grid of bare values. Recursion is bounded by the reader's JSON_DEPTH_MAX.
 */
#include "ingest/grid.h"

#include "codec/json.h"
#include "fact/name.h"

struct walk {
    struct grids *grids;
    const struct json *json;
    uint64_t base; /* address of the tape's text */
};

static void add_object(
    const struct walk *w, struct grid *grid, uint32_t row, uint32_t node, uint32_t prefix);

static bool is_object(const struct json *json, uint32_t node)
{
    return json->nodes[node].type == JSON_OBJECT;
}

static bool is_scalar(const struct json *json, uint32_t node)
{
    return json->nodes[node].type < JSON_ARRAY;
}

/* True when the object has members and every value of it is an object. */
static bool holds_only_objects(const struct json *json, uint32_t object)
{
    uint32_t end = json->nodes[object].next, i = object + 1;

    if (!is_object(json, object) || i >= end)
        return false;
    for (; i < end; i = json_after(json, json_after(json, i)))
        if (!is_object(json, json_after(json, i)))
            return false;
    return true;
}

static size_t members(const struct json *json, uint32_t object)
{
    size_t n = 0;

    for (uint32_t i = object + 1; i < json->nodes[object].next;
         i = json_after(json, json_after(json, i)))
        n++;
    return n;
}

/* At least half of a's keys stand in b too. Looks at the first 32. */
static bool share_keys(const struct json *json, uint32_t a, uint32_t b)
{
    size_t n = 0, shared = 0;

    for (uint32_t i = a + 1; i < json->nodes[a].next && n < 32;
         i = json_after(json, json_after(json, i))) {
        n++;
        shared += json_find(json, b, json_raw(json, i)) != UINT32_MAX;
    }
    return shared > 0 && shared * 2 >= n;
}

/* Keys that describe their object's place in a schema, not one of many like things. */
static bool structural_key(struct arena *arena, struct str key)
{
    struct str joined = name_join(arena, key);

    return name_is_options(joined) || name_statistic(joined) || str_eq(joined, STR("metadata")) ||
           str_eq(joined, STR("summary")) || str_eq(joined, STR("metrics")) ||
           str_eq(joined, STR("results")) || str_eq(joined, STR("timing"));
}

/* {"value": 3, "unit": "ms"}: the object is one number with its unit, not a thing with numbers. */
static bool is_measurement(const struct json *json, uint32_t object)
{
    uint32_t unit = json_find(json, object, STR("unit"));

    return unit != UINT32_MAX && json->nodes[unit].type == JSON_STRING;
}

/*
 * A map of like objects: all values are objects, no key is structural, and either each shares half
 * of its keys with the first, or all are maps themselves. A map with one member counts below
 * another map. Measurements are fields of a record, however alike.
 */
static bool is_map(const struct walk *w, uint32_t object, bool inside_map)
{
    const struct json *json = w->json;
    uint32_t first = object + 2;
    bool nested = true, alike = true;

    if (!holds_only_objects(json, object))
        return false;
    if (members(json, object) < 2 && !inside_map)
        return false;
    for (uint32_t i = object + 1; i < json->nodes[object].next;
         i = json_after(json, json_after(json, i))) {
        uint32_t value = json_after(json, i);

        if (is_measurement(json, value) ||
            structural_key(w->grids->arena, json_text(json, i, w->grids->arena)))
            return false;
        nested = nested && holds_only_objects(json, value);
        alike = alike && (value == first || share_keys(json, first, value) ||
                             share_keys(json, value, first));
    }
    return alike || nested;
}

static struct str place_of(
    struct grids *grids, struct str above, struct str pointer, const char *level)
{
    return arena_printf(grids->arena, "%.*s%.*s/%s", STR_ARG(above), STR_ARG(pointer), level);
}

/* The grid of a list or map below a record; the same place gives the same grid. */
static struct grid *child_grid(
    const struct walk *w, struct grid *grid, uint32_t prefix, struct str key, bool by_key)
{
    struct str pointer = STR("");
    struct grid *child;
    struct str place;

    if (prefix != UINT32_MAX)
        pointer = grid->prefixes.ptr[prefix].pointer;
    place = place_of(w->grids, grid->place, pointer, by_key ? "{}" : "[]");
    child = grids_find(w->grids, place);
    if (!child) {
        child = grids_add(w->grids, place, grid);
        child->record = arena_copy(w->grids->arena, key);
        child->before = arena_printf(w->grids->arena, "%.*s/", STR_ARG(pointer));
        child->by_key = by_key;
    }
    return child;
}

static void add_list(const struct walk *w, struct grid *grid, uint32_t row, uint32_t node,
    uint32_t prefix, struct str key);

static void add_scalar(const struct walk *w, struct grid *grid, uint32_t row, uint32_t node,
    uint32_t prefix, struct str key)
{
    static const enum cell_kind KINDS[] = {
        CELL_NULL, CELL_FALSE, CELL_TRUE, CELL_NUMBER, CELL_STRING};
    const struct json_node *n = &w->json->nodes[node];
    struct column *column = grid_column(w->grids, grid, prefix, key);

    if (column)
        grid_add_cell(w->grids, column, row, n->escaped ? CELL_STRING_ESCAPED : KINDS[n->type],
            w->base + n->at, n->len);
}

/* False, and told, when the key stood in this map (by its serial number) before. */
static bool first_in_map(struct grids *grids, uint32_t id, uint32_t serial, uint64_t at)
{
    struct str key = map_key(&grids->keys, id);

    vec_reserve(&grids->key_seen, (size_t)id + 1);
    if (grids->key_seen.ptr[id] != serial) {
        grids->key_seen.ptr[id] = serial;
        return true;
    }
    if (!grids_quiet(grids, NOISE_DUPLICATE_KEY))
        grids_problem(grids, NOISE_DUPLICATE_KEY, grids_line(grids, at), "duplicate_key",
            "the key %.*s stands twice in one map; only its first object was read",
            (int)(key.len > 80 ? 80 : key.len), key.ptr);
    return false;
}

static void add_map(const struct walk *w, struct grid *grid, uint32_t row, uint32_t node,
    uint32_t prefix, struct str key)
{
    struct grid *child = child_grid(w, grid, prefix, key, true);
    const struct json *json = w->json;
    uint32_t serial = ++w->grids->map_serial;

    for (uint32_t i = node + 1; i < json->nodes[node].next && !grids_full(w->grids);
         i = json_after(json, json_after(json, i))) {
        uint32_t value = json_after(json, i);
        uint32_t id = map_add(&w->grids->keys, json_text(json, i, w->grids->arena)), child_row;

        if (!first_in_map(w->grids, id, serial, w->base + json->nodes[i].at))
            continue;
        child_row = grid_add_row(
            w->grids, child, row, id, w->base + json->nodes[value].at, grid->row_line.ptr[row]);

        if (is_map(w, value, true))
            add_map(w, child, child_row, value, 0, STR(""));
        else
            add_object(w, child, child_row, value, 0);
    }
}

/* One element of a list; mixed lists may hold anything. */
static void add_element(
    const struct walk *w, struct grid *child, uint32_t row, uint32_t node, struct str key)
{
    if (is_object(w->json, node))
        add_object(w, child, row, node, 0);
    else if (is_scalar(w->json, node))
        add_scalar(w, child, row, node, 0, key);
    else
        add_list(w, child, row, node, 0, key);
}

/*
 * Lists of texts alone (prompts, warnings) hold no numbers and make no rows; but a list of error
 * texts says which elements of the lists beside it failed.
 */
static bool list_is_text(const struct walk *w, uint32_t node, struct str key)
{
    const struct json *json = w->json;

    if (name_is_error(name_join(w->grids->arena, key)))
        return false;
    for (uint32_t i = node + 1; i < json->nodes[node].next; i = json_after(json, i))
        if (json->nodes[i].type != JSON_STRING && json->nodes[i].type != JSON_NULL)
            return false;
    return true;
}

static void add_list(const struct walk *w, struct grid *grid, uint32_t row, uint32_t node,
    uint32_t prefix, struct str key)
{
    const struct json *json = w->json;
    struct grid *child;
    uint32_t index = 0;

    if (list_is_text(w, node, key))
        return;
    child = child_grid(w, grid, prefix, key, false);
    for (uint32_t i = node + 1; i < json->nodes[node].next && !grids_full(w->grids);
         i = json_after(json, i), index++) {
        uint32_t child_row = grid_add_row(
            w->grids, child, row, index, w->base + json->nodes[i].at, grid->row_line.ptr[row]);

        child->bare = child->bare || !is_object(json, i);
        add_element(w, child, child_row, i, key);
    }
}

static void add_container(const struct walk *w, struct grid *grid, uint32_t row, uint32_t node,
    uint32_t prefix, struct str key)
{
    if (!is_object(w->json, node))
        add_list(w, grid, row, node, prefix, key);
    else if (is_map(w, node, false))
        add_map(w, grid, row, node, prefix, key);
    else
        add_object(w, grid, row, node, prefix);
}

static void add_object(
    const struct walk *w, struct grid *grid, uint32_t row, uint32_t node, uint32_t prefix)
{
    const struct json *json = w->json;

    for (uint32_t i = node + 1; i < json->nodes[node].next;
         i = json_after(json, json_after(json, i))) {
        uint32_t value = json_after(json, i), inner;
        struct str key;

        if (is_scalar(json, value)) {
            key = json->nodes[i].escaped ? json_text(json, i, w->grids->arena) : json_raw(json, i);
            add_scalar(w, grid, row, value, prefix, key);
            continue;
        }
        key = json_text(json, i, w->grids->arena);
        if (grid_enter(w->grids, grid, row, prefix, key, w->base + json->nodes[value].at, &inner))
            add_container(w, grid, row, value, inner, key);
    }
}

void grid_add_json_object(struct grids *grids, struct grid *grid, uint32_t row,
    const struct json *json, uint32_t node, uint32_t prefix, uint64_t base)
{
    struct walk w = {grids, json, base};

    add_object(&w, grid, row, node, prefix);
}

static struct grid *root_grid(struct grids *grids)
{
    struct grid *root = grids_add(grids, STR(""), NULL);

    root->has_pointer = true;
    return root;
}

void grid_read_json(struct grids *grids)
{
    struct walk w = {.grids = grids};
    struct grid *root;
    struct json json;
    struct err err;
    size_t bad = 0;

    json_init(&json, grids->text);
    w.json = &json;
    if (json_parse(&json, &bad, &err)) {
        artifact_problem(grids->artifact, grids_line(grids, bad), "bad_json",
            "not valid JSON at byte %llu: %s; nothing was read from the file",
            (unsigned long long)encoding_raw_at(grids->encoding, bad), err.text);
        json_release(&json);
        return;
    }
    root = root_grid(grids);
    (void)grid_add_row(grids, root, 0, 0, json.nodes[0].at, 0);
    if (is_object(&json, 0) && is_map(&w, 0, false))
        add_map(&w, root, 0, 0, 0, STR(""));
    else if (is_object(&json, 0))
        add_object(&w, root, 0, 0, 0);
    else if (!is_scalar(&json, 0))
        add_list(&w, root, 0, 0, 0, STR(""));
    json_release(&json);
}

/* One line is one record; a bad line is a problem, the others are read. */
void grid_read_json_lines(struct grids *grids)
{
    struct grid *root = root_grid(grids);
    struct walk w = {.grids = grids};
    struct str text = grids->text;
    struct json json;
    struct err err;
    uint32_t line = 0;
    size_t start = 0;

    root->lines = true;
    json_init(&json, text);
    w.json = &json;
    while (start < text.len && !grids_full(grids)) {
        size_t end = str_find_char(text, '\n', start), bad = 0;
        struct str one;

        if (end == SIZE_MAX)
            end = text.len;
        line++;
        one = str_slice(text, start, end);
        w.base = start;
        start = end + 1;
        if (!str_trim(one).len)
            continue;
        json_reset(&json, one);
        if (json_parse(&json, &bad, &err))
            grids_problem(grids, NOISE_BAD_CELL, line, "bad_json",
                "the line is not valid JSON: %s; it was not read", err.text);
        else if (is_object(&json, 0))
            add_object(&w, root,
                grid_add_row(grids, root, 0, line - 1, w.base + json.nodes[0].at, line), 0, 0);
        else
            grids_problem(grids, NOISE_BAD_CELL, line, "not_a_record",
                "the line holds no object, so its numbers have no names; it was not read");
    }
    json_release(&json);
}
