/* base/thread.c - a parallel for. Jobs share nothing but the counter. */
#include "base/thread.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { THREADS_MAX = 64 };

struct work {
    atomic_size_t next;
    size_t count;
    void (*job)(void *, size_t, unsigned);
    void *ctx;
};

struct worker {
    struct work *work;
    unsigned index;
};

unsigned thread_cores(void)
{
    cpu_set_t set;
    int n;

    if (sched_getaffinity(0, sizeof set, &set))
        return 1;
    n = CPU_COUNT(&set);
    return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

static void *run(void *arg)
{
    struct worker *worker = arg;
    struct work *work = worker->work;
    size_t i;

    while ((i = atomic_fetch_add(&work->next, 1)) < work->count)
        work->job(work->ctx, i, worker->index);
    return NULL;
}

void thread_each(
    unsigned threads, size_t count, void (*job)(void *ctx, size_t i, unsigned worker), void *ctx)
{
    struct work work = {.count = count, .job = job, .ctx = ctx};
    struct worker workers[THREADS_MAX];
    pthread_t ids[THREADS_MAX];
    unsigned started = 0;

    if (!threads)
        threads = thread_cores();
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    if (threads > count)
        threads = count ? (unsigned)count : 1;
    for (unsigned t = 0; t < threads; t++)
        workers[t] = (struct worker){&work, t};
    for (unsigned t = 1; t < threads; t++) {
        if (pthread_create(&ids[started], NULL, run, &workers[t]))
            break;
        started++;
    }
    (void)run(&workers[0]);
    for (unsigned t = 0; t < started; t++)
        (void)pthread_join(ids[t], NULL);
}
