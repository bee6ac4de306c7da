/* cmd/scan_json.c - chimera.scan/1, and the one list of problems. */
#include "base/clock.h"
#include "cmd/print.h"
#include "cmd/scan_out.h"
#include "codec/json_out.h"
#include "fact/percent.h"

#include <stdlib.h>

static int by_place(const void *a, const void *b)
{
    const struct scan_trouble *x = a, *y = b;
    int order;

    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    order = str_cmp(x->path, y->path);
    if (!order)
        order = (x->line > y->line) - (x->line < y->line);
    return order ? order : str_cmp(x->message, y->message);
}

void scan_view_init(struct scan_view *view, const struct scan *scan)
{
    size_t count = scan->problems.len;

    *view = (struct scan_view){.scan = scan};
    arena_init(&view->arena);
    for (size_t i = 0; i < scan->facts.count; i++)
        count += scan->facts.artifacts[i]->problems.len;
    view->troubles = arena_array(&view->arena, count, struct scan_trouble);
    for (size_t i = 0; i < scan->facts.count; i++) {
        const struct artifact *artifact = scan->facts.artifacts[i];

        for (size_t k = 0; k < artifact->problems.len; k++) {
            const struct problem *problem = &artifact->problems.ptr[k];

            view->troubles[view->trouble_count++] = (struct scan_trouble){
                artifact->root, artifact->path, problem->line, problem->kind, problem->message};
        }
    }
    for (size_t i = 0; i < scan->problems.len; i++) {
        const struct scan_problem *problem = &scan->problems.ptr[i];

        view->troubles[view->trouble_count++] =
            (struct scan_trouble){problem->root, problem->path, 0, problem->kind, problem->message};
    }
    if (count)
        qsort(view->troubles, count, sizeof *view->troubles, by_place);
}

void scan_view_release(struct scan_view *view)
{
    arena_release(&view->arena);
}

/* ---- pieces */

static void put_path(struct json_out *out, const char *key, struct str path)
{
    struct buf encoded;

    buf_init(&encoded, BUF_NO_LIMIT);
    percent_encode(&encoded, path);
    json_out_pair_str(out, key, buf_str(&encoded));
    buf_release(&encoded);
}

static void put_time(struct json_out *out, const char *key, int64_t wall_ns)
{
    struct buf text;

    buf_init(&text, 64);
    clock_format(&text, wall_ns);
    json_out_pair_str(out, key, buf_str(&text));
    buf_release(&text);
}

static void put_flags(struct json_out *out, unsigned flags)
{
    json_out_key(out, "flags");
    json_out_array(out);
    for (unsigned bit = 1; flag_name((enum flag)bit); bit <<= 1)
        if (flags & bit)
            json_out_text(out, flag_name((enum flag)bit));
    json_out_end(out, ']');
}

static void put_type(struct json_out *out, const struct factset *set, enum artifact_type type)
{
    uint64_t files = 0, bytes = 0;
    int64_t latest = INT64_MIN;

    for (size_t i = 0; i < set->count; i++) {
        const struct artifact *artifact = set->artifacts[i];

        if (artifact->type != type)
            continue;
        files++;
        bytes += artifact->bytes;
        if (artifact->modified_ns > latest)
            latest = artifact->modified_ns;
    }
    json_out_key(out, artifact_type_name(type));
    json_out_object(out);
    json_out_pair_uint(out, "files", files);
    json_out_pair_uint(out, "bytes", bytes);
    if (files)
        put_time(out, "latest_modified", latest);
    else
        json_out_pair_text(out, "latest_modified", NULL);
    json_out_end(out, '}');
}

static void put_artifact(
    struct json_out *out, const struct factset *set, const struct artifact *artifact)
{
    char hex[65];

