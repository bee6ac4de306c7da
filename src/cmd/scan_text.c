/* cmd/scan_text.c - what `chimera scan` tells people. */
#include "base/clock.h"
#include "cmd/print.h"
#include "cmd/scan_out.h"

#include <stdlib.h>

struct text {
    const struct scan_view *view;
    const struct scan *scan;
    struct arena arena;
    struct buf out;
    size_t width;
};

static struct str count_text(struct text *text, uint64_t count)
{
    struct buf buf;
    struct str ret;

    buf_init(&buf, 64);
    print_count(&buf, count);
    ret = arena_copy(&text->arena, buf_str(&buf));
    buf_release(&buf);
    return ret;
}

static struct str bytes_text(struct text *text, uint64_t bytes)
{
    struct buf buf;
    struct str ret;

    buf_init(&buf, 64);
    print_bytes(&buf, bytes);
    ret = arena_copy(&text->arena, buf_str(&buf));
    buf_release(&buf);
    return ret;
}

/* The path as people name it: with its root where there are several. */
static struct str place_text(struct text *text, uint32_t root, struct str path)
{
    if (text->scan->facts.roots.len < 2)
        return path;
    return arena_printf(&text->arena, "%.*s%s%.*s", STR_ARG(text->scan->facts.roots.ptr[root]),
        path.len ? "/" : "", STR_ARG(path));
}

static void heading(struct text *text, const char *words)
{
    buf_add_char(&text->out, '\n');
    print_heading(&text->out, words);
}

/* ---- the parts */

static void write_head(struct text *text)
{
    const struct scan *scan = text->scan;
    uint64_t bytes = 0, facts = 0;
    size_t copies = 0;
    struct buf line;

    for (size_t i = 0; i < scan->facts.count; i++) {
        bytes += scan->facts.artifacts[i]->bytes;
        facts += scan->facts.artifacts[i]->fact_count;
        copies += scan->facts.artifacts[i]->duplicate_of != NO_ARTIFACT;
    }
    buf_init(&line, BUF_NO_LIMIT);
    print_count(&line, facts);
    buf_add_text(&line, " facts in ");
    print_count(&line, scan->facts.count);
    buf_addf(&line, " result file%s (", scan->facts.count == 1 ? "" : "s");
    print_bytes(&line, bytes);
    if (copies)
        buf_addf(&line, ", %zu of them copies", copies);
    buf_add_char(&line, ')');
    if (!clock_is_fixed())
        buf_addf(&line, ", read in %.2f s", (double)scan->elapsed_ns / 1e9);
    buf_addf(&line, "%s.", scan->stopped ? "; INTERRUPTED, this is only a part" : "");
    print_wrap(&text->out, buf_str(&line), text->width, 2);
    buf_release(&line);
}

struct folder {
    uint32_t root;
    struct str path;
    uint64_t files, facts, problems;
};

static struct str folder_of(struct str path)
{
    size_t end = path.len;

    while (end > 0 && path.ptr[end - 1] != '/')
        end--;
    return end ? str_slice(path, 0, end - 1) : STR(".");
}

static int by_folder(const void *a, const void *b)
{
    const struct folder *x = a, *y = b;

    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return str_cmp(x->path, y->path);
}

/* One line a folder that holds artifacts. */
static size_t gather_folders(struct text *text, struct folder **ret)
{
    const struct factset *set = &text->scan->facts;
    struct folder *list = arena_array(&text->arena, set->count, struct folder);
    size_t count = 0;

    for (size_t i = 0; i < set->count; i++) {
        const struct artifact *artifact = set->artifacts[i];

        list[i] = (struct folder){artifact->root, folder_of(artifact->path), 1,
            artifact->fact_count, artifact->problems.len};
    }
    if (set->count)
        qsort(list, set->count, sizeof *list, by_folder);
    for (size_t i = 0; i < set->count; i++) {
        if (count && !by_folder(&list[count - 1], &list[i])) {
            list[count - 1].files++;
            list[count - 1].facts += list[i].facts;
            list[count - 1].problems += list[i].problems;
        } else {
            list[count++] = list[i];
        }
    }
    *ret = list;
    return count;
}

