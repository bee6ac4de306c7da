/* ingest/grid.c - growing grids, and finding bytes and places of their cells. */
#include "ingest/grid.h"

#include "codec/csv.h"
#include "codec/json.h"
#include "fact/name.h"

#include <stdarg.h>
#include <stdio.h>

enum { COLUMNS_MAX = 20000, SAID_MAX = 10, CELLS_PER_FILE_MAX = 1 << 25 };

void grids_init(struct grids *grids, struct arena *arena, struct artifact *artifact,
    const struct encoding *encoding)
{
    *grids = (struct grids){.arena = arena, .artifact = artifact, .encoding = encoding};
    grids->text = encoding->text;
    grids->cell_limit = CELLS_PER_FILE_MAX;
    buf_init(&grids->side, (size_t)1 << 30);
    map_init(&grids->keys, arena);
}

void grids_release(struct grids *grids)
{
    for (size_t i = 0; i < grids->list.len; i++) {
        struct grid *grid = grids->list.ptr[i];

        for (size_t c = 0; c < grid->columns.len; c++)
            vec_release(&grid->columns.ptr[c].cells);
        vec_release(&grid->columns);
        map_release(&grid->names);
        vec_release(&grid->named);
        vec_release(&grid->prefixes);
        vec_release(&grid->parent_row);
        vec_release(&grid->index);
        vec_release(&grid->row_at);
        vec_release(&grid->row_line);
    }
    vec_release(&grids->list);
    vec_release(&grids->side_pieces);
    vec_release(&grids->key_seen);
    buf_release(&grids->side);
    map_release(&grids->keys);
}

struct grid *grids_find(struct grids *grids, struct str place)
{
    for (size_t i = 0; i < grids->list.len; i++)
        if (str_eq(grids->list.ptr[i]->place, place))
            return grids->list.ptr[i];
    return NULL;
}

struct grid *grids_add(struct grids *grids, struct str place, struct grid *parent)
{
    struct grid *grid = arena_new(grids->arena, struct grid);

    grid->place = arena_copy(grids->arena, place);
    grid->parent = parent;
    grid->depth = parent ? parent->depth + 1 : 0;
    grid->has_pointer = parent && parent->has_pointer;
    (void)vec_push(&grid->prefixes);
    map_init(&grid->names, grids->arena);
    *vec_push(&grids->list) = grid;
    return grid;
}

bool grids_full(struct grids *grids)
{
    if (grids->cell_count < grids->cell_limit)
        return false;
    if (!grids->noise[NOISE_FULL]++)
        artifact_problem(grids->artifact, 0, "too_many_cells",
            "the file has more than %llu cells; the rest was not read; split the file",
            (unsigned long long)grids->cell_limit);
    return true;
}

uint32_t grid_add_row(struct grids *grids, struct grid *grid, uint32_t parent_row, uint32_t index,
    uint64_t at, uint32_t line)
{
    *vec_push(&grid->parent_row) = parent_row;
    *vec_push(&grid->index) = index;
    *vec_push(&grid->row_at) = at;
    *vec_push(&grid->row_line) = line;
    grid->hint = 0;
    grids->cell_count++;
    return (uint32_t)grid->parent_row.len - 1;
}

static struct str join_pointer(struct arena *arena, struct str before, struct str key)
{
    struct buf buf;
    struct str out;

    buf_init(&buf, BUF_NO_LIMIT);
    buf_add_str(&buf, before);
    buf_add_char(&buf, '/');
    for (size_t i = 0; i < key.len; i++) {
        if (key.ptr[i] == '~' || key.ptr[i] == '/')
            buf_add_text(&buf, key.ptr[i] == '~' ? "~0" : "~1");
        else
            buf_add_char(&buf, key.ptr[i]);
    }
    out = arena_copy(arena, buf_str(&buf));
    buf_release(&buf);
    return out;
}

/* The map's key: four bytes of prefix, then the key itself. */
static struct str name_key(struct buf *buf, uint32_t prefix, struct str key)
{
    buf_add(buf, &prefix, sizeof prefix);
    buf_add_str(buf, key);
    return buf_str(buf);
}

enum { PREFIX_BIT = 1 << 30 }; /* tells the names of objects from those of columns in one map */