    sha256_hex(&artifact->sha256, hex);
    json_out_object(out);
    json_out_pair_uint(out, "root", artifact->root);
    put_path(out, "path", artifact->path);
    json_out_pair_text(out, "type", artifact_type_name(artifact->type));
    json_out_pair_text(out, "format", artifact->format);
    json_out_pair_text(out, "encoding", artifact->encoding);
    json_out_pair_uint(out, "bytes", artifact->bytes);
    json_out_pair_text(out, "sha256", artifact->hashed ? hex : NULL);
    put_time(out, "modified", artifact->modified_ns);
    json_out_pair_uint(out, "facts", artifact->fact_count);
    put_flags(out, artifact->flags);
    if (artifact->duplicate_of != NO_ARTIFACT)
        put_path(out, "duplicate_of", set->artifacts[artifact->duplicate_of]->path);
    else
        json_out_pair_text(out, "duplicate_of", NULL);
    json_out_end(out, '}');
}

/* ---- the whole */

static void put_summary(struct json_out *out, const struct scan *scan)
{
    uint64_t bytes = 0;

    json_out_pair_text(out, "schema", "chimera.scan/1");
    if (scan->stopped) {
        json_out_key(out, "partial");
        json_out_bool(out, true);
    }
    json_out_key(out, "roots");
    json_out_array(out);
    for (size_t i = 0; i < scan->facts.roots.len; i++)
        json_out_str(out, scan->facts.roots.ptr[i]);
    json_out_end(out, ']');
    for (size_t i = 0; i < scan->facts.count; i++)
        bytes += scan->facts.artifacts[i]->bytes;
    json_out_pair_uint(out, "files", scan->facts.count);
    json_out_pair_uint(out, "bytes", bytes);
    json_out_key(out, "by_type");
    json_out_object(out);
    for (int type = 0; type < TYPE_COUNT; type++)
        put_type(out, &scan->facts, (enum artifact_type)type);
    json_out_end(out, '}');
}

static void put_ignored(struct json_out *out, const struct scan *scan)
{
    json_out_key(out, "ignored");
    json_out_array(out);
    for (size_t i = 0; i < scan->ignored.len; i++) {
        json_out_object(out);
        json_out_pair_uint(out, "root", scan->ignored.ptr[i].root);
        put_path(out, "path", scan->ignored.ptr[i].path);
        json_out_pair_text(out, "reason", scan->ignored.ptr[i].reason);
        json_out_end(out, '}');
        print_out_often(out->buf);
    }
    json_out_end(out, ']');
}

static void put_gaps(struct json_out *out, const struct scan *scan)
{
    json_out_key(out, "gaps");
    json_out_array(out);
    for (size_t i = 0; i < scan->gaps.len; i++) {
        json_out_object(out);
        json_out_pair_text(out, "id", scan->gaps.ptr[i].id);
        json_out_pair_text(out, "message", scan->gaps.ptr[i].message);
        json_out_pair_text(out, "needs", scan->gaps.ptr[i].needs);
        json_out_end(out, '}');
    }
    json_out_end(out, ']');
}

static void put_problems(struct json_out *out, const struct scan_view *view)
{
    json_out_key(out, "problems");
    json_out_array(out);
    for (size_t i = 0; i < view->trouble_count; i++) {
        const struct scan_trouble *trouble = &view->troubles[i];

        json_out_object(out);
        json_out_pair_uint(out, "root", trouble->root);
        put_path(out, "path", trouble->path);
        json_out_key(out, "line");
        if (trouble->line)
            json_out_uint(out, trouble->line);
        else
            json_out_null(out);
        json_out_pair_text(out, "kind", trouble->kind);
        json_out_pair_str(out, "message", trouble->message);
        json_out_end(out, '}');
        print_out_often(out->buf);
    }
    json_out_end(out, ']');
}

void scan_write_json(const struct scan_view *view)
{
    const struct scan *scan = view->scan;
    struct json_out out;
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    json_out_init(&out, &buf, 1);
    json_out_object(&out);
    put_summary(&out, scan);
    json_out_key(&out, "artifacts");
    json_out_array(&out);
    for (size_t i = 0; i < scan->facts.count; i++) {
        put_artifact(&out, &scan->facts, scan->facts.artifacts[i]);
        print_out_often(&buf);
    }
    json_out_end(&out, ']');
    put_ignored(&out, scan);
    put_gaps(&out, scan);
    put_problems(&out, view);
    json_out_end(&out, '}');
    buf_add_char(&buf, '\n');
    print_out(&buf);
    buf_release(&buf);
}
