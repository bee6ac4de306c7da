/*
 * fact/flag.h - why a fact must not be used blindly. Bits; docs/facts.md explains each.
 */
#ifndef CHIMERA_FACT_FLAG_H
#define CHIMERA_FACT_FLAG_H

#include "base/str.h"

enum flag {
    FLAG_FAILED_RUN = 1,
    FLAG_ZERO_ON_ERROR = 2,
    FLAG_COLD_START = 4,
    FLAG_DUPLICATE = 8,
    FLAG_UNIT_GUESSED = 16,
    FLAG_SUBJECT_GUESSED = 32,
    FLAG_NOT_FINITE = 64,
    FLAG_TZ_UNKNOWN = 128,
};

/* The flag's name; NULL for bits that are none. */
const char *flag_name(enum flag flag);

#endif
