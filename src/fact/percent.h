/*
 * fact/percent.h - paths as text: bytes that are not UTF-8 become %XX, everything else stays.
 */
#ifndef CHIMERA_FACT_PERCENT_H
#define CHIMERA_FACT_PERCENT_H

#include "base/buf.h"

/* False when the path is valid UTF-8 and can be used as it is. */
bool percent_is_needed(struct str path);
void percent_encode(struct buf *buf, struct str path);

#endif
