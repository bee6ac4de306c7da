/*
 * ingest/read.h - one file to one artifact's facts.
 */
#ifndef CHIMERA_INGEST_READ_H
#define CHIMERA_INGEST_READ_H

#include "fact/factset.h"

/*
 * Reads artifact->file, whose type is set, and fills the rest: bytes, digest, format, tables,
 * problems. Never fails: what cannot be read is a problem of the artifact. Thread-safe for
 * different artifacts.
 */
void artifact_read(struct artifact *artifact, uint64_t limit_bytes);

/* The same for bytes in memory (tests and fuzzing); artifact->path and type are set. */
void artifact_read_bytes(struct artifact *artifact, struct str raw, uint64_t limit_bytes);

#endif
