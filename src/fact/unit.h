/*
 * fact/unit.h - units as people write them, and the way to the base unit.
 *
 * Base units: s, byte, tok/s, 1/s, W, J, Hz, ratio (0..1), degC, token, and "-" for none.
 */
#ifndef CHIMERA_FACT_UNIT_H
#define CHIMERA_FACT_UNIT_H

#include "base/str.h"

/* base value = written value op factor; op 0 leaves it as it is. */
struct scale {
    char op; /* 0, '*' or '/' */
    double factor;
};

struct unit {
    const char *written; /* lower case, words joined by '_' */
    const char *base;
    struct scale scale;
    bool binary_doubt; /* kb, mb, gb: decimal here, 1024 in some tools */
};

/* A unit by its written form, any case: "ms", "tok/s", "%", "GiB", "tokens per second". NULL =
 * none. */
const struct unit *unit_find(struct str written);

double scale_apply(struct scale scale, double value);

/* The binary reading of a decimal byte unit: 1000 becomes 1024, 10^6 becomes 2^20, ... */
struct scale scale_binary(struct scale decimal);

#endif
