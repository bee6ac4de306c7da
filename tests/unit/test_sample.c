/* tests/unit/test_sample.c - stats/sample against exact values and NumPy (tests/data/stats, see
 * generate.py there), against itself, and by simulation: does an interval cover what it says? */
#include "base/fs.h"
#include "base/num.h"
#include "base/vec.h"
#include "stats/distribution.h"
#include "stats/sample.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define SAMPLE_PATH "tests/data/stats/sample.txt"
#define QUANTILE_PATH "tests/data/stats/quantile.txt"

/* ---- random numbers: splitmix64 (Steele, Lea and Flood 2014), the same on every machine */

static uint64_t random_bits(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* In (0, 1). */
static double random_share(uint64_t *seed)
{
    return ((double)(random_bits(seed) >> 12) + 0.5) * 0x1p-52;
}

/* ---- the data files */

struct sample {
    VEC(double) values;
    struct str name;
    size_t checks;
    double worst;
};

static double number_of(struct str s)
{
    double value = NAN;

    if (!num_parse(s, &value))
        fail_msg("not a number: '%.*s'", STR_ARG(s));
    return value;
}

static void read_array(struct sample *sample, struct str rest)
{
    struct str word;

    sample->values.len = 0;
    while ((word = str_next(&rest, ' ')).ptr) {
        double *value = vec_push(&sample->values);

        *value = number_of(word);
    }
}

/* Relative to the larger of what is wanted and `size`, the numbers' own magnitude. */
static void check_close(struct sample *sample, double have, double want, double size)
{
    double error = have == want ? 0 : fabs(have - want) / fmax(fabs(want), size);

    sample->checks++;
    if (!(error <= sample->worst))
        sample->worst = error;
    if (!(error <= 1e-12))
        fail_msg("%.*s: have %.17g, want %.17g", STR_ARG(sample->name), have, want);
}

typedef void check_line(struct sample *sample, struct str word, struct str rest);

static void each_line(const char *path, struct sample *sample, check_line *check)
{
    struct err err;
    struct buf buf;
    struct str text, line;

    buf_init(&buf, 1 << 20);
    assert_int_equal(fs_read(path, &buf, NULL, &err), ERR_NONE);
    text = buf_str(&buf);
    while ((line = str_next(&text, '\n')).ptr) {
        struct str word = str_next(&line, ' ');

        if (word.len > 0 && word.ptr[0] != '#')
            check(sample, word, line);
    }
    print_message("# %s: %zu values, largest error %.1e\n", path, sample->checks, sample->worst);
    buf_release(&buf);
}

/* ---- sums, means, deviations */

static void check_interval(struct sample *sample, struct str rest)
{
    double level = number_of(str_next(&rest, ' '));
    double low = number_of(str_next(&rest, ' ')), high = number_of(str_next(&rest, ' '));
    struct stats_interval have;

    assert_true(stats_mean_interval(sample->values.ptr, sample->values.len, level, &have));
    check_close(sample, have.low, low, high - low);
    check_close(sample, have.high, high, high - low);
    assert_true(have.coverage == level);
}

static void check_sample_line(struct sample *sample, struct str word, struct str rest)
{
    const double *values = sample->values.ptr;
    size_t n = sample->values.len;
    double have = NAN;

    if (str_eq(word, STR("array"))) {
        sample->name = str_next(&rest, ' ');
        read_array(sample, rest);
        return;
    }
    if (str_eq(word, STR("interval"))) {
        check_interval(sample, rest);
        return;
    }
    if (str_eq(word, STR("sum")))
        have = stats_sum(values, n);
    else if (str_eq(word, STR("mean")))
        assert_true(stats_mean(values, n, &have));
    else if (str_eq(word, STR("stddev")))
        assert_true(stats_stddev(values, n, &have));
    else
        fail_msg("no statistic '%.*s'", STR_ARG(word));
    check_close(sample, have, number_of(rest), DBL_MIN);
}

static void test_moments(void **state)
{
    struct sample sample = {0};

    (void)state;
    each_line(SAMPLE_PATH, &sample, check_sample_line);
    assert_true(sample.checks > 80);
    vec_release(&sample.values);
}

static void test_equal_numbers(void **state)
{
    double values[1000], have = NAN;

    (void)state;
    for (int i = 0; i < 1000; i++)
        values[i] = 0.1;
    for (size_t n = 1; n <= 1000; n++) {
        assert_true(stats_mean(values, n, &have) && have == 0.1);
        if (n > 1)
            assert_true(stats_stddev(values, n, &have) && have == 0);
    }
}

static void test_too_few(void **state)
{
    double values[] = {1, 2}, have = 42;
    struct stats_interval interval = {1, 2, 3};

    (void)state;
    assert_true(stats_sum(values, 0) == 0);
    assert_false(stats_mean(values, 0, &have));
    assert_false(stats_stddev(values, 1, &have));
    assert_false(stats_quantile(values, 0, 0.5, &have));
    assert_false(stats_quantile(values, 2, 1.5, &have));
    assert_false(stats_quantile(values, 2, NAN, &have));
    assert_true(have == 42);
    assert_false(stats_mean_interval(values, 1, 0.95, &interval));
    assert_false(stats_mean_interval(values, 2, 1, &interval));
    assert_false(stats_quantile_interval(values, 0, 0.5, 0.95, &interval));
    assert_false(stats_quantile_interval(values, 2, 0, 0.95, &interval));
    assert_true(interval.low == 1 && interval.high == 2 && interval.coverage == 3);
    assert_true(isinf(stats_sum((double[]){DBL_MAX, DBL_MAX}, 2)));
}

/* ---- sorting and quantiles */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Numbers of many kinds: any bits that are finite, few distinct ones, ordered, constant. */
static double odd_number(uint64_t *seed, unsigned kind, size_t i)
{
    uint64_t bits = random_bits(seed);
    double value;

    if (kind == 1)
        return (double)(bits % 5) - 2;
    if (kind == 2)
        return (double)i;
    if (kind == 3)
        return -(double)i / 3;
    if (kind == 4)
        return 7.5;
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 0;
}

static void test_sort(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 3, 17, 127, 128, 129, 130, 1000, 20000};
    double *have = malloc(20000 * sizeof *have), *want = malloc(20000 * sizeof *want);
    uint64_t seed = 1;

    (void)state;
    assert_true(have && want);
    for (unsigned kind = 0; kind < 5; kind++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            size_t n = sizes[s];

            for (size_t i = 0; i < n; i++)
                have[i] = want[i] = odd_number(&seed, kind, i);
            stats_sort(have, n);
            qsort(want, n, sizeof *want, compare);
            for (size_t i = 0; i < n; i++)
                assert_true(have[i] == want[i]);
        }
    free(have);
    free(want);
}

