/* fact/group_statistic.c - what a group says about itself: statistics by name, and notes. */
#include "base/num.h"
#include "fact/group.h"
#include "stats/sample.h"

#include <math.h>

/* "p95", "p99.9": the share, else a negative number. */
static double percentile_of(struct str name)
{
    double percent;

    if (str_eq(name, STR("median")))
        return 0.5;
    if (name.len < 2 || name.ptr[0] != 'p' || !char_is_digit(name.ptr[1]) ||
        !num_parse(str_slice(name, 1, name.len), &percent) || !(percent <= 100))
        return -1;
    return percent / 100;
}

static bool mean_of(const struct group *group, double *ret)
{
    return stats_mean(group->in_order, group->n, ret);
}

static bool stddev_of(const struct group *group, double *ret)
{
    return stats_stddev(group->in_order, group->n, ret);
}

static bool min_of(const struct group *group, double *ret)
{
    if (group->n)
        *ret = group->sorted[0];
    return group->n > 0;
}

static bool max_of(const struct group *group, double *ret)
{
    if (group->n)
        *ret = group->sorted[group->n - 1];
    return group->n > 0;
}

static bool sum_of(const struct group *group, double *ret)
{
    if (group->n)
        *ret = stats_sum(group->in_order, group->n);
    return group->n > 0;
}

static bool count_of(const struct group *group, double *ret)
{
    *ret = (double)group->n;
    return true;
}

static bool cv_of(const struct group *group, double *ret)
{
    double mean, stddev;

    if (!mean_of(group, &mean) || !stddev_of(group, &stddev) || mean == 0)
        return false;
    *ret = stddev / fabs(mean);
    return true;
}

static const struct {
    const char *name;
    bool (*of)(const struct group *group, double *ret);
} STATISTICS[] = {
    {"mean", mean_of},
    {"stddev", stddev_of},
    {"min", min_of},
    {"max", max_of},
    {"sum", sum_of},
    {"count", count_of},
    {"n", count_of},
    {"cv", cv_of},
};

bool group_knows(struct str name)
{
    for (size_t i = 0; i < sizeof STATISTICS / sizeof *STATISTICS; i++)
        if (str_eq(str_from(STATISTICS[i].name), name))
            return true;
    return percentile_of(name) >= 0;
}

bool group_statistic(const struct group *group, struct str name, double *ret)
{
    double share = percentile_of(name);

    if (share >= 0)
        return stats_quantile(group->sorted, group->n, share, ret);
    for (size_t i = 0; i < sizeof STATISTICS / sizeof *STATISTICS; i++)
        if (str_eq(str_from(STATISTICS[i].name), name))
            return STATISTICS[i].of(group, ret);
    return false;
}

static void add_note(struct buf *buf, const char *note)
{
    if (buf->len)
        buf_add_char(buf, ' ');
    buf_add_text(buf, note);
}

/* A percentile of fewer samples than it takes to bound it is little more than the extreme. */
static void add_needs(const struct group *group, struct str name, struct buf *buf)
{
    double share = percentile_of(name);
    size_t needs;

    if (share <= 0 || share >= 1 || share == 0.5 || !group->n)
        return;
    needs = stats_quantile_needs(share, 0.95);
    if (group->n >= needs)
        return;
    add_note(buf, "");
    buf_addf(buf, "%.*s_needs_%zu", STR_ARG(name), needs);
}

void group_notes(const struct group *group, const struct str *names, size_t count, struct buf *buf)
{
    if (group->cold && group->cold < group->n)
        add_note(buf, "cold_mixed");
    else if (group->cold)
        add_note(buf, "cold_only");
    if (group->n && group->statistic && strcmp(group->statistic, "sample")) {
        add_note(buf, "over_");
        buf_add_text(buf, group->statistic);
    }
    for (size_t i = 0; i < count; i++)
        add_needs(group, names[i], buf);
    if (group->unit_guessed)
        add_note(buf, "unit_guessed");
    if (group->definitions_mixed)
        add_note(buf, "definitions_mixed");
    if (group->markdown_used)
        add_note(buf, "from_markdown");
}
