/* tests/fuzz/fuzz_num.c - num_parse and its sisters against strtod, and numbers written back. */
#include "base/num.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* Same value, same sign; all NaNs are alike. */
static bool same(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b);
    return a == b && !signbit(a) == !signbit(b);
}

static void check_format(double value)
{
    struct buf buf;
    double back;

    buf_init(&buf, 64);
    num_format(&buf, value);
    check(!buf.full && num_parse(buf_str(&buf), &back) && same(value, back));
    buf_reset(&buf);
    num_format_digits(&buf, value, 6);
    check(!buf.full && num_parse(buf_str(&buf), &back));
    check(!isfinite(value) || fabs(back - value) <= fabs(value) * 5.0000001e-6 || isinf(back));
    buf_release(&buf);
}

/* The text without its commas, as strtod would read it. */
static void check_grouped(struct str s, double value)
{
    char text[128];
    size_t len = 0;

    for (size_t i = 0; i < s.len && len + 1 < sizeof text; i++)
        if (s.ptr[i] != ',')
            text[len++] = s.ptr[i];
    text[len] = '\0';
    check(same(strtod(text, NULL), value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = {(const char *)data, size};
    char *text = malloc(size + 1), *end;
    double value, expected;
    uint64_t whole;

    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    expected = strtod(text, &end);
    if (num_parse(s, &value)) {
        check(end == text + size && same(value, expected));
        check_format(value);
    }
    if (num_parse_u64(s, &whole))
        check(strlen(text) == size && strtoull(text, NULL, 10) == whole);
    if (num_parse_grouped(s, &value))
        check_grouped(s, value);
    free(text);
    return 0;
}