static void check_quantile_line(struct sample *sample, struct str word, struct str rest)
{
    const double *sorted = sample->values.ptr;
    size_t n = sample->values.len;
    double p, have = NAN;

    if (str_eq(word, STR("array"))) {
        sample->name = word;
        read_array(sample, rest);
        stats_sort(sample->values.ptr, sample->values.len);
        return;
    }
    p = number_of(str_next(&rest, ' '));
    assert_true(stats_quantile(sorted, n, p, &have));
    assert_true(have >= sorted[0] && have <= sorted[n - 1]);
    check_close(sample, have, number_of(rest), fabs(sorted[n - 1] - sorted[0]) * 1e-3);
}

static void test_quantiles_like_numpy(void **state)
{
    struct sample sample = {0};

    (void)state;
    each_line(QUANTILE_PATH, &sample, check_quantile_line);
    assert_true(sample.checks > 400);
    vec_release(&sample.values);
}

static void test_quantile_extremes(void **state)
{
    const double wide[] = {-DBL_MAX, DBL_MAX};
    double have, last = -DBL_MAX;

    (void)state;
    for (double p = 0; p <= 1; p += 0.0625) {
        assert_true(stats_quantile(wide, 2, p, &have) && isfinite(have) && have >= last);
        last = have;
    }
    assert_true(last == DBL_MAX);
}

/* ---- intervals */

