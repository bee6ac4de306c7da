/*
 * report/chart_svg.h - a dot and interval plot as inline SVG.
 *
 * One line a row: the single samples as dots, the median's interval as a bar, the median as a tick.
 * Its only digits are axis ticks; colours come from the page's style sheet, so that one picture
 * serves light and dark.
 */
#ifndef CHIMERA_REPORT_CHART_SVG_H
#define CHIMERA_REPORT_CHART_SVG_H

#include "base/buf.h"
#include "report/figures.h"

struct chart_row {
    struct str label, detail; /* model; configuration */
    const struct operands *samples;
    struct spread spread;
};

struct chart {
    struct str title; /* for those who cannot see it */
    struct shown shown;
    const struct chart_row *rows;
    size_t count;
    bool cut; /* there are more rows than are drawn */
};

enum { CHART_ROWS_MAX = 16 };

void chart_svg(struct buf *out, const struct chart *chart);

#endif
