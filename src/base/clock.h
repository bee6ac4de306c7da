/*
 * base/clock.h - the only reader of clocks, and times as text.
 *
 * Durations are int64 nanoseconds of the monotonic clock; points in time are
 * int64 nanoseconds since 1970-01-01T00:00:00Z.
 */
#ifndef CHIMERA_BASE_CLOCK_H
#define CHIMERA_BASE_CLOCK_H

#include "base/buf.h"
#include "base/str.h"

int64_t clock_monotonic_ns(void);
/* Wall clock; the value of SOURCE_DATE_EPOCH (whole seconds) where that is set. */
int64_t clock_wall_ns(void);
/* True while SOURCE_DATE_EPOCH is set: output must then be reproducible. */
bool clock_is_fixed(void);

/* RFC 3339 in UTC; fraction of 0, 3, 6 or 9 digits, as few as are exact. */
void clock_format(struct buf *buf, int64_t wall_ns);

enum clock_zone { CLOCK_UTC, CLOCK_NO_ZONE };

/*
 * Reads RFC 3339 and the looser ISO forms (blank for T, no zone, no seconds, date alone). With a
 * zone the result is in UTC; without, *ret_zone is CLOCK_NO_ZONE and the digits are kept as if UTC.
 * The whole of s must fit. False = not a time.
 */
bool clock_parse(struct str s, int64_t *ret_wall_ns, enum clock_zone *ret_zone);

#endif