static void write_folders(struct text *text)
{
    struct print_column columns[] = {{"folder", PRINT_PATH, 0, 0}, {"files", PRINT_NUMBER, 0, 0},
        {"facts", PRINT_NUMBER, 0, 0}, {"problems", PRINT_NUMBER, 0, 0}};
    struct print_table table;
    struct folder *folders;
    size_t count = gather_folders(text, &folders);

    buf_add_char(&text->out, '\n');
    print_table_init(&table, columns, 4);
    for (size_t i = 0; i < count; i++) {
        print_table_add(&table, place_text(text, folders[i].root, folders[i].path));
        print_table_add(&table, count_text(text, folders[i].files));
        print_table_add(&table, count_text(text, folders[i].facts));
        print_table_add(
            &table, folders[i].problems ? count_text(text, folders[i].problems) : STR("-"));
    }
    print_table_flush(&table, &text->out);
    print_table_release(&table);
}

static void add_type(struct text *text, struct print_table *table, enum artifact_type type)
{
    const struct factset *set = &text->scan->facts;
    const struct artifact *latest = NULL;
    uint64_t files = 0, bytes = 0;
    struct buf time;

    for (size_t i = 0; i < set->count; i++) {
        const struct artifact *artifact = set->artifacts[i];

        if (artifact->type != type)
            continue;
        files++;
        bytes += artifact->bytes;
        if (!latest || artifact->modified_ns > latest->modified_ns)
            latest = artifact;
    }
    if (!latest)
        return;
    buf_init(&time, 64);
    clock_format(&time, latest->modified_ns / 1000000000 * 1000000000);
    print_table_add(table, str_from(artifact_type_name(type)));
    print_table_add(table, count_text(text, files));
    print_table_add(table, bytes_text(text, bytes));
    print_table_add(table, buf_str(&time));
    buf_release(&time);
}

static void write_types(struct text *text)
{
    struct print_column columns[] = {{"type", PRINT_TEXT, 0, 0}, {"files", PRINT_NUMBER, 0, 0},
        {"size", PRINT_NUMBER, 0, 0}, {"last modified", PRINT_TEXT, 0, 0}};
    struct print_table table;

    buf_add_char(&text->out, '\n');
    print_table_init(&table, columns, 4);
    for (int type = 0; type < TYPE_COUNT; type++)
        add_type(text, &table, (enum artifact_type)type);
    print_table_flush(&table, &text->out);
    print_table_release(&table);
}

static void write_formats(struct text *text)
{
    struct print_column columns[] = {
        {"format", PRINT_TEXT, 0, 0}, {"files", PRINT_NUMBER, 0, 0}, {"facts", PRINT_NUMBER, 0, 0}};
    const struct factset *set = &text->scan->facts;
    uint64_t *files = arena_array(&text->arena, set->count, uint64_t);
    uint64_t *facts = arena_array(&text->arena, set->count, uint64_t);
    struct print_table table;
    struct map names;

    map_init(&names, &text->arena);
    for (size_t i = 0; i < set->count; i++) {
        uint32_t id = map_add(&names, str_from(set->artifacts[i]->format));

        files[id]++;
        facts[id] += set->artifacts[i]->fact_count;
    }
    buf_add_char(&text->out, '\n');
    print_table_init(&table, columns, 3);
    for (uint32_t id = 0; id < names.count; id++) {
        print_table_add(&table, map_key(&names, id));
        print_table_add(&table, count_text(text, files[id]));
        print_table_add(&table, count_text(text, facts[id]));
    }
    print_table_flush(&table, &text->out);
    print_table_release(&table);
    map_release(&names);
}

