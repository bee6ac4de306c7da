/*
 * ingest/walk.h - which files there are, and which of them may hold results.
 */
#ifndef CHIMERA_INGEST_WALK_H
#define CHIMERA_INGEST_WALK_H

#include "ingest/scan.h"

struct walk_file {
    uint32_t root;
    struct str path, file; /* relative, and to open */
    enum artifact_type type;
    uint64_t bytes;
    int64_t modified_ns;
};

struct walked {
    VEC(struct walk_file) files; /* sorted by root, then path in byte order */
};

/*
 * Lists the artifacts below the roots; what is passed over goes to scan->ignored with its reason,
 * what cannot be opened to scan->problems. Follows symbolic links, each folder once.
 */
MUST_USE enum err_code walk_roots(
    const char *const *roots, size_t count, struct scan *scan, struct walked *ret, struct err *err);
void walked_release(struct walked *walked);

/* The type that a name claims: .csv .tsv .json .jsonl .ndjson .md .markdown, each also with .gz
 * behind. */
bool walk_type_of(struct str name, enum artifact_type *ret);

#endif
