/*
 * fact/metric.h - the registry: which quantities there are, and how people write their names.
 */
#ifndef CHIMERA_FACT_METRIC_H
#define CHIMERA_FACT_METRIC_H

#include "fact/unit.h"

enum better { BETTER_UNKNOWN, BETTER_LOWER, BETTER_HIGHER };

struct metric {
    const char *name;
    const char *unit; /* base unit, fact/unit.h */
    enum better better;
    const char *label; /* for people's tables */
    /*
     * Blank-separated other names, lower case, words joined by '_'. "~name" counts only where a
     * unit is written beside it; "name=unit" implies the unit where none is written.
     */
    const char *aliases;
};

/* By canonical name; NULL = none. */
const struct metric *metric_find(struct str name);
/*
 * By canonical name or alias, in joined lower-case form. unit is the base unit that was written, or
 * NULL: a metric of another unit does not fit. *ret_implied is the unit that the alias implies, or
 * NULL. NULL = none.
 */
const struct metric *metric_find_alias(
    struct str joined, const char *unit, const struct unit **ret_implied);
/* Iterating over the registry: NULL behind the last. */
const struct metric *metric_at(size_t index);

#endif
