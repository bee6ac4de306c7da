/* tests/unit/test_clock.c - times as text, and the two clocks. */
#include "unit.h"

#include "base/clock.h"

#include <time.h>

static const int64_t S = 1000000000;

static void check_time(const char *text, int64_t want_ns, enum clock_zone want_zone)
{
    enum clock_zone zone;
    int64_t ns;

    if (!clock_parse(str_from(text), &ns, &zone))
        fail_msg("\"%s\" was not read", text);
    if (ns != want_ns || zone != want_zone)
        fail_msg("\"%s\": %lld in place of %lld", text, (long long)ns, (long long)want_ns);
}

TEST(forms_of_a_time)
{
    const int64_t NOON = 1709208000 * S; /* 2024-02-29T12:00:00Z */

    check_time("2024-02-29T12:00:00Z", NOON, CLOCK_UTC);
    check_time("2024-02-29t12:00:00z", NOON, CLOCK_UTC);
    check_time("2024-02-29 12:00:00+00:00", NOON, CLOCK_UTC);
    check_time("2024-02-29T13:30:00+01:30", NOON, CLOCK_UTC);
    check_time("2024-02-29T13:30:00+0130", NOON, CLOCK_UTC);
    check_time("2024-02-29T07:00:00-05", NOON, CLOCK_UTC);
    check_time("2024-02-28T22:00:00-14:00", NOON, CLOCK_UTC);
    check_time("2024-02-29T12:00", NOON, CLOCK_NO_ZONE);
    check_time("2024-02-29 12:00:00", NOON, CLOCK_NO_ZONE);
    check_time("2024-02-29", NOON - 43200 * S, CLOCK_NO_ZONE);
    check_time("2024-02-29T12:00:00.5", NOON + S / 2, CLOCK_NO_ZONE);
    check_time("2024-02-29T12:00:00.000000001Z", NOON + 1, CLOCK_UTC);
    check_time("2024-02-29T12:00:00.1234567899Z", NOON + 123456789, CLOCK_UTC);
    check_time("1970-01-01T00:00:00Z", 0, CLOCK_UTC);
    check_time("1970-01-01T00:00:00+01:00", -3600 * S, CLOCK_UTC);
    check_time("2016-12-31T23:59:60Z", 1483228800 * S, CLOCK_UTC); /* a leap second */
}

TEST(what_is_no_time)
{
    static const char *const TEXTS[] = {"", "2024", "2024-02", "2024-2-29", "24-02-29",
        "2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-04-31", "2024-00-10",
        "2024-13-01", "2024-01-00", "2024-01-32", "2024-01-01T24:00:00Z", "2024-01-01T12:60:00Z",
        "2024-01-01T12:00:61Z", "2024-01-01T", "2024-01-01T12", "2024-01-01T12:00:00.",
        "2024-01-01T12:00:00.Z", "2024-01-01T12:00:00+", "2024-01-01T12:00:00+1",
        "2024-01-01T12:00:00+01:", "2024-01-01T12:00:00+01:6", "2024-01-01T12:00:00+24:00",
        "2024-01-01T12:00:00+01:60", "2024-01-01T12:00:00Zx", "2024-01-01x", "2024-01-01T12:00:00 ",
        " 2024-01-01", "9999-01-01", "2024/01/01", "-024-01-01"};
    enum clock_zone zone = CLOCK_UTC;
    int64_t ns = 42;

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        if (clock_parse(str_from(TEXTS[i]), &ns, &zone))
            fail_msg("\"%s\" was read", TEXTS[i]);
    assert_int_equal(ns, 42);
}

static void check_format(int64_t ns, const char *want)
{
    struct buf buf;

    buf_init(&buf, 100);
    clock_format(&buf, ns);
    assert_text(buf_str(&buf), want);
    buf_release(&buf);
}

TEST(as_few_digits_as_are_exact)
{
    check_format(0, "1970-01-01T00:00:00Z");
    check_format(S, "1970-01-01T00:00:01Z");
    check_format(S / 2, "1970-01-01T00:00:00.500Z");
    check_format(1000, "1970-01-01T00:00:00.000001Z");
    check_format(1, "1970-01-01T00:00:00.000000001Z");
    check_format(-1, "1969-12-31T23:59:59.999999999Z");
    check_format(951782400 * S, "2000-02-29T00:00:00Z");
    check_format(4107542400 * S, "2100-03-01T00:00:00Z");
    check_format(INT64_MAX, "2262-04-11T23:47:16.854775807Z");
}

/* Each day from 1970 to 2250 against libc, and back. */
TEST(all_days_agree_with_libc)
{
    struct buf buf;

    buf_init(&buf, 100);
    for (int64_t day = 0; day < 102600; day++) {
        time_t seconds = (time_t)(day * 86400 + day % 86400);
        enum clock_zone zone;
        char want[80];
        struct tm tm;
        int64_t back;

        (void)gmtime_r(&seconds, &tm);
        (void)snprintf(want, sizeof want, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
            tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
        buf_reset(&buf);
        clock_format(&buf, (int64_t)seconds * S);
        assert_text(buf_str(&buf), want);
        if (tm.tm_year + 1900 > 2250)
            break;
        assert_true(clock_parse(buf_str(&buf), &back, &zone));
        assert_true(back == (int64_t)seconds * S);
    }
    buf_release(&buf);
}

TEST(nanoseconds_come_back)
{
    uint64_t seed = 5;
    struct buf buf;

    buf_init(&buf, 100);
    for (int i = 0; i < 100000; i++) {
        int64_t ns = (int64_t)(next_random(&seed) % (uint64_t)(8000000000 * S)), back;
        enum clock_zone zone;

        ns -= ns % (i % 4 == 0 ? 1 : i % 4 == 1 ? 1000 : i % 4 == 2 ? 1000000 : S);
        buf_reset(&buf);
        clock_format(&buf, ns);
        assert_true(clock_parse(buf_str(&buf), &back, &zone));
        assert_true(ns == back);
        assert_int_equal(zone, CLOCK_UTC);
    }
    buf_release(&buf);
}

TEST(the_monotonic_clock_does_not_go_back)
{
    int64_t last = clock_monotonic_ns();

    for (int i = 0; i < 10000; i++) {
        int64_t now = clock_monotonic_ns();

        assert_true(now >= last);
        last = now;
    }
}

TEST(the_wall_clock_can_be_fixed)
{
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
    assert_false(clock_is_fixed());
    assert_true(clock_wall_ns() > 1600000000 * S);
    assert_true(clock_wall_ns() / S - (int64_t)time(NULL) < 3);
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1700000000", 1), 0);
    assert_true(clock_is_fixed());
    assert_true(clock_wall_ns() == 1700000000 * S);
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "99999999999999", 1), 0);
    assert_false(clock_is_fixed());
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "soon", 1), 0);
    assert_false(clock_is_fixed());
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_a_time),
        cmocka_unit_test(what_is_no_time),
        cmocka_unit_test(as_few_digits_as_are_exact),
        cmocka_unit_test(all_days_agree_with_libc),
        cmocka_unit_test(nanoseconds_come_back),
        cmocka_unit_test(the_monotonic_clock_does_not_go_back),
        cmocka_unit_test(the_wall_clock_can_be_fixed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
