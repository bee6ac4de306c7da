/*
 * ingest/understand_subjects.c - what each row is about: its own descriptions, the key of its map,
 * what it inherits from the records around it; and when it was measured.
 */
#include "ingest/understand.h"

#include "base/clock.h"
#include "base/num.h"

enum {
    VALUE_MAX = 200,     /* bytes of a subject's value that are kept */
    CODES_MAX = 1 << 27, /* rows x columns of subjects in one file: 512 MiB of codes */
};

/* True while there is room for another column of subjects; told once when there is none. */
static bool room_for_codes(struct understanding *u, const struct grid_use *use)
{
    u->codes += use->rows;
    if (u->codes <= CODES_MAX)
        return true;
    if (!u->grids->noise[NOISE_TOO_MANY]++)
        artifact_problem(u->artifact, 0, "too_many_subjects",
            "the file's records have too many different fields; some descriptions were not kept; "
            "split the file");
    return false;
}

static uint32_t intern(struct understanding *u, struct str text)
{
    struct str cut = text;

    if (text.len > VALUE_MAX) {
        size_t n = VALUE_MAX;

        while (n && ((unsigned char)text.ptr[n] & 0xc0) == 0x80) /* not inside a character */
            n--;
        cut = arena_printf(u->grids->arena, "%.*s...", (int)n, text.ptr);
    }
    return map_add(&u->artifact->strings, cut);
}

static struct str subject_file(struct str name)
{
    return str_ends(name, STR(".gguf")) ? str_slice(name, 0, name.len - 5) : name;
}

/* A path names its file: "/models/gull-9b.gguf" is gull-9b. */
static struct str subject_text(
    struct understanding *u, const struct column *column, const struct cell *cell)
{
    struct str text = grids_text(u->grids, cell);

    if (!column->rule || !column->rule->definition || strcmp(column->rule->definition, "file") != 0)
        return text;
    for (size_t i = text.len; i-- > 0;)
        if (text.ptr[i] == '/' || text.ptr[i] == '\\')
            return subject_file(str_slice(text, i + 1, text.len));
    return subject_file(text);
}

/* Dictionary ids of a column's cells, row by row; absent cells are 0. Runs of equal cells cost
 * nothing. */
static uint32_t *codes_of(struct understanding *u, const struct column *column, uint32_t rows)
{
    uint32_t *codes = arena_array(u->grids->arena, rows, uint32_t);
    struct str last = STR_NONE;
    uint32_t last_code = 0;
    uint64_t last_kind = 99;

    for (size_t i = 0; i < column->cells.len; i++) {
        const struct cell *cell = &column->cells.ptr[i];
        struct str raw = grids_raw(u->grids, cell);

        if (!last.ptr || cell->kind != last_kind || !str_eq(raw, last)) {
            last_code = intern(u, subject_text(u, column, cell));
            last = raw;
            last_kind = cell->kind;
        }
        codes[cell->row] = last_code;
    }
    return codes;
}

static struct subject *find_subject(struct grid_use *use, struct str key)
{
    for (size_t i = 0; i < use->subjects.len; i++)
        if (str_eq(use->subjects.ptr[i].key, key))
            return &use->subjects.ptr[i];
    return NULL;
}

static bool any_code(const uint32_t *codes, uint32_t rows)
{
    for (uint32_t i = 0; i < rows; i++)
        if (codes[i])
            return true;
    return false;
}

/* A homonym that never says anything else adds nothing. */
static bool adds_nothing(const struct subject *there, const uint32_t *codes, uint32_t rows)
{
    for (uint32_t i = 0; i < rows; i++)
        if (codes[i] && codes[i] != there->codes[i])
            return false;
    return true;
}

/* Adds under the first of up to three names that is free. */
static void add_subject(
    struct grid_use *use, const struct str *names, size_t count, uint32_t *codes)
{
    struct subject *subject;

    if (!any_code(codes, use->rows))
        return;
    for (size_t i = 0; i < count; i++) {
        struct subject *there = find_subject(use, names[i]);

        if (there && adds_nothing(there, codes, use->rows))
            return;
        if (there)
            continue;
        subject = vec_push(&use->subjects);
        subject->key = names[i];
        subject->codes = codes;
        return;
    }
}

