/*
 * ingest/emit.h - from understanding to the artifact's fact tables.
 */
#ifndef CHIMERA_INGEST_EMIT_H
#define CHIMERA_INGEST_EMIT_H

#include "ingest/understand.h"

/* Adds the tables and counts the facts. Copies all that is kept into the artifact's arena. */
void emit_facts(const struct understanding *u);

#endif
