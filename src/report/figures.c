/* report/figures.c - see the header. */
#include "report/figures.h"

#include "stats/sample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIGITS = 4 };

/* In each family the largest unit comes first; a value takes the first that it reaches. */
static const struct {
    const char *base;
    double from;
    struct shown shown;
} SHOWN[] = {
    {"s", 1, {"s", 1}},
    {"s", 1e-3, {"ms", 1e3}},
    {"s", 1e-6, {"\xc2\xb5s", 1e6}},
    {"s", 0, {"ns", 1e9}},
    {"byte", 1073741824, {"GiB", 1.0 / 1073741824}},
    {"byte", 1048576, {"MiB", 1.0 / 1048576}},
    {"byte", 8192, {"KiB", 1.0 / 1024}},
    {"byte", 0, {"bytes", 1}},
    {"ratio", 0, {"%", 100}},
    {"Hz", 1e9, {"GHz", 1e-9}},
    {"Hz", 0, {"MHz", 1e-6}},
    {"degC", 0,
        {"\xc2\xb0"
         "C",
            1}},
    {"token", 0, {"tokens", 1}},
    {"-", 0, {"", 1}},
};

struct shown shown_unit(const char *base_unit, double typical)
{
    double size = fabs(typical);

    if (!strcmp(base_unit, "s") && size == 0)
        size = 1;
    for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++)
        if (!strcmp(SHOWN[i].base, base_unit) && size >= SHOWN[i].from)
            return SHOWN[i].shown;
    if (!strcmp(base_unit, "1/s")) /* words hold no digit that is not a number */
        return (struct shown){"per s", 1};
    return (struct shown){base_unit, 1};
}

void spread_of(const struct operands *facts, struct spread *ret)
{
    double *values = calloc(facts->count + 1, sizeof *values);
    struct stats_interval interval;
    size_t n = facts->count;

    if (!values)
        err_no_memory();
    *ret = (struct spread){.n = n};
    for (size_t i = 0; i < n; i++)
        values[i] = facts->pool[facts->index ? facts->index[i] : i].value;
    if (n) {
        stats_sort(values, n);
        (void)stats_quantile(values, n, 0.5, &ret->median);
        ret->min = values[0];
        ret->max = values[n - 1];
        ret->has_interval = stats_quantile_interval(values, n, 0.5, 0.95, &interval);
        if (ret->has_interval) {
            ret->low = interval.low;
            ret->high = interval.high;
        }
    }
    free(values);
}

/* Four significant digits, counts whole; never an exponent where it is read. */
static struct str number_text(struct arena *arena, double value, bool countable)
{
    double size = fabs(value);
    int decimals;

    if (size == 0 || (countable && size == floor(size) && size < 1e15))
        return arena_printf(arena, "%.0f", value + 0.0);
    if (size < 1e-9 || size >= 1e15)
        return arena_printf(arena, "%.*e", DIGITS - 1, value);
    decimals = DIGITS - 1 - (int)floor(log10(size));
    return arena_printf(arena, "%.*f", decimals > 0 ? decimals : 0, value);
}

void figure(struct document *doc, const struct about *about, struct shown shown, double value,
    const char *statistic, const char *formula, struct operands *operands)
{
    bool countable =
        shown.scale == 1 && (!strcmp(about->unit, "token") || !strcmp(about->unit, "byte") ||
                                !strcmp(about->unit, "-"));
    struct cite cite = {.text = number_text(&doc->arena, value * shown.scale, countable),
        .value = value,
        .print_scale = shown.scale,
        .unit = about->unit,
        .metric = about->metric,
        .subject = about->subject,
        .subject_count = about->subject_count,
        .statistic = statistic,
        .formula = formula,
        .operands = operands};

    doc_cite(doc, &cite);
}

void figure_count(struct document *doc, const struct about *about, struct operands *operands)
{
    static const struct about NOTHING = {.unit = "-"};
    static const char *const FORMULAS[] = {"run", "count(x)", "failed(x)", "files(x)"};
    struct about counted = about ? *about : NOTHING;

    counted.unit = "-";
    figure(doc, &counted, (struct shown){"", 1}, (double)operands->count, "count",
        FORMULAS[operands->kind], operands);
}

void figure_bytes(struct document *doc, struct operands *files)
{
    struct about about = {.unit = "byte"};
    struct shown shown;
    uint64_t bytes = 0;

    for (size_t i = 0; i < files->count; i++)
        bytes += files->set->artifacts[files->index ? files->index[i] : i]->bytes;
    shown = shown_unit("byte", (double)bytes);
    figure(doc, &about, shown, (double)bytes, "sum", "bytes(x)", files);
    doc_text(doc, " ");
    doc_text(doc, shown.label);
}

void figure_seconds(struct document *doc, const char *statistic, double seconds)
{
    struct about about = {.unit = "s"};
    struct operands *none = arena_new(&doc->arena, struct operands);

    figure(doc, &about, (struct shown){"s", 1}, seconds, statistic, "run", none);
    doc_text(doc, " s");
}

struct operands *figure_operands(
    struct document *doc, const struct operands *like, const uint32_t *index, size_t count)
{
    struct operands *operands = arena_new(&doc->arena, struct operands);

    *operands = (struct operands){like->kind, like->pool, like->set, index, count, 0};
    return operands;
}
