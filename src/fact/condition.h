/*
 * fact/condition.h - private to src/fact: one condition of a query, and what it says of one value.
 */
#ifndef CHIMERA_FACT_CONDITION_H
#define CHIMERA_FACT_CONDITION_H

#include "fact/query.h"

enum condition_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_GLOB };

/* What a key is a property of: the later in this list, the more often it must be looked at. */
enum condition_key {
    KEY_PATH,
    KEY_TYPE,
    KEY_FORMAT,
    KEY_METRIC,
    KEY_UNIT,
    KEY_STATISTIC,
    KEY_DEFINITION,
    KEY_FLAG,
    KEY_SUBJECT,
};

struct condition {
    enum condition_key key;
    enum condition_op op;
    struct str name, value; /* as written, unquoted; statistics canonical */
    bool is_number;
    double number;
    unsigned flags; /* of KEY_FLAG: the flags that the value names */
};

/* KEY_SUBJECT for everything that is no fixed word. */
enum condition_key condition_key_find(struct str name);

/* True when the condition holds for a value; ptr NULL or empty = absent. Not for KEY_FLAG. */
bool condition_holds(const struct condition *condition, struct str value);
bool condition_flags_hold(const struct condition *condition, unsigned flags);
/* True when copies must be known before the condition can be judged. */
static inline bool condition_is_late(const struct condition *condition)
{
    return condition->key == KEY_FLAG && (condition->flags & FLAG_DUPLICATE);
}

/* The value of a key that belongs to the artifact as a whole. */
struct str condition_artifact_value(enum condition_key key, const struct artifact *artifact);
bool condition_artifact_holds(const struct condition *condition, const struct artifact *artifact);

#endif
