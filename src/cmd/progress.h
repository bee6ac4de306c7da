/*
 * cmd/progress.h - one line on standard error while a scan runs: files, speed, time left.
 *
 * Only on a terminal, only after a moment, and gone at the end.
 */
#ifndef CHIMERA_CMD_PROGRESS_H
#define CHIMERA_CMD_PROGRESS_H

#include "ingest/scan.h"

struct progress {
    int64_t began_ns, shown_ns;
    bool off, visible;
};

void progress_init(struct progress *progress, bool quiet);
void progress_show(struct progress *progress, const struct scan_progress *now);
void progress_end(struct progress *progress); /* erases the line */

#endif
