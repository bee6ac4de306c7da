/* ingest/scan.c - the whole scan: walk, read in parallel, then what needs all files at once. */
#include "ingest/scan.h"

#include "base/clock.h"
#include "base/thread.h"
#include "ingest/gaps.h"
#include "ingest/model_guess.h"
#include "ingest/read.h"
#include "ingest/walk.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { DEFAULT_LIMIT = 1 << 30 };

struct job {
    const struct scan_options *options;
    struct walked walked;
    struct artifact **artifacts;
    uint64_t limit, bytes_total;
    atomic_size_t files_done;
    atomic_ullong bytes_done;
    atomic_bool stop;
};

static struct artifact *new_artifact(const struct walk_file *file)
{
    struct artifact *artifact = artifact_new();

    artifact->root = file->root;
    artifact->path = arena_copy(&artifact->arena, file->path);
    artifact->file = arena_copy(&artifact->arena, file->file);
    artifact->type = file->type;
    artifact->bytes = file->bytes;
    artifact->modified_ns = file->modified_ns;
    return artifact;
}

static void read_one(void *ctx, size_t i, unsigned worker)
{
    struct job *job = ctx;

    if (atomic_load(&job->stop))
        return;
    job->artifacts[i] = new_artifact(&job->walked.files.ptr[i]);
    artifact_read(job->artifacts[i], job->limit);
    (void)atomic_fetch_add(&job->bytes_done, job->walked.files.ptr[i].bytes);
    (void)atomic_fetch_add(&job->files_done, 1);
    if (worker == 0 && job->options->progress) {
        struct scan_progress progress = {atomic_load(&job->files_done), job->walked.files.len,
            atomic_load(&job->bytes_done), job->bytes_total};

        if (job->options->progress(job->options->progress_ctx, &progress))
            atomic_store(&job->stop, true);
    }
}

/* After a stop some slots are empty: close the gaps. */
static void keep_read(struct scan *scan, struct job *job)
{
    size_t kept = 0;

    for (size_t i = 0; i < job->walked.files.len; i++)
        if (job->artifacts[i])
            job->artifacts[kept++] = job->artifacts[i];
    scan->facts.artifacts = job->artifacts;
    scan->facts.count = kept;
    scan->stopped = atomic_load(&job->stop);
}

/* The preferred one of the same bytes: the shorter path, then byte order. */
static bool is_preferred(const struct artifact *a, const struct artifact *b)
{
    int c;

    if (a->type != b->type)
        return (a->type == TYPE_JSON ? -1 : (int)a->type) <
               (b->type == TYPE_JSON ? -1 : (int)b->type);
    if (a->path.len != b->path.len)
        return a->path.len < b->path.len;
    c = str_cmp(a->path, b->path);
    return c ? c < 0 : a->root < b->root;
}

static void find_duplicates(struct factset *set)
{
    uint32_t *best = arena_array(&set->arena, set->count, uint32_t);
    struct map digests;

    map_init(&digests, &set->arena);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < set->count; i++) {
            struct artifact *artifact = set->artifacts[i];
            struct str digest = {
                (const char *)artifact->sha256.bytes, sizeof artifact->sha256.bytes};
            uint32_t before = digests.count, id;

            if (!artifact->hashed)
                continue;
            id = map_add(&digests, digest);
            if (pass == 0) {
                if (id == before || is_preferred(artifact, set->artifacts[best[id]]))
                    best[id] = i;
            } else if (best[id] != i) {
                artifact->duplicate_of = best[id];
                artifact->flags |= FLAG_DUPLICATE;
            }
        }
    }
    map_release(&digests);
}

enum err_code scan_run(const char *const *roots, size_t count, const struct scan_options *options,
    struct scan *ret, struct err *err)
{
    struct job job = {.options = options, .limit = options->file_limit_bytes};
    int64_t start = clock_monotonic_ns();
    enum err_code code;

    *ret = (struct scan){0};
    factset_init(&ret->facts);
    if (!job.limit)
        job.limit = DEFAULT_LIMIT;
    code = walk_roots(roots, count, ret, &job.walked, err);
    if (!code) {
        job.artifacts = arena_array(&ret->facts.arena, job.walked.files.len, struct artifact *);
        for (size_t i = 0; i < job.walked.files.len; i++)
            job.bytes_total += job.walked.files.ptr[i].bytes;
        thread_each(options->threads, job.walked.files.len, read_one, &job);
        keep_read(ret, &job);
        find_duplicates(&ret->facts);
        guess_models(&ret->facts);
        find_gaps(ret);
        ret->elapsed_ns = clock_monotonic_ns() - start;
    }
    walked_release(&job.walked);
    return code;
}

void scan_release(struct scan *scan)
{
    factset_release(&scan->facts);
    vec_release(&scan->ignored);
    vec_release(&scan->problems);
    vec_release(&scan->gaps);
}
