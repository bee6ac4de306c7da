/* base/num.c - decimal text to double and back. strtod does the hard cases (LC_NUMERIC stays "C").
 */
#include "base/num.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double POWER[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
    1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

struct decimal {
    uint64_t digits; /* the first 19 significant digits */
    int exponent;    /* value = digits * 10^exponent, if exact */
    bool negative, exact;
};

/* Reads the grammar of num_parse (numbers only); false = something else stands there. */
static bool decimal_read(struct str s, struct decimal *ret)
{
    struct decimal d = {.exact = true};
    size_t i = 0, count = 0, seen = 0;
    long exponent = 0;

    if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
        d.negative = s.ptr[i++] == '-';
    for (int part = 0; part < 2; part++) {
        for (; i < s.len && char_is_digit(s.ptr[i]); i++, count++) {
            if (seen < 19) {
                d.digits = d.digits * 10 + (uint64_t)(s.ptr[i] - '0');
                seen += d.digits != 0;
                exponent -= part;
            } else {
                d.exact = d.exact && s.ptr[i] == '0';
                exponent += !part;
            }
        }
        if (part || i == s.len || s.ptr[i] != '.')
            break;
        i++;
    }
    if (!count)
        return false;
    if (i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        bool down = false;
        long e = 0;

        i++;
        if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
            down = s.ptr[i++] == '-';
        if (i == s.len || !char_is_digit(s.ptr[i]))
            return false;
        for (; i < s.len && char_is_digit(s.ptr[i]); i++)
            e = e < 100000 ? e * 10 + (s.ptr[i] - '0') : e;
        exponent += down ? -e : e;
    }
    if (i != s.len)
        return false;
    d.exponent = (int)(exponent > 100000 ? 100000 : exponent < -100000 ? -100000 : exponent);
    *ret = d;
    return true;
}

static bool word_read(struct str s, double *ret)
{
    bool negative = s.len && s.ptr[0] == '-';
    double value;

    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'))
        s = str_slice(s, 1, s.len);
    if (str_eq_fold(s, STR("nan")))
        value = NAN;
    else if (str_eq_fold(s, STR("inf")) || str_eq_fold(s, STR("infinity")))
        value = INFINITY;
    else
        return false;
    *ret = negative ? -value : value;
    return true;
}

static double slow_path(struct str s)
{
    char small[128], *text = small, *heap = NULL;
    double value;

    if (s.len >= sizeof small) {
        heap = malloc(s.len + 1);
        if (!heap)
            err_no_memory();
        text = heap;
    }
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    value = strtod(text, NULL);
    free(heap);
    return value;
}

bool num_parse(struct str s, double *ret)
{
    struct decimal d;
    double value;

    if (!s.len || s.len > 4096)
        return false;
    if (!decimal_read(s, &d))
        return word_read(s, ret);
    /* Both factors exact in a double: one rounding, so the nearest double (Clinger 1990). */
    if (d.exact && d.digits <= (UINT64_C(1) << 53) && d.exponent >= -22 && d.exponent <= 22) {
        value = (double)d.digits;
        value = d.exponent < 0 ? value / POWER[-d.exponent] : value * POWER[d.exponent];
        *ret = d.negative ? -value : value;
        return true;
    }
    *ret = slow_path(s);
    return true;
}

bool num_parse_u64(struct str s, uint64_t *ret)
{
    uint64_t value = 0;

    if (!s.len)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!char_is_digit(s.ptr[i]) || __builtin_mul_overflow(value, 10u, &value) ||
            __builtin_add_overflow(value, (uint64_t)(s.ptr[i] - '0'), &value))
            return false;
    }
    *ret = value;
    return true;
}

static bool leading_zero(struct str s)
{
    return s.ptr[s.ptr[0] == '-' || s.ptr[0] == '+'] == '0';
}

bool num_parse_grouped(struct str s, double *ret)
{
    char text[64];
    size_t len = 0, run = 0, groups = 0, first = 0, middle = 0, i = 0;

    if (s.len >= sizeof text)
        return false;
    if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
        text[len++] = s.ptr[i++];
    for (; i < s.len && s.ptr[i] != '.'; i++) {
        if (char_is_digit(s.ptr[i])) {
            text[len++] = s.ptr[i];
            run++;
        } else if (s.ptr[i] == ',' && run && run <= 3 && (groups < 2 || run == middle)) {
            if (groups++)
                middle = run;
            else
                first = run;
            run = 0;
        } else {
            return false;
        }
    }
    /* One style throughout: 1,234,567 or 12,34,567. */
    if (!groups || run != 3 || middle == 1 || (middle == 2 && first > 2) || leading_zero(s))
        return false;
    for (; i < s.len; i++)
        text[len++] = s.ptr[i];
    return num_parse((struct str){text, len}, ret);
}

void num_format(struct buf *buf, double value)
{
    char text[40];

    if (isnan(value)) {
        buf_add_text(buf, "nan");
        return;
    }
    if (isinf(value)) {
        buf_add_text(buf, value < 0 ? "-inf" : "inf");
        return;
    }
    /* Subnormals have fewer digits: 5e-324. */
    for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_add_text(buf, text);
}

void num_format_digits(struct buf *buf, double value, int digits)
{
    char text[64];
    double size = fabs(value);
    int decimals;
    size_t len;

    if (!isfinite(value) || (size != 0 && (size < 1e-6 || size >= 1e15))) {
        if (!isfinite(value)) {
            num_format(buf, value);
            return;
        }
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        buf_add_text(buf, text);
        return;
    }
    decimals = size == 0 ? 0 : digits - 1 - (int)floor(log10(size));
    if (decimals < 0)
        decimals = 0;
    (void)snprintf(text, sizeof text, "%.*f", decimals, value);
    len = strlen(text);
    if (strchr(text, '.')) {
        while (text[len - 1] == '0')
            len--;
        if (text[len - 1] == '.')
            len--;
    }
    buf_add(buf, text, len);
}
