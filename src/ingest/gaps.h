/*
 * ingest/gaps.h - what an evaluation of a model needs and the files lack.
 */
#ifndef CHIMERA_INGEST_GAPS_H
#define CHIMERA_INGEST_GAPS_H

#include "ingest/scan.h"

/* Fills scan->gaps from the artifacts; a gap is told only where requests were measured. */
void find_gaps(struct scan *scan);

#endif