/* The key of the map in which the rows stand. */
static void add_map_key(struct understanding *u, struct grid_use *use)
{
    const struct grid *grid = use->grid;
    struct str key = format_map_key(u->format, grid->place);
    uint32_t *codes;

    if (!grid->by_key)
        return;
    if (!key.ptr && grid->record.len)
        key = name_subject_key(name_singular(name_join(u->grids->arena, grid->record)));
    else if (!key.ptr)
        key = grid->parent && grid->parent->by_key ? STR("variant") : STR("item");
    codes = arena_array(u->grids->arena, use->rows, uint32_t);
    for (uint32_t row = 0; row < use->rows; row++)
        codes[row] = intern(u, map_key(&u->grids->keys, grid->index.ptr[row]));
    add_subject(use, &key, 1, codes);
}

static struct str subject_name(
    struct understanding *u, const struct column *column, const struct column_use *use)
{
    struct str joined = use->meaning.role == ROLE_SUBJECT
                            ? use->meaning.name
                            : name_join(u->grids->arena, column->leaf);

    /* "model": {"name": ...} is the model. */
    if (column->parent.len && (str_eq(joined, STR("name")) || str_eq(joined, STR("id"))))
        return name_subject_key(name_join(u->grids->arena, column->parent));
    return name_subject_key(joined);
}

static struct str dotted(struct understanding *u, const struct column *column)
{
    struct str out =
        arena_copy(u->grids->arena, str_slice(column->pointer, 1, column->pointer.len));

    for (size_t i = 0; i < out.len; i++)
        if (out.ptr[i] == '/')
            ((char *)out.ptr)[i] = '.';
    return out;
}

static void add_own(struct understanding *u, struct grid_use *use, size_t c)
{
    const struct column *column = &use->grid->columns.ptr[c];
    struct str names[3] = {subject_name(u, column, &use->columns[c])};
    size_t count = 1;

    if (column->parent.len)
        names[count++] =
            arena_printf(u->grids->arena, "%.*s.%.*s", STR_ARG(column->parent), STR_ARG(names[0]));
    if (column->pointer.len)
        names[count++] = dotted(u, column);
    add_subject(use, names, count, codes_of(u, column, use->rows));
}

/* The record's own fields first, then those of objects flattened into it. */
static void add_own_subjects(struct understanding *u, struct grid_use *use)
{
    for (int nested = 0; nested < 2; nested++)
        for (size_t c = 0; c < use->grid->columns.len; c++)
            if (use->columns[c].role == ROLE_SUBJECT && use->grid->columns.ptr[c].cells.len &&
                (use->grid->columns.ptr[c].prefix != 0) == nested && room_for_codes(u, use))
                add_own(u, use, c);
}

static uint32_t *gather(struct understanding *u, const struct grid_use *use, const uint32_t *above)
{
    uint32_t *codes = arena_array(u->grids->arena, use->rows, uint32_t);

    for (uint32_t row = 0; row < use->rows; row++)
        codes[row] = above[use->grid->parent_row.ptr[row]];
    return codes;
}

static void inherit_subjects(
    struct understanding *u, struct grid_use *use, const struct grid_use *parent)
{
    for (size_t i = 0; i < parent->subjects.len; i++) {
        const struct subject *above = &parent->subjects.ptr[i];

        if (!find_subject(use, above->key) && room_for_codes(u, use))
            add_subject(use, &above->key, 1, gather(u, use, above->codes));
    }
}

/*
 * Seconds, milliseconds, microseconds or nanoseconds since 1970, by size. The digits are read as a
 * decimal: a double would invent digits behind the microseconds.
 */
static bool epoch_ns(struct str text, int64_t *ret)
{
    size_t point = str_find_char(text, '.', 0);
    struct str whole = str_slice(text, 0, point == SIZE_MAX ? text.len : point);
    struct str rest = point == SIZE_MAX ? STR("") : str_slice(text, point + 1, text.len);
    int64_t unit = whole.len <= 10   ? 1000000000
                   : whole.len <= 13 ? 1000000
                   : whole.len <= 16 ? 1000
                                     : 1;
    uint64_t value;

    if (whole.len < 9 || whole.len > 19 || !num_parse_u64(whole, &value) ||
        value > (uint64_t)(INT64_MAX / unit))
        return false;
    *ret = (int64_t)value * unit;
    for (size_t i = 0; i < rest.len; i++) {
        if (!char_is_digit(rest.ptr[i]))
            return false;
        unit /= 10;
        *ret += (rest.ptr[i] - '0') * unit;
    }
    return true;
}

