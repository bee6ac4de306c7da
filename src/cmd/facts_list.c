/* cmd/facts_list.c - which facts are listed, and the pieces that all lists share. */
#include "cmd/facts_out.h"

#include "base/num.h"
#include "cmd/cmd.h"

struct lister {
    const struct facts_request *request;
    void (*emit)(void *ctx, const struct fact *fact);
    void *ctx;
    struct facts_totals *totals;
};

static bool is_listed(const struct facts_request *request, const struct fact *fact, enum fate fate)
{
    if (fate == FATE_USED)
        return true;
    if (!fact->text.len)
        return false;
    return request->all || (fate == FATE_FAILED && request->query->wants_failed) ||
           (fate == FATE_DUPLICATE && request->query->wants_duplicates);
}

static bool list_fact(void *ctx, const struct fact *fact, enum fate fate)
{
    struct lister *lister = ctx;
    struct facts_totals *totals = lister->totals;

    if (!is_listed(lister->request, fact, fate)) {
        totals->excluded += fate == FATE_FAILED;
        totals->duplicates += fate == FATE_DUPLICATE;
    } else if (totals->listed == lister->request->limit) {
        totals->unlisted++;
    } else {
        lister->emit(lister->ctx, fact);
        totals->listed++;
    }
    totals->stopped = cmd_stopped();
    return !totals->stopped;
}

void facts_list(const struct facts_request *request,
    void (*emit)(void *ctx, const struct fact *fact), void *ctx, struct facts_totals *ret)
{
    struct lister lister = {request, emit, ctx, ret};

    *ret = (struct facts_totals){0};
    query_each(request->set, request->query, list_fact, &lister);
}

void facts_add_flags(struct buf *buf, unsigned flags, char separator)
{
    bool first = true;

    for (unsigned bit = 1; flag_name((enum flag)bit); bit <<= 1) {
        if (!(flags & bit))
            continue;
        if (!first)
            buf_add_char(buf, separator);
        buf_add_text(buf, flag_name((enum flag)bit));
        first = false;
    }
}

void facts_add_value(struct buf *buf, double value, const char *unit)
{
    num_format_digits(buf, value, 6);
    if (unit && strcmp(unit, "-") && strcmp(unit, "ratio"))
        buf_addf(buf, " %s", unit);
}

bool facts_subject(const struct fact *fact, size_t i, struct str *ret_key, struct str *ret_value)
{
    *ret_key = fact_subject_at(fact, i, ret_value);
    if (!ret_value->len)
        return false;
    for (size_t k = 0; k < i; k++) {
        struct str value, key = fact_subject_at(fact, k, &value);

        if (value.len && str_eq(key, *ret_key))
            return false;
    }
    return true;
}
