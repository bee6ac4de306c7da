/* ingest/walk.c - walking folders. Breadth does not matter, order does: the answer is sorted. */
#include "ingest/walk.h"

#include "base/fs.h"

#include <stdlib.h>

struct seen_folder {
    uint64_t device, inode;
};

struct pending {
    struct str path; /* relative to the root, "" or ending in '/' */
};

struct walk {
    struct scan *scan;
    struct walked *out;
    uint32_t root;
    const char *root_path;
    VEC(struct pending) todo;
    VEC(struct seen_folder) seen;
};

static const struct {
    const char *suffix;
    enum artifact_type type;
} TYPES[] = {
    {".csv", TYPE_CSV},
    {".tsv", TYPE_CSV},
    {".json", TYPE_JSON},
    {".jsonl", TYPE_JSON},
    {".ndjson", TYPE_JSON},
    {".md", TYPE_MARKDOWN},
    {".markdown", TYPE_MARKDOWN},
};

/* Suffixes that are known not to be results, for the reason. */
static const struct {
    const char *reason, *suffixes;
} IGNORED[] = {
    {"plain text", ".txt .log .rst .text .out .err"},
    {"program", ".py .sh .c .h .cc .cpp .cu .rs .go .js .ts .java .rb .pl .ps1 .bat .ipynb .toml "
                ".lock .mk"},
    {"archive", ".zip .tar .tgz .bz2 .xz .zst .7z .rar .gz .whl .jar"},
    {"image", ".png .jpg .jpeg .gif .svg .webp .pdf .bmp .ico"},
    {"model or binary data", ".gguf .bin .pt .pth .onnx .safetensors .so .o .a .exe .dll .parquet "
                             ".npz .npy .db .sqlite .pyc"},
    {"configuration", ".yaml .yml .ini .cfg .conf .env .xml .html .css"},
};

static bool ends_fold(struct str s, struct str suffix)
{
    return s.len > suffix.len && str_eq_fold(str_slice(s, s.len - suffix.len, s.len), suffix);
}

bool walk_type_of(struct str name, enum artifact_type *ret)
{
    if (ends_fold(name, STR(".gz")))
        name = str_slice(name, 0, name.len - 3);
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (ends_fold(name, str_from(TYPES[i].suffix))) {
            *ret = TYPES[i].type;
            return true;
        }
    }
    return false;
}

static const char *reason_for(struct str name)
{
    if (str_starts_fold(name, STR("licen")) || str_starts_fold(name, STR("copying")) ||
        str_starts_fold(name, STR("notice")))
        return "licence";
    for (size_t i = 0; i < sizeof IGNORED / sizeof *IGNORED; i++) {
        struct str rest = str_from(IGNORED[i].suffixes), suffix;

        while ((suffix = str_next(&rest, ' ')).ptr)
            if (ends_fold(name, suffix))
                return IGNORED[i].reason;
    }
    return "no known kind of result file";
}

static const char *folder_reason(struct str name)
{
    if (str_eq(name, STR("node_modules")))
        return "packages of other programs";
    if (str_eq(name, STR("__pycache__")))
        return "compiled programs";
    return name.len && name.ptr[0] == '.' ? "hidden folder" : NULL;
}

static struct arena *arena_of(struct walk *w)
{
    return &w->scan->facts.arena;
}

static void ignore(struct walk *w, struct str path, const char *reason)
{
    struct scan_ignored *ignored = vec_push(&w->scan->ignored);

    *ignored = (struct scan_ignored){w->root, arena_copy(arena_of(w), path), reason};
}

static void problem(struct walk *w, struct str path, const char *kind, const char *text)
{
    struct scan_problem *p = vec_push(&w->scan->problems);

    *p = (struct scan_problem){
        w->root, arena_copy(arena_of(w), path), kind, arena_copy(arena_of(w), str_from(text))};
}

/* True at the first sight of a folder; the second is a link back or a link to a neighbour. */
static bool first_sight(struct walk *w, const struct fs_stat *st)
{
    struct seen_folder *seen;

    for (size_t i = 0; i < w->seen.len; i++)
        if (w->seen.ptr[i].device == st->device && w->seen.ptr[i].inode == st->inode)
            return false;
    seen = vec_push(&w->seen);
    *seen = (struct seen_folder){st->device, st->inode};
    return true;
}

static void add_file(struct walk *w, struct str path, const char *file, const struct fs_stat *st)
{
    size_t slash = path.len;
    struct walk_file *out;
    enum artifact_type type;
    struct str name;

    while (slash && path.ptr[slash - 1] != '/')
        slash--;
    name = str_slice(path, slash, path.len);
    if (!walk_type_of(name, &type)) {
        ignore(w, path, reason_for(name));
        return;
    }
    out = vec_push(&w->out->files);
    *out = (struct walk_file){w->root, arena_copy(arena_of(w), path),
        arena_copy(arena_of(w), str_from(file)), type, st->bytes, st->modified_ns};
}

