/*
 * ingest/scan.h - from folders to a fact set: walk, recognise, read, on several threads.
 *
 * The answer does not depend on the number of threads. What could not be read is a problem with its
 * path, never an error of the whole scan; only a root that is not there is one.
 */
#ifndef CHIMERA_INGEST_SCAN_H
#define CHIMERA_INGEST_SCAN_H

#include "fact/factset.h"

struct scan_ignored {
    uint32_t root;
    struct str path; /* relative to the root; a folder ends in '/' */
    const char *reason;
};

/* A problem of a place that is no artifact (a folder that cannot be opened, a link loop). */
struct scan_problem {
    uint32_t root;
    struct str path;
    const char *kind;
    struct str message;
};

/* What an evaluation needs and these files lack. */
struct scan_gap {
    const char *id, *message, *needs;
};

struct scan_progress {
    size_t files_done, files_total;
    uint64_t bytes_done, bytes_total;
};

struct scan_options {
    unsigned threads;          /* 0 = one a core */
    uint64_t file_limit_bytes; /* larger files (and inflated contents) are problems; 0 = 1 GiB */
    /* May be NULL. Called on the calling thread now and then; true stops the scan (Ctrl-C). */
    bool (*progress)(void *ctx, const struct scan_progress *progress);
    void *progress_ctx;
};

struct scan {
    struct factset facts; /* artifacts that were read, each with its problems */
    VEC(struct scan_ignored) ignored;
    VEC(struct scan_problem) problems;
    VEC(struct scan_gap) gaps;
    bool stopped; /* progress said so: what was read so far is kept */
    int64_t elapsed_ns;
};

/*
 * Reads every artifact below the roots (folders or single files). ERR_DATA for a root that does not
 * exist. Release with scan_release() in every case.
 */
MUST_USE enum err_code scan_run(const char *const *roots, size_t count,
    const struct scan_options *options, struct scan *ret, struct err *err);
void scan_release(struct scan *scan);

#endif
