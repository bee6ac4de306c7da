/*
 * base/thread.h - many independent jobs on a few threads.
 */
#ifndef CHIMERA_BASE_THREAD_H
#define CHIMERA_BASE_THREAD_H

#include <stddef.h>

/* Number of processors that this process may use, at least 1. */
unsigned thread_cores(void);

/*
 * Calls job(ctx, i, worker) once for each i < count on up to `threads` threads (0 = one a core), in
 * no order; worker < threads names the calling thread's own slot. Returns when all are done. With
 * one thread, or where threads cannot be had, the caller's thread does the work.
 */
void thread_each(
    unsigned threads, size_t count, void (*job)(void *ctx, size_t i, unsigned worker), void *ctx);

#endif
