/* tests/unit/test_distribution.c - stats/distribution against tests/data/stats/distribution.txt
 * (exact values by mpmath, see generate.py there), its symmetries, and its behaviour at the ends.
 */
#include "base/fs.h"
#include "base/num.h"
#include "stats/distribution.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define DATA_PATH "tests/data/stats/distribution.txt"

enum { VALUES_MIN = 800 };

static double beta_of(const double *arg)
{
    return dist_beta_cdf(arg[0], arg[1], arg[2]);
}

static double normal_of(const double *arg)
{
    return dist_normal_cdf(arg[0]);
}

static double normal_quantile_of(const double *arg)
{
    return dist_normal_quantile(arg[0]);
}

static double t_of(const double *arg)
{
    return dist_t_cdf(arg[0], arg[1]);
}

static double t_quantile_of(const double *arg)
{
    return dist_t_quantile(arg[0], arg[1]);
}

static double binomial_of(const double *arg)
{
    return dist_binomial_cdf((long)arg[0], (long)arg[1], arg[2]);
}

struct function {
    const char *name;
    int args;
    double (*call)(const double *arg);
    double limit; /* largest relative error */
    double worst;
    char where[160];
};

static struct function functions[] = {
    {"beta_cdf", 3, beta_of, 1e-12, 0, ""},
    {"normal_cdf", 1, normal_of, 1e-12, 0, ""},
    {"normal_quantile", 1, normal_quantile_of, 1e-12, 0, ""},
    {"t_cdf", 2, t_of, 1e-12, 0, ""},
    {"t_quantile", 2, t_quantile_of, 1e-12, 0, ""},
    {"binomial_cdf", 3, binomial_of, 1e-12, 0, ""},
};

static struct function *function_of(struct str name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (str_eq(name, str_from(functions[i].name)))
            return &functions[i];
    fail_msg("no function '%.*s'", STR_ARG(name));
    return NULL;
}

static double number_of(struct str s)
{
    double value = NAN;

    if (!num_parse(s, &value))
        fail_msg("not a number: '%.*s'", STR_ARG(s));
    return value;
}

static double relative_error(double have, double want)
{
    return have == want ? 0 : fabs((have - want) / want);
}

static void check_line(struct str line)
{
    struct str rest = line;
    struct function *function = function_of(str_next(&rest, ' '));
    double arg[3], error;

    for (int i = 0; i < function->args; i++)
        arg[i] = number_of(str_next(&rest, ' '));
    error = relative_error(function->call(arg), number_of(str_next(&rest, ' ')));
    if (!(error <= function->worst)) {
        function->worst = error;
        (void)snprintf(function->where, sizeof function->where, "%.*s", STR_ARG(line));
    }
}

static void test_reference_values(void **state)
{
    struct err err;
    struct buf buf;
    struct str rest, line;
    size_t values = 0;

    (void)state;
    buf_init(&buf, 1 << 20);
    assert_int_equal(fs_read(DATA_PATH, &buf, NULL, &err), ERR_NONE);
    rest = buf_str(&buf);
    while ((line = str_next(&rest, '\n')).ptr) {
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        check_line(line);
        values++;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        struct function *f = &functions[i];

        print_message("# %s: relative error at most %.1e (%s)\n", f->name, f->worst, f->where);
        if (!(f->worst <= f->limit))
            fail_msg("%s is off by %.3g: %s", f->name, f->worst, f->where);
    }
    assert_true(values >= VALUES_MIN);
    buf_release(&buf);
}

static void test_quantiles_invert(void **state)
{
    static const double freedom[] = {1, 2, 3, 7, 30, 1000, 1e6};

    (void)state;
    for (double p = 1e-6; p < 1; p += 0.00731) {
        assert_true(relative_error(dist_normal_cdf(dist_normal_quantile(p)), p) < 1e-13);
        for (size_t i = 0; i < sizeof freedom / sizeof *freedom; i++) {
            double t = dist_t_quantile(p, freedom[i]);

            if (!(relative_error(dist_t_cdf(t, freedom[i]), p) < 1e-12))
                fail_msg("p %.17g, df %g: t %.17g back to %.17g", p, freedom[i], t,
                    dist_t_cdf(t, freedom[i]));
            assert_true(fabs(t + dist_t_quantile(1 - p, freedom[i])) <= 1e-9 * fabs(t));
        }
    }
}

/* The sum of single probabilities, exact enough for a small n. */
static void test_binomial_adds_up(void **state)
{
    const double p = 0.3;
    const long n = 25;
    double term = pow(1 - p, (double)n), sum = 0;

    (void)state;
    for (long k = 0; k < n; k++) {
        sum += term;
        assert_true(relative_error(dist_binomial_cdf(k, n, p), sum) < 1e-13);
        term *= (double)(n - k) / (double)(k + 1) * p / (1 - p);
    }
}

static void test_beta_mirrors(void **state)
{
    (void)state;
    for (double x = 0.03125; x < 1; x += 0.03125)
        for (double a = 0.3; a < 1000; a *= 3.7)
            for (double b = 0.2; b < 1000; b *= 4.1)
                assert_true(fabs(dist_beta_cdf(x, a, b) + dist_beta_cdf(1 - x, b, a) - 1) < 1e-14);
}

static void test_ends(void **state)
{
    (void)state;
    assert_true(dist_beta_cdf(0, 2, 3) == 0 && dist_beta_cdf(1, 2, 3) == 1);
    assert_true(dist_normal_cdf(-INFINITY) == 0 && dist_normal_cdf(INFINITY) == 1);
    assert_true(dist_normal_quantile(0) == -INFINITY && dist_normal_quantile(1) == INFINITY);
    assert_true(isnan(dist_normal_quantile(1.5)) && isnan(dist_normal_quantile(NAN)));
    assert_true(dist_t_cdf(0, 5) == 0.5 && dist_t_cdf(-INFINITY, 5) == 0);
    assert_true(dist_t_cdf(INFINITY, 1) == 1);
    assert_true(dist_t_quantile(0, 5) == -INFINITY && dist_t_quantile(1, 5) == INFINITY);
    assert_true(dist_t_quantile(0.5, 3) == 0);
    assert_true(isnan(dist_t_quantile(0.9, -1)) && isnan(dist_t_quantile(NAN, 3)));
    assert_true(dist_t_quantile(0.975, INFINITY) == dist_normal_quantile(0.975));
    assert_true(dist_t_quantile(1e-300, 0.5) == -INFINITY);
    assert_true(dist_binomial_cdf(-1, 5, 0.5) == 0 && dist_binomial_cdf(5, 5, 0.5) == 1);
    assert_true(dist_binomial_cdf(2, 5, 0) == 1 && dist_binomial_cdf(2, 5, 1) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_values),
        cmocka_unit_test(test_quantiles_invert),
        cmocka_unit_test(test_binomial_adds_up),
        cmocka_unit_test(test_beta_mirrors),
        cmocka_unit_test(test_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
