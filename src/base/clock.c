/* base/clock.c - clocks and calendar. Days from civil dates after the proleptic Gregorian rule. */
#include "base/clock.h"

#include "base/num.h"

#include <stdlib.h>
#include <time.h>

enum { NS_PER_S = 1000000000 };

int64_t clock_monotonic_ns(void)
{
    struct timespec ts;

    (void)clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

static bool fixed_time(int64_t *ret_ns)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds;

    if (!text || !num_parse_u64(str_from(text), &seconds) || seconds > INT64_MAX / NS_PER_S)
        return false;
    *ret_ns = (int64_t)seconds * NS_PER_S;
    return true;
}

bool clock_is_fixed(void)
{
    int64_t ns;

    return fixed_time(&ns);
}

int64_t clock_wall_ns(void)
{
    struct timespec ts;
    int64_t ns;

    if (fixed_time(&ns))
        return ns;
    (void)clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

static int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
    int64_t era, yoe, doy;

    y -= m <= 2;
    era = (y >= 0 ? y : y - 399) / 400;
    yoe = y - era * 400;
    doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void clock_format(struct buf *buf, int64_t wall_ns)
{
    int64_t seconds = wall_ns / NS_PER_S, ns = wall_ns % NS_PER_S;
    int64_t days, rest, era, doe, yoe, doy, mp, y, m;

    if (ns < 0) {
        ns += NS_PER_S;
        seconds--;
    }
    days = seconds / 86400;
    rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    days += 719468;
    era = (days >= 0 ? days : days - 146096) / 146097;
    doe = days - era * 146097;
    yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    mp = (5 * doy + 2) / 153;
    m = mp < 10 ? mp + 3 : mp - 9;
    y = yoe + era * 400 + (m <= 2);
    buf_addf(buf, "%04d-%02d-%02dT%02d:%02d:%02d", (int)y, (int)m,
        (int)(doy - (153 * mp + 2) / 5 + 1), (int)(rest / 3600), (int)(rest / 60 % 60),
        (int)(rest % 60));
    if (ns % 1000)
        buf_addf(buf, ".%09d", (int)ns);
    else if (ns % 1000000)
        buf_addf(buf, ".%06d", (int)(ns / 1000));
    else if (ns)
        buf_addf(buf, ".%03d", (int)(ns / 1000000));
    buf_add_char(buf, 'Z');
}

/* Exactly n digits at *at. */
static bool digits(struct str s, size_t *at, int n, int64_t *ret)
{
    int64_t value = 0;

    if (s.len - *at < (size_t)n)
        return false;
    for (int i = 0; i < n; i++) {
        char c = s.ptr[*at + (size_t)i];

        if (!char_is_digit(c))
            return false;
        value = value * 10 + (c - '0');
    }
    *at += (size_t)n;
    *ret = value;
    return true;
}

static bool take(struct str s, size_t *at, char c)
{
    if (*at < s.len && s.ptr[*at] == c) {
        ++*at;
        return true;
    }
    return false;
}

/* At least one digit; those past the ninth are cut. */
static bool fraction(struct str s, size_t *at, int64_t *ret_ns)
{
    int64_t ns = 0, unit = NS_PER_S / 10;
    size_t start = *at;

    for (; *at < s.len && char_is_digit(s.ptr[*at]); ++*at, unit /= 10)
        ns += (s.ptr[*at] - '0') * unit;
    *ret_ns = ns;
    return *at > start;
}

static bool zone(struct str s, size_t *at, int64_t *ret_minutes, enum clock_zone *ret_zone)
{
    int64_t h, m = 0;
    bool west;

    *ret_minutes = 0;
    *ret_zone = CLOCK_UTC;
    if (*at == s.len) {
        *ret_zone = CLOCK_NO_ZONE;
        return true;
    }
    if (take(s, at, 'Z') || take(s, at, 'z'))
        return true;
    west = s.ptr[*at] == '-';
    if (!take(s, at, '-') && !take(s, at, '+'))
        return false;
    if (!digits(s, at, 2, &h))
        return false;
    if ((take(s, at, ':') || *at < s.len) && !digits(s, at, 2, &m))
        return false;
    *ret_minutes = (h * 60 + m) * (west ? -1 : 1);
    return h < 24 && m < 60;
}

static int64_t days_of_month(int64_t y, int64_t m)
{
    return days_from_civil(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1) - days_from_civil(y, m, 1);
}

bool clock_parse(struct str s, int64_t *ret_wall_ns, enum clock_zone *ret_zone)
{
    int64_t y, mo, d, h = 0, mi = 0, sec = 0, ns = 0, offset = 0;
    enum clock_zone z = CLOCK_NO_ZONE;
    size_t at = 0;

    if (!digits(s, &at, 4, &y) || !take(s, &at, '-') || !digits(s, &at, 2, &mo) ||
        !take(s, &at, '-') || !digits(s, &at, 2, &d))
        return false;
    if (at < s.len) {
        if (!take(s, &at, 'T') && !take(s, &at, 't') && !take(s, &at, ' '))
            return false;
        if (!digits(s, &at, 2, &h) || !take(s, &at, ':') || !digits(s, &at, 2, &mi))
            return false;
        if (take(s, &at, ':')) {
            if (!digits(s, &at, 2, &sec))
                return false;
            if (take(s, &at, '.') && !fraction(s, &at, &ns))
                return false;
        }
        if (!zone(s, &at, &offset, &z) || at != s.len)
            return false;
    }
    if (y < 1970 || y > 2250 || mo < 1 || mo > 12 || d < 1 || d > days_of_month(y, mo) || h > 23 ||
        mi > 59 || sec > 60)
        return false;
    *ret_wall_ns = ((days_from_civil(y, mo, d) * 24 + h) * 60 + mi - offset) * 60 * NS_PER_S +
                   sec * NS_PER_S + ns;
    *ret_zone = z;
    return true;
}
