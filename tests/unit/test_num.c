/* tests/unit/test_num.c - decimal text to the nearest double and back, against strtod. */
#include "unit.h"

#include "base/num.h"

#include <math.h>

static void check_number(const char *text)
{
    double got = 42, want = strtod(text, NULL);

    if (!num_parse(str_from(text), &got) || memcmp(&got, &want, sizeof got) != 0) {
        print_message("# %s: %.17g, strtod: %.17g\n", text, got, want);
        fail();
    }
}

TEST(hard_numbers_are_nearest)
{
    static const char *const TEXTS[] = {"0", "-0", "0.0", "-0.0", "+1", "1.", ".5", "-.5", "1e5",
        "1E+5", "1e-5", "0e999999", "0.1", "0.3", "2.675", "123456789012345678", "9007199254740993",
        "9007199254740992", "9007199254740991", "90071992547409920", "9007199254740993e3", "1e22",
        "1e23", "8.5e22", "1e-22", "1e-23", "5e-324", "2e-324", "4.9406564584124654e-324",
        "2.2250738585072011e-308", "2.2250738585072014e-308", "1.7976931348623157e308",
        "1.7976931348623159e308", "1e309", "-1e400", "1e-400", "1e99999999999999999999",
        "1e-99999999999999999999", "18446744073709551615", "18446744073709551616",
        "10000000000000000000000", "0.000000000000000000000000000001",
        "1234567890123456789012345678901234567890", "0.1234567890123456789012345678901234567890",
        "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203124",
        "1.00000000000000011102230246251565404236316680908203126",
        "000000000000000000000000000000000001.5", "100000000000000000000000e-23",
        "0.00000000000000000000001e23"};

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        check_number(TEXTS[i]);
}

static size_t add_digits(char *text, size_t len, size_t count, uint64_t *seed)
{
    while (count--)
        text[len++] = (char)('0' + (next_random(seed) >> 33) % 10);
    return len;
}

TEST(random_numbers_are_nearest)
{
    uint64_t seed = 1;

    for (int round = 0; round < 400000; round++) {
        char text[96];
        size_t len = 0, whole = next_random(&seed) % 25, part = next_random(&seed) % 25;
        int exponent = (int)(next_random(&seed) % 700) - 350;

        if (next_random(&seed) % 2)
            text[len++] = '-';
        len = add_digits(text, len, whole + !part, &seed);
        if (part)
            text[len++] = '.';
        len = add_digits(text, len, part, &seed);
        text[len] = '\0';
        if (next_random(&seed) % 3)
            (void)snprintf(
                text + len, sizeof text - len, "e%d", round % 2 ? exponent : exponent / 12);
        check_number(text);
    }
}

/* Every bit pattern is alike here, so subnormals and the largest numbers come, too. */
TEST(random_doubles_come_back)
{
    uint64_t seed = 2;
    struct buf buf;

    buf_init(&buf, 64);
    for (int round = 0; round < 200000; round++) {
        uint64_t bits = next_random(&seed);
        double value, back;

        if (round % 8 == 0)
            bits &= 0x800fffffffffffffu;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        buf_reset(&buf);
        num_format(&buf, value);
        assert_true(num_parse(buf_str(&buf), &back));
        assert_memory_equal(&value, &back, sizeof value);
    }
    buf_release(&buf);
}

TEST(what_is_no_number)
{
    static const char *const TEXTS[] = {"", " ", "+", "-", ".", "e5", "1e", "1e+", "1 ", " 1",
        "1,000", "0x10", "1_000", "--1", "+-1", "1.2.3", "1e5.5", "1f", "nano", "infinit", "in",
        "NaN(1)", "\xd9\xa1"};
    double value = 42;

    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        if (num_parse(str_from(TEXTS[i]), &value))
            fail_msg("\"%s\" was read", TEXTS[i]);
        assert_true(value == 42); /* untouched */
    }
    assert_false(num_parse(STR("1\0"), &value));
}

TEST(words_for_numbers)
{
    double value;

    assert_true(num_parse(STR("NaN"), &value) && isnan(value));
    assert_true(num_parse(STR("-nan"), &value) && isnan(value));
    assert_true(num_parse(STR("Inf"), &value) && isinf(value) && value > 0);
    assert_true(num_parse(STR("-Infinity"), &value) && isinf(value) && value < 0);
    assert_true(num_parse(STR("+inf"), &value) && isinf(value));
}

