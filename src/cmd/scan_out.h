/*
 * cmd/scan_out.h - what `chimera scan` found, as JSON for machines and as text for people.
 */
#ifndef CHIMERA_CMD_SCAN_OUT_H
#define CHIMERA_CMD_SCAN_OUT_H

#include "ingest/scan.h"

/* Problems of artifacts and of places, in one order: root, path, line. */
struct scan_trouble {
    uint32_t root;
    struct str path;
    uint64_t line; /* 0 = the file as a whole */
    const char *kind;
    struct str message;
};

struct scan_view {
    const struct scan *scan;
    struct scan_trouble *troubles;
    size_t trouble_count;
    struct arena arena;
};

void scan_view_init(struct scan_view *view, const struct scan *scan);
void scan_view_release(struct scan_view *view);

/* chimera.scan/1, docs/interfaces.md. */
void scan_write_json(const struct scan_view *view);
/* all: every ignored file by name; brief: problems alone. */
void scan_write_text(const struct scan_view *view, bool all, bool brief);

#endif