static uint32_t new_prefix(struct grids *grids, struct grid *grid, uint32_t parent, struct str key)
{
    struct prefix *prefix = vec_push(&grid->prefixes);
    const struct prefix *above = &grid->prefixes.ptr[parent];
    struct str joined = name_join(grids->arena, key);

    prefix->parent = parent;
    prefix->key = arena_copy(grids->arena, key);
    prefix->pointer = join_pointer(grids->arena, above->pointer, key);
    prefix->options = above->options || name_is_options(joined);
    prefix->metadata = above->metadata || str_eq(joined, STR("metadata"));
    return (uint32_t)grid->prefixes.len - 1;
}

uint32_t grid_prefix(struct grids *grids, struct grid *grid, uint32_t parent, struct str key)
{
    uint32_t id, prefix;
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    (void)name_key(&buf, parent | PREFIX_BIT, key);
    id = map_find(&grid->names, buf_str(&buf));
    if (id != MAP_NONE) {
        prefix = grid->named.ptr[id];
    } else {
        prefix = new_prefix(grids, grid, parent, key);
        (void)map_add(&grid->names, buf_str(&buf));
        *vec_push(&grid->named) = prefix;
    }
    buf_release(&buf);
    return prefix;
}

bool grid_enter(struct grids *grids, struct grid *grid, uint32_t row, uint32_t parent,
    struct str key, uint64_t at, uint32_t *ret_prefix)
{
    uint32_t id = grid_prefix(grids, grid, parent, key);
    struct prefix *prefix = &grid->prefixes.ptr[id];

    *ret_prefix = id;
    if (prefix->last_row == row + 1) {
        if (!grids_quiet(grids, NOISE_DUPLICATE_KEY))
            grids_problem(grids, NOISE_DUPLICATE_KEY, grids_line(grids, at), "duplicate_key",
                "the key %.*s stands twice in one record; only its first list or object was read",
                (int)(key.len > 80 ? 80 : key.len), key.ptr);
        return false;
    }
    prefix->last_row = row + 1;
    return true;
}

static struct column *new_column(
    struct grids *grids, struct grid *grid, uint32_t prefix, struct str key)
{
    const struct prefix *above = &grid->prefixes.ptr[prefix];
    struct column *column;

    if (grid->columns.len >= COLUMNS_MAX) {
        grids_problem(grids, NOISE_TOO_MANY, 0, "too_many_columns",
            "a record has more than %d different fields; the field %.*s and others were not read",
            COLUMNS_MAX, (int)(key.len > 80 ? 80 : key.len), key.ptr);
        return NULL;
    }
    column = vec_push(&grid->columns);
    column->leaf = arena_copy(grids->arena, key);
    column->parent = above->key;
    column->pointer = join_pointer(grids->arena, above->pointer, key);
    column->prefix = prefix;
    column->options = above->options;
    column->metadata = above->metadata;
    return column;
}

static struct column *column_by_name(
    struct grids *grids, struct grid *grid, uint32_t prefix, struct str key)
{
    struct column *column = NULL;
    struct buf buf;
    uint32_t id;

    buf_init(&buf, BUF_NO_LIMIT);
    (void)name_key(&buf, prefix, key);
    id = map_find(&grid->names, buf_str(&buf));
    if (id != MAP_NONE) {
        column = &grid->columns.ptr[grid->named.ptr[id]];
    } else if ((column = new_column(grids, grid, prefix, key))) {
        (void)map_add(&grid->names, buf_str(&buf));
        *vec_push(&grid->named) = (uint32_t)grid->columns.len - 1;
    }
    buf_release(&buf);
    return column;
}

struct column *grid_column(struct grids *grids, struct grid *grid, uint32_t prefix, struct str key)
{
    struct column *column;

    /* Records repeat their keys in the same order: look at the expected column first. */
    if (grid->hint < grid->columns.len) {
        column = &grid->columns.ptr[grid->hint];
        if (column->prefix == prefix && str_eq(column->leaf, key)) {
            grid->hint++;
            return column;
        }
    }
    column = column_by_name(grids, grid, prefix, key);
    grid->hint = column ? (size_t)(column - grid->columns.ptr) + 1 : 0;
    return column;
}