static void test_median_interval(void **state)
{
    const double sorted[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    struct stats_interval have;

    (void)state;
    assert_false(stats_quantile_interval(sorted, 5, 0.5, 0.95, &have));
    assert_true(stats_quantile_interval(sorted, 6, 0.5, 0.95, &have));
    assert_true(have.low == 1 && have.high == 6 && fabs(have.coverage - 0.96875) < 1e-15);
    assert_true(stats_quantile_interval(sorted, 10, 0.5, 0.95, &have));
    assert_true(have.low == 2 && have.high == 9 && fabs(have.coverage - 1002. / 1024) < 1e-15);
    /* A tail that is exactly the limit is allowed. */
    assert_true(stats_quantile_interval(sorted, 5, 0.5, 0.9375, &have));
    assert_true(have.low == 1 && have.high == 5);
}

/* Two-sided intervals of high quantiles begin to exist at the n of notes/statistics.md. */
static void test_interval_needs(void **state)
{
    static const struct {
        double p;
        size_t n;
    } cases[] = {{0.5, 6}, {0.9, 36}, {0.95, 72}, {0.99, 368}, {0.1, 36}, {0.05, 72}};
    double sorted[400];
    struct stats_interval have;

    (void)state;
    for (int i = 0; i < 400; i++)
        sorted[i] = i;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = cases[i].n;

        assert_int_equal(stats_quantile_interval_needs(cases[i].p, 0.95), n);
        assert_true(stats_quantile_interval(sorted, n, cases[i].p, 0.95, &have));
        assert_true(have.coverage >= 0.95 - 1e-12);
        assert_false(stats_quantile_interval(sorted, n - 1, cases[i].p, 0.95, &have));
    }
}

static void test_needs(void **state)
{
    static const struct {
        double p;
        size_t n95, n99;
    } cases[] = {{0.9, 29, 44}, {0.95, 59, 90}, {0.99, 299, 459}, {0.999, 2995, 4603},
        {0.1, 29, 44}, {0.05, 59, 90}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(stats_quantile_needs(cases[i].p, 0.95), cases[i].n95);
        assert_int_equal(stats_quantile_needs(cases[i].p, 0.99), cases[i].n99);
    }
    assert_int_equal(stats_quantile_needs(0.5, 0.75), 2);
    assert_int_equal(stats_quantile_needs(0.5, 0.9375), 4);
    assert_int_equal(stats_quantile_needs(0.5, 0), 1);
    assert_true(stats_quantile_needs(1, 0.95) == SIZE_MAX);
    assert_true(stats_quantile_needs(0, 0.95) == SIZE_MAX);
    assert_true(stats_quantile_needs(0.5, 1) == SIZE_MAX);
}

/* The share of 20,000 samples of uniform numbers whose interval holds the true p-quantile, p. */
static double quantile_coverage(size_t n, double p, double level, double *ret_promised)
{
    enum { DRAWS = 20000 };
    double values[400];
    struct stats_interval have = {0};
    uint64_t seed = n * 1000 + (uint64_t)(p * 100);
    size_t held = 0;

    for (int draw = 0; draw < DRAWS; draw++) {
        for (size_t i = 0; i < n; i++)
            values[i] = random_share(&seed);
        stats_sort(values, n);
        assert_true(stats_quantile_interval(values, n, p, level, &have));
        held += have.low <= p && p <= have.high;
    }
    *ret_promised = have.coverage;
    return (double)held / DRAWS;
}

static void test_quantile_coverage(void **state)
{
    static const struct {
        size_t n;
        double p;
    } cases[] = {
        {6, 0.5}, {9, 0.5}, {20, 0.5}, {51, 0.5}, {100, 0.5}, {40, 0.9}, {100, 0.95}, {60, 0.25}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double promised = 0, held = quantile_coverage(cases[i].n, cases[i].p, 0.95, &promised);

        print_message(
            "# n %zu p %g: promised %.4f, held %.4f\n", cases[i].n, cases[i].p, promised, held);
        assert_true(promised >= 0.95);
        assert_true(fabs(held - promised) < 0.006); /* four standard errors of 20,000 draws */
    }
}

/* Student's interval on normal numbers covers what it promises. */
static void test_mean_coverage(void **state)
{
    enum { DRAWS = 20000 };
    static const size_t sizes[] = {2, 3, 5, 12};
    double values[12];
    struct stats_interval have;

    (void)state;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        uint64_t seed = sizes[s];
        size_t held = 0;

        for (int draw = 0; draw < DRAWS; draw++) {
            for (size_t i = 0; i < sizes[s]; i++)
                values[i] = 10 + 3 * dist_normal_quantile(random_share(&seed));
            assert_true(stats_mean_interval(values, sizes[s], 0.95, &have));
            held += have.low <= 10 && 10 <= have.high;
        }
        assert_true(fabs((double)held / DRAWS - 0.95) < 0.0062);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_equal_numbers),
        cmocka_unit_test(test_too_few),
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_quantiles_like_numpy),
        cmocka_unit_test(test_quantile_extremes),
        cmocka_unit_test(test_median_interval),
        cmocka_unit_test(test_interval_needs),
        cmocka_unit_test(test_needs),
        cmocka_unit_test(test_quantile_coverage),
        cmocka_unit_test(test_mean_coverage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