TEST(the_slice_ends_the_number)
{
    double value;

    assert_true(num_parse((struct str){"12345", 3}, &value) && value == 123);
    assert_false(num_parse((struct str){"1e5", 2}, &value));
    assert_false(num_parse((struct str){"1e-5", 3}, &value));
    assert_false(num_parse((struct str){"-1", 1}, &value));
    assert_true(num_parse((struct str){"0.12345678901234567899999", 22}, &value));
    assert_true(value == 0.12345678901234567899);
}

TEST(long_numbers)
{
    char text[5001];
    double value;

    memset(text, '0', sizeof text);
    memset(text, '1', 30);
    text[30] = '.';
    for (size_t len = 120; len < 140; len++) {
        struct str s = {text, len};

        assert_true(num_parse(s, &value) && value == 111111111111111111111111111111.0);
    }
    assert_true(num_parse((struct str){text, 4096}, &value));
    assert_false(num_parse((struct str){text, 4097}, &value));
    text[0] = '9';
    text[1] = ',';
    assert_false(num_parse_grouped((struct str){text, 64}, &value));
    assert_false(num_parse_grouped((struct str){text, 5001}, &value));
}

TEST(whole_numbers)
{
    uint64_t value = 42;

    assert_true(num_parse_u64(STR("18446744073709551615"), &value) && value == UINT64_MAX);
    assert_true(num_parse_u64(STR("000"), &value) && value == 0);
    value = 42;
    assert_false(num_parse_u64(STR("18446744073709551616"), &value));
    assert_false(num_parse_u64(STR("99999999999999999999"), &value));
    assert_false(num_parse_u64(STR(""), &value));
    assert_false(num_parse_u64(STR("-1"), &value));
    assert_false(num_parse_u64(STR("+1"), &value));
    assert_false(num_parse_u64(STR("1.0"), &value));
    assert_int_equal(value, 42);
}

static void check_grouped(const char *text, double want)
{
    double got;

    if (!num_parse_grouped(str_from(text), &got) || got != want)
        fail_msg("\"%s\" is not %.17g", text, want);
}

TEST(grouped_numbers)
{
    static const char *const BAD[] = {"", "-", "1", "1024", ",", "1,", ",024", "1,02", "1,0244",
        "1,,024", "1024,000", "1,0,000", "1,23,45", "1,234,56,789", "12,34,567,890", "123,45,678",
        "0,123", "-0,123", "+0,123", "00,123", "1,024 ", "1,024,", "1,024.5,000", "1.5,000",
        "a,bcd"};
    double value;

    check_grouped("1,024", 1024);
    check_grouped("-1,024", -1024);
    check_grouped("1,234.5", 1234.5);
    check_grouped("12,345,678", 12345678);
    check_grouped("999,999,999", 999999999);
    check_grouped("13,42,13,632", 134213632);
    check_grouped("1,00,000", 100000);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        if (num_parse_grouped(str_from(BAD[i]), &value))
            fail_msg("\"%s\" was read as %.17g", BAD[i], value);
}

static void check_format(double value, int digits, const char *want)
{
    struct buf buf;

    buf_init(&buf, 100);
    if (digits)
        num_format_digits(&buf, value, digits);
    else
        num_format(&buf, value);
    assert_text(buf_str(&buf), want);
    buf_release(&buf);
}

TEST(shortest_texts)
{
    check_format(0.1, 0, "0.1");
    check_format(0.1 + 0.2, 0, "0.30000000000000004");
    check_format(1e300, 0, "1e+300");
    check_format(5e-324, 0, "5e-324");
    check_format(1024, 0, "1024");
    check_format(0, 0, "0");
    check_format(-0.0, 0, "-0");
    check_format(NAN, 0, "nan");
    check_format(-INFINITY, 0, "-inf");
}

TEST(rounded_texts)
{
    check_format(1234.5678, 6, "1234.57");
    check_format(0.00123456, 3, "0.00123");
    check_format(9.9999, 3, "10");
    check_format(0.99999, 3, "1");
    check_format(100, 3, "100");
    check_format(1.5, 6, "1.5");
    check_format(-2.50, 4, "-2.5");
    check_format(1234567, 3, "1234567");
    check_format(0, 3, "0");
    check_format(1e-7, 3, "1e-07");
    check_format(2e15, 3, "2e+15");
    check_format(999999999999999, 3, "999999999999999");
    check_format(INFINITY, 3, "inf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hard_numbers_are_nearest),
        cmocka_unit_test(random_numbers_are_nearest),
        cmocka_unit_test(random_doubles_come_back),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(words_for_numbers),
        cmocka_unit_test(the_slice_ends_the_number),
        cmocka_unit_test(long_numbers),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(grouped_numbers),
        cmocka_unit_test(shortest_texts),
        cmocka_unit_test(rounded_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