void grid_add_cell(struct grids *grids, struct column *column, uint32_t row, enum cell_kind kind,
    uint64_t at, uint32_t len)
{
    struct cell *cell;

    if (column->cells.len && column->cells.ptr[column->cells.len - 1].row == row) {
        if (!grids_quiet(grids, NOISE_DUPLICATE_KEY))
            grids_problem(grids, NOISE_DUPLICATE_KEY, grids_line(grids, at), "duplicate_key",
                "the key %.*s stands twice in one record; the last value was kept",
                (int)(column->leaf.len > 80 ? 80 : column->leaf.len), column->leaf.ptr);
        cell = &column->cells.ptr[column->cells.len - 1];
    } else {
        cell = vec_push(&column->cells);
        grids->cell_count++;
    }
    cell->row = row;
    cell->len = len;
    cell->at = at & ((UINT64_C(1) << 56) - 1);
    cell->kind = (unsigned char)kind;
}

struct str grids_raw(const struct grids *grids, const struct cell *cell)
{
    if (cell->at < grids->text.len)
        return (struct str){grids->text.ptr + cell->at, cell->len};
    if (cell->at - grids->text.len <= grids->side.len)
        return (struct str){grids->side.ptr + (cell->at - grids->text.len), cell->len};
    return STR("");
}

/* A string token taken for itself needs a tape of one node to be unescaped. */
static struct str unescape_json(struct arena *arena, struct str raw)
{
    struct json_node node = {
        .type = JSON_STRING, .escaped = 1, .len = (uint32_t)raw.len, .next = 1};
    struct json json = {.text = raw, .nodes = &node, .count = 1, .cap = 1};

    return json_text(&json, 0, arena);
}

struct str grids_text(const struct grids *grids, const struct cell *cell)
{
    struct str raw = grids_raw(grids, cell);

    switch ((enum cell_kind)cell->kind) {
    case CELL_NULL:
        return STR("");
    case CELL_TRUE:
        return STR("true");
    case CELL_FALSE:
        return STR("false");
    case CELL_STRING_ESCAPED:
        return str_trim(unescape_json(grids->arena, raw));
    case CELL_PLAIN_ESCAPED:
        return str_trim(csv_unescape(grids->arena, raw, true));
    case CELL_NUMBER:
        return raw;
    case CELL_STRING:
    case CELL_PLAIN:
        break;
    }
    return str_trim(raw);
}

/* Address in the side buffer -> address in the text: doubled quotes were written as one. */
static uint64_t side_to_text(const struct grids *grids, uint64_t side_at)
{
    const struct side_piece *piece = NULL;
    size_t low = 0, high = grids->side_pieces.len;
    uint64_t at;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (grids->side_pieces.ptr[mid].side_at <= side_at)
            low = mid + 1;
        else
            high = mid;
    }
    if (!low)
        return 0;
    piece = &grids->side_pieces.ptr[low - 1];
    at = piece->text_at;
    if (!piece->escaped)
        return at + (side_at - piece->side_at);
    for (uint64_t i = piece->side_at; i < side_at; i++)
        at += grids->side.ptr[i] == '"' ? 2 : 1;
    return at;
}

uint64_t grids_file_at(const struct grids *grids, uint64_t at)
{
    if (at >= grids->text.len && grids->side.len)
        at = side_to_text(grids, at - grids->text.len);
    return encoding_raw_at(grids->encoding, at);
}

uint64_t grids_line(const struct grids *grids, uint64_t at)
{
    uint64_t line = 1;

    if (at >= grids->text.len && grids->side.len)
        at = side_to_text(grids, at - grids->text.len);
    if (at > grids->text.len)
        at = grids->text.len;
    for (uint64_t i = 0; i < at; i++)
        line += grids->text.ptr[i] == '\n' ||
                (grids->text.ptr[i] == '\r' &&
                    (i + 1 == grids->text.len || grids->text.ptr[i + 1] != '\n'));
    return line;
}

bool grids_quiet(const struct grids *grids, enum grids_noise noise)
{
    return grids->noise[noise] > SAID_MAX;
}

void grids_problem(struct grids *grids, enum grids_noise noise, uint64_t line, const char *kind,
    const char *fmt, ...)
{
    char text[500];
    va_list ap;

    if (grids->noise[noise] > SAID_MAX)
        return;
    if (grids->noise[noise]++ == SAID_MAX) {
        artifact_problem(grids->artifact, line, kind,
            "more problems of the kind %s follow; they are not listed", kind);
        return;
    }
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    artifact_problem(grids->artifact, line, kind, "%s", text);
}
