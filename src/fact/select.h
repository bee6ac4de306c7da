/*
 * fact/select.h - private to src/fact: which of the facts that match are copies of others.
 *
 * Artifacts with the same bytes: only the most preferred that has a match is used. Twins (same
 * folder and stem, other type): a fact is a copy where the preferred twin says the same in the same
 * row of a table of the same length. One record that holds a number at two JSON pointers holds one
 * fact. docs/facts.md tells why.
 */
#ifndef CHIMERA_FACT_SELECT_H
#define CHIMERA_FACT_SELECT_H

#include "fact/plan.h"

struct selected {
    struct artifact_plan plan;
    uint32_t original; /* same bytes: index of the plan that is used, or NO_ARTIFACT */
    uint32_t *twins;   /* plans of preferred twins, most preferred first */
    uint32_t twin_count;
    bool raw; /* holds samples alone */
};

struct selection {
    struct arena arena;
    struct selected *list; /* artifacts that can match, in the order of the set */
    uint32_t count;
};

void selection_init(
    struct selection *selection, const struct factset *set, const struct query *query);
void selection_release(struct selection *selection);

/* One table of a twin that is laid beside the table that is being visited (fact/twin.c). */
struct twin_table;

struct twin_list {
    struct arena arena;
    struct twin_table *list;
    uint32_t count;
    uint32_t *same; /* per planned measure: the next earlier one of its quantity, or TWIN_NONE */
};

#define TWIN_NONE UINT32_MAX

void twin_list_init(struct twin_list *twins, const struct selection *selection,
    const struct selected *selected, const struct table_plan *table_plan);
void twin_list_release(struct twin_list *twins);
/* Moves to a row; `own` is the artifact that is being visited. */
void twin_list_row(struct twin_list *twins, const struct artifact *own, uint32_t row);
/*
 * The artifact that holds the original of the fact (may be its own), or NULL. position: of the
 * fact's measure in table_plan->measures.
 */
const struct artifact *twin_list_original(const struct twin_list *twins,
    const struct selected *selected, const struct table_plan *table_plan, uint32_t position,
    const struct fact *fact);

/* True when the two facts say the same number, as far as they were written. */
bool twin_values_agree(const struct fact *a, const struct fact *b);

#endif