static void visit(struct walk *w, struct str folder, const struct fs_entry *entry)
{
    struct str path = arena_printf(arena_of(w), "%.*s%s", STR_ARG(folder), entry->name);
    struct str file = arena_printf(arena_of(w), "%s/%.*s", w->root_path, STR_ARG(path));
    const char *reason;
    struct fs_stat st;
    struct err err;

    if (fs_stat_target(file.ptr, &st, &err)) {
        problem(w, path, entry->type == FS_LINK ? "broken_link" : "unreadable", err.text);
    } else if (st.type == FS_FOLDER) {
        struct str deeper = arena_printf(arena_of(w), "%.*s/", STR_ARG(path));

        reason = folder_reason(str_from(entry->name));
        if (reason)
            ignore(w, deeper, reason);
        else if (!first_sight(w, &st))
            ignore(w, deeper, "a folder that was already read (a link)");
        else
            vec_push(&w->todo)->path = deeper;
    } else if (st.type == FS_FILE) {
        add_file(w, path, file.ptr, &st);
    } else {
        ignore(w, path, "not a regular file");
    }
}

/* A report of this program is no measurement: its ledger names it. */
static bool is_own_ledger(const char *path)
{
    static const char HEAD[] = "{\"schema\":\"chimera.ledger/";
    char bytes[sizeof HEAD - 1];

    return fs_read_head(path, bytes, sizeof bytes) == sizeof bytes &&
           memcmp(bytes, HEAD, sizeof bytes) == 0;
}

static bool has_own_report(
    struct walk *w, struct str folder, const struct fs_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(entries[i].name, "report.facts.jsonl"))
            return is_own_ledger(arena_printf(
                arena_of(w), "%s/%.*s%s", w->root_path, STR_ARG(folder), entries[i].name)
                                     .ptr);
    return false;
}

static bool is_report_file(const char *name)
{
    return !strcmp(name, "report.facts.jsonl") || !strcmp(name, "report.md") ||
           !strcmp(name, "report.html");
}

static void walk_folder(struct walk *w, struct str folder)
{
    struct str path = arena_printf(arena_of(w), "%s/%.*s", w->root_path, STR_ARG(folder));
    struct fs_entry *entries;
    struct err err;
    size_t count;
    bool own;

    if (fs_list(arena_of(w), path.ptr, &entries, &count, &err)) {
        problem(w, folder, "unreadable_folder", err.text);
        return;
    }
    own = has_own_report(w, folder, entries, count);
    for (size_t i = 0; i < count; i++) {
        if (own && is_report_file(entries[i].name))
            ignore(w, arena_printf(arena_of(w), "%.*s%s", STR_ARG(folder), entries[i].name),
                "a report of chimera");
        else
            visit(w, folder, &entries[i]);
    }
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static enum err_code walk_root(struct walk *w, const char *root, struct err *err)
{
    struct fs_stat st;
    struct err why;

    if (fs_stat_target(root, &st, &why))
        return err_set(err, ERR_DATA, "%s; name a folder or a file that holds results", why.text);
    if (st.type == FS_FILE) {
        add_file(w, str_from(base_name(root)), root, &st);
        return ERR_NONE;
    }
    if (st.type != FS_FOLDER)
        return err_set(err, ERR_DATA, "%s is neither a folder nor a file", root);
    (void)first_sight(w, &st);
    vec_push(&w->todo)->path = STR("");
    while (w->todo.len)
        walk_folder(w, w->todo.ptr[--w->todo.len].path);
    return ERR_NONE;
}

static int by_root_and_path(const void *a, const void *b)
{
    const struct walk_file *x = a, *y = b;

    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return str_cmp(x->path, y->path);
}

enum err_code walk_roots(
    const char *const *roots, size_t count, struct scan *scan, struct walked *ret, struct err *err)
{
    struct walk w = {.scan = scan, .out = ret};
    enum err_code code = ERR_NONE;

    *ret = (struct walked){0};
    for (size_t i = 0; i < count && !code; i++) {
        w.root = (uint32_t)i;
        w.root_path = roots[i];
        *vec_push(&scan->facts.roots) = arena_copy(&scan->facts.arena, str_from(roots[i]));
        code = walk_root(&w, roots[i], err);
    }
    if (ret->files.len)
        qsort(ret->files.ptr, ret->files.len, sizeof *ret->files.ptr, by_root_and_path);
    vec_release(&w.todo);
    vec_release(&w.seen);
    return code;
}

void walked_release(struct walked *walked)
{
    vec_release(&walked->files);
}