static void add_line(struct text *text, struct str line)
{
    struct buf safe;

    buf_init(&safe, BUF_NO_LIMIT);
    print_path(&safe, line);
    buf_add_text(&text->out, "  ");
    print_wrap(&text->out, buf_str(&safe), text->width - 2, 6);
    buf_release(&safe);
    print_out_often(&text->out);
}

static void write_duplicates(struct text *text)
{
    const struct factset *set = &text->scan->facts;
    bool any = false;

    for (size_t i = 0; i < set->count; i++) {
        const struct artifact *artifact = set->artifacts[i], *original;

        if (artifact->duplicate_of == NO_ARTIFACT)
            continue;
        if (!any)
            heading(text, "Copies (counted once)");
        any = true;
        original = set->artifacts[artifact->duplicate_of];
        add_line(text, arena_printf(&text->arena, "%.*s = %.*s",
                           STR_ARG(place_text(text, artifact->root, artifact->path)),
                           STR_ARG(place_text(text, original->root, original->path))));
    }
}

static void write_problems(struct text *text)
{
    if (text->view->trouble_count)
        heading(text, "Problems");
    for (size_t i = 0; i < text->view->trouble_count; i++) {
        const struct scan_trouble *trouble = &text->view->troubles[i];
        struct str place = place_text(text, trouble->root, trouble->path);

        if (trouble->line)
            place = arena_printf(
                &text->arena, "%.*s:%llu", STR_ARG(place), (unsigned long long)trouble->line);
        add_line(text,
            arena_printf(&text->arena, "%.*s: %.*s", STR_ARG(place), STR_ARG(trouble->message)));
    }
}

static void write_gaps(struct text *text)
{
    if (text->scan->gaps.len)
        heading(text, "Missing for an evaluation");
    for (size_t i = 0; i < text->scan->gaps.len; i++) {
        const struct scan_gap *gap = &text->scan->gaps.ptr[i];

        add_line(text, arena_printf(&text->arena, "%s; needed: %s.", gap->message, gap->needs));
    }
}

static void write_ignored_names(struct text *text)
{
    for (size_t i = 0; i < text->scan->ignored.len; i++) {
        const struct scan_ignored *ignored = &text->scan->ignored.ptr[i];

        add_line(
            text, arena_printf(&text->arena, "%.*s: %s",
                      STR_ARG(place_text(text, ignored->root, ignored->path)), ignored->reason));
    }
}

static void write_ignored(struct text *text, bool all)
{
    const struct scan *scan = text->scan;
    uint64_t *counts = arena_array(&text->arena, scan->ignored.len, uint64_t);
    struct map reasons;

    if (!scan->ignored.len)
        return;
    heading(text, "Passed over");
    if (all) {
        write_ignored_names(text);
        return;
    }
    map_init(&reasons, &text->arena);
    for (size_t i = 0; i < scan->ignored.len; i++)
        counts[map_add(&reasons, str_from(scan->ignored.ptr[i].reason))]++;
    for (uint32_t id = 0; id < reasons.count; id++)
        add_line(text, arena_printf(&text->arena, "%.*s: %.*s", STR_ARG(map_key(&reasons, id)),
                           STR_ARG(count_text(text, counts[id]))));
    map_release(&reasons);
}

void scan_write_text(const struct scan_view *view, bool all, bool brief)
{
    struct text text = {.view = view, .scan = view->scan, .width = print_width()};

    arena_init(&text.arena);
    buf_init(&text.out, BUF_NO_LIMIT);
    if (!brief)
        write_head(&text);
    if (!brief && view->scan->facts.count) {
        write_folders(&text);
        write_types(&text);
        write_formats(&text);
        write_duplicates(&text);
    }
    write_problems(&text);
    if (!brief) {
        write_gaps(&text);
        write_ignored(&text, all);
    }
    print_out(&text.out);
    buf_release(&text.out);
    arena_release(&text.arena);
}
