/* tests/unit/test_thread.c - each job once, each worker its own slot. */
#include "unit.h"

#include "base/thread.h"

#include <stdatomic.h>

enum { JOBS = 20000, SLOTS = 64 };

struct tally {
    atomic_uint done[JOBS], total, out_of_range;
    atomic_flag busy[SLOTS];
    atomic_uint shared_slot;
    unsigned threads;
    size_t plain[SLOTS]; /* not atomic: the slot is the worker's own */
};

static void job(void *ctx, size_t i, unsigned worker)
{
    struct tally *tally = ctx;

    atomic_fetch_add(&tally->total, 1);
    if (i >= JOBS || worker >= tally->threads) {
        atomic_fetch_add(&tally->out_of_range, 1);
        return;
    }
    if (atomic_flag_test_and_set(&tally->busy[worker]))
        atomic_fetch_add(&tally->shared_slot, 1);
    atomic_fetch_add(&tally->done[i], 1);
    tally->plain[worker]++;
    atomic_flag_clear(&tally->busy[worker]);
}

static void check_run(unsigned threads, size_t count)
{
    struct tally *tally = calloc(1, sizeof *tally);
    size_t sum = 0;

    assert_non_null(tally);
    for (size_t i = 0; i < SLOTS; i++)
        atomic_flag_clear(&tally->busy[i]);
    tally->threads = threads ? threads : thread_cores();
    if (tally->threads > SLOTS)
        tally->threads = SLOTS;
    thread_each(threads, count, job, tally);
    assert_int_equal(tally->total, count);
    assert_int_equal(tally->out_of_range, 0);
    assert_int_equal(tally->shared_slot, 0);
    for (size_t i = 0; i < JOBS; i++)
        assert_int_equal(tally->done[i], i < count);
    for (size_t i = 0; i < SLOTS; i++)
        sum += tally->plain[i];
    assert_int_equal(sum, count);
    free(tally);
}

TEST(each_job_runs_once)
{
    check_run(1, JOBS);
    check_run(2, JOBS);
    check_run(8, JOBS);
    check_run(0, JOBS);
}

TEST(odd_counts)
{
    check_run(4, 0);
    check_run(4, 1);
    check_run(4, 3);
    check_run(1000, 100);
    check_run(0, 0);
}

TEST(there_is_a_core)
{
    assert_true(thread_cores() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_job_runs_once),
        cmocka_unit_test(odd_counts),
        cmocka_unit_test(there_is_a_core),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
