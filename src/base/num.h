/*
 * base/num.h - decimal text to double and back, without a locale.
 */
#ifndef CHIMERA_BASE_NUM_H
#define CHIMERA_BASE_NUM_H

#include "base/buf.h"
#include "base/str.h"

/*
 * The whole of s as a decimal number: [+-] digits [. digits] [e [+-] digits], or
 * nan, inf, infinity in any case with an optional sign. The result is the nearest double
 * (overflow gives an infinity). False = not a number; no blanks, no hex, no grouping.
 */
bool num_parse(struct str s, double *ret);

/* The whole of s as an unsigned decimal integer that fits; no sign. */
bool num_parse_u64(struct str s, uint64_t *ret);

/*
 * Digit grouping with commas, Western or Indian: 1,024  13,42,13,632  1,234.5. Groups of 2 or 3
 * (one size in one number), the last of 3, no zero in front. False = not so written.
 */
bool num_parse_grouped(struct str s, double *ret);

/* Shortest text that reads back as the same double ("0.1", "1e+300", "nan", "inf"). */
void num_format(struct buf *buf, double value);

/*
 * At most `digits` significant digits, no exponent between 1e-6 and 1e15, no trailing zeros behind
 * the point. Below 1e15 the digits before the point are all kept: 1234567 with 3 is 1234567.
 */
void num_format_digits(struct buf *buf, double value, int digits);

#endif