/* nvidia-smi writes 2026/03/01: the year comes first, so no doubt is left. */
static struct str with_dashes(struct arena *arena, struct str text)
{
    struct str out = text;

    if (text.len < 10 || text.ptr[4] != '/' || text.ptr[7] != '/')
        return text;
    out = arena_copy(arena, text);
    ((char *)out.ptr)[4] = ((char *)out.ptr)[7] = '-';
    return out;
}

/* One cell as canonical text: RFC 3339 in UTC, or the local form without a zone. */
static bool time_text(struct arena *arena, struct str text, struct str *ret, bool *ret_local)
{
    enum clock_zone zone = CLOCK_UTC;
    struct buf buf;
    int64_t ns;

    if (!clock_parse(with_dashes(arena, text), &ns, &zone) && !epoch_ns(text, &ns))
        return false;
    buf_init(&buf, 64);
    clock_format(&buf, ns);
    if (zone == CLOCK_NO_ZONE)
        buf.len--; /* without the Z */
    *ret = arena_copy(arena, buf_str(&buf));
    *ret_local = zone == CLOCK_NO_ZONE;
    buf_release(&buf);
    return true;
}

static uint32_t *time_codes(
    struct understanding *u, const struct column *column, uint32_t rows, bool *ret_local)
{
    uint32_t *codes = arena_array(u->grids->arena, rows, uint32_t);
    struct str last = STR_NONE;
    uint32_t last_code = 0;
    bool local = false, any = false;

    for (size_t i = 0; i < column->cells.len; i++) {
        const struct cell *cell = &column->cells.ptr[i];
        struct str raw = grids_raw(u->grids, cell), text;

        if (!last.ptr || !str_eq(raw, last)) {
            last = raw;
            last_code = 0;
            if (time_text(u->grids->arena, grids_text(u->grids, cell), &text, &local))
                last_code = intern(u, text);
        }
        codes[cell->row] = last_code;
        any = any || last_code;
        *ret_local = local;
    }
    return any ? codes : NULL;
}

/* The first time column with a zone, else the first without; "create_time" is a process's, not
 * ours, unless the format says so. */
static void find_time(struct understanding *u, struct grid_use *use, const struct grid_use *parent)
{
    for (size_t c = 0; c < use->grid->columns.len; c++) {
        const struct column *column = &use->grid->columns.ptr[c];
        bool local = false;
        uint32_t *codes;

        if (use->columns[c].role != ROLE_TIME ||
            (!column->rule && str_starts(name_join(u->grids->arena, column->leaf), STR("creat"))))
            continue;
        codes = time_codes(u, column, use->rows, &local);
        if (codes && (!use->time || (use->time_local && !local))) {
            use->time = codes;
            use->time_local = local;
        }
    }
    if (!use->time && parent && parent->time) {
        use->time = gather(u, use, parent->time);
        use->time_local = parent->time_local;
    }
}

static uint32_t whole(double value)
{
    return value >= 1 && value < 4e9 ? (uint32_t)value : 0;
}

/* Samples behind the statistics: a column of the record, or the one that the format names. */
static void find_samples_behind(
    struct understanding *u, struct grid_use *use, const struct grid_use *parent)
{
    struct str named = u->format ? str_from(u->format->samples) : STR_NONE;

    for (size_t c = 0; c < use->grid->columns.len; c++) {
        const struct column *column = &use->grid->columns.ptr[c];
        bool named_one = named.ptr && str_eq(format_full_name(u->grids, use->grid, column), named);
        struct cell_number n;

        if (use->columns[c].role != ROLE_SAMPLES && !named_one)
            continue;
        if (!use->samples)
            use->samples = arena_array(u->grids->arena, use->rows, uint32_t);
        for (size_t i = 0; i < column->cells.len; i++)
            if (cell_number(u->grids, &column->cells.ptr[i], &use->columns[c].style, &n) ==
                CELL_IS_NUMBER)
                use->samples[column->cells.ptr[i].row] = whole(n.value);
    }
    if (!use->samples && parent && parent->samples && named.ptr)
        use->samples = gather(u, use, parent->samples);
}

void understand_subjects(struct understanding *u)
{
    for (size_t i = 0; i < u->count; i++) {
        struct grid_use *use = &u->uses[i], *parent = understanding_parent(u, use);

        add_map_key(u, use);
        add_own_subjects(u, use);
        if (parent)
            inherit_subjects(u, use, parent);
        find_time(u, use, parent);
        find_samples_behind(u, use, parent);
    }
}
