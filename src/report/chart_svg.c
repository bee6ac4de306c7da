/* report/chart_svg.c - see the header. Coordinates are in CSS pixels of a 720 pixel wide box. */
#include "report/chart_svg.h"

#include "base/num.h"
#include "report/escape.h"

#include <math.h>

enum {
    WIDTH = 720,
    LEFT = 230,
    RIGHT = 16,
    ROW_HEIGHT = 34,
    TOP = 8,
    AXIS_HEIGHT = 44,
    DOTS_MAX = 150,
    TICKS_MAX = 12,
};

struct axis {
    double low, high; /* in the unit that is shown; of the logarithm if log */
    bool log;
    double ticks[TICKS_MAX];
    size_t tick_count;
};

static double place(const struct axis *axis, double value)
{
    double at = axis->log ? log10(value) : value;

    return LEFT + (at - axis->low) / (axis->high - axis->low) * (WIDTH - LEFT - RIGHT);
}

/* 1, 2 or 5 times a power of ten, so that about five steps cover the range. */
static double nice_step(double range)
{
    double power = pow(10, floor(log10(range / 5))), part = range / 5 / power;

    return (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10) * power;
}

static void linear_axis(struct axis *axis, double min, double max)
{
    double pad = (max - min) * 0.04, step;

    if (max <= min)
        pad = max != 0 ? fabs(max) * 0.05 : 1;
    /* Zero is on the axis where it is near: small differences must not look large. */
    axis->low = min > 0 && min < (max - min) * 2 ? 0 : min - pad;
    axis->high = max + pad;
    step = nice_step(axis->high - axis->low);
    for (double k = ceil(axis->low / step); axis->tick_count < TICKS_MAX; k++) {
        if (k * step > axis->high)
            break;
        axis->ticks[axis->tick_count++] = k * step;
    }
}

static void log_axis(struct axis *axis, double min, double max)
{
    double first = floor(log10(min)), last = ceil(log10(max));

    axis->log = true;
    axis->low = first;
    axis->high = last > first ? last : first + 1;
    for (double k = axis->low; k <= axis->high && axis->tick_count < TICKS_MAX; k++)
        axis->ticks[axis->tick_count++] = pow(10, k);
}

static void find_axis(const struct chart *chart, struct axis *ret)
{
    double min = INFINITY, max = -INFINITY;

    *ret = (struct axis){0};
    for (size_t i = 0; i < chart->count; i++) {
        min = fmin(min, chart->rows[i].spread.min * chart->shown.scale);
        max = fmax(max, chart->rows[i].spread.max * chart->shown.scale);
    }
    if (min > 0 && max / min > 50)
        log_axis(ret, min, max);
    else
        linear_axis(ret, min, max);
}

static void add_axis(struct buf *out, const struct chart *chart, const struct axis *axis, double y)
{
    for (size_t i = 0; i < axis->tick_count; i++) {
        double x = place(axis, axis->ticks[i]);

        buf_addf(out, "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%.1f\"/>", x, x,
            TOP, y);
        buf_addf(
            out, "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">", x, y + 16);
        num_format_digits(out, axis->ticks[i], 4);
        buf_add_text(out, "</text>");
    }
    buf_addf(out, "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", WIDTH - RIGHT,
        y + 34);
    escape_html(out, str_from(chart->shown.label));
    buf_add_text(out, axis->log ? ", logarithmic scale</text>" : "</text>");
}

/* Long names are cut in the picture only; the table beside it has them whole. */
static void add_label(struct buf *out, struct str label, const char *class, double y)
{
    size_t keep = 34;

    if (!label.len)
        return;
    buf_addf(
        out, "<text class=\"%s\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", class, LEFT - 12, y);
    if (label.len > keep)
        while (keep && ((unsigned char)label.ptr[keep] & 0xc0) == 0x80)
            keep--;
    escape_html(out, str_slice(label, 0, label.len > keep ? keep : label.len));
    buf_add_text(out, label.len > keep ? "\xe2\x80\xa6</text>" : "</text>");
}

static void add_row(struct buf *out, const struct chart *chart, const struct axis *axis, size_t i)
{
    const struct chart_row *row = &chart->rows[i];
    const struct operands *samples = row->samples;
    double y = TOP + ROW_HEIGHT * ((double)i + 0.5), scale = chart->shown.scale;
    size_t step = samples->count / DOTS_MAX + 1;

    add_label(out, row->label, "label", row->detail.len ? y - 2 : y + 4);
    add_label(out, row->detail, "detail", y + 11);
    if (row->spread.has_interval)
        buf_addf(out, "<line class=\"interval\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
            place(axis, row->spread.low * scale), place(axis, row->spread.high * scale), y, y);
    for (size_t k = 0; k < samples->count; k += step) {
        size_t at = samples->index ? samples->index[k] : k;

        buf_addf(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\"/>",
            place(axis, samples->pool[at].value * scale), y);
    }
    buf_addf(out, "<line class=\"median\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
        place(axis, row->spread.median * scale), place(axis, row->spread.median * scale), y - 9,
        y + 9);
}

void chart_svg(struct buf *out, const struct chart *chart)
{
    double bottom = TOP + ROW_HEIGHT * (double)chart->count;
    struct axis axis;

    if (!chart->count)
        return;
    find_axis(chart, &axis);
    buf_addf(out, "<figure class=\"chart\"><svg viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"",
        WIDTH, bottom + AXIS_HEIGHT);
    escape_html(out, chart->title);
    buf_add_text(out, "\">");
    add_axis(out, chart, &axis, bottom);
    for (size_t i = 0; i < chart->count; i++)
        add_row(out, chart, &axis, i);
    buf_add_text(out, "</svg><figcaption>Dots: single samples. Upright tick: median. Bar: interval "
                      "of the median. Cold starts and failures are not drawn.");
    buf_add_text(out, chart->cut ? " Only the first rows of the table are drawn." : "");
    buf_add_text(out, "</figcaption></figure>\n");
}
