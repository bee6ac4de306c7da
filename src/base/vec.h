/*
 * base/vec.h - growing arrays of one type.
 *
 * struct { T *ptr; size_t len, cap; } made by VEC(T). vec_push() returns the
 * address of the new, zeroed element. Addresses change when the array grows:
 * keep indices. vec_release() frees. Not thread-safe.
 */
#ifndef CHIMERA_BASE_VEC_H
#define CHIMERA_BASE_VEC_H

#include <stddef.h>

#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *ptr;                                                                                    \
        size_t len, cap;                                                                           \
    }

/* Makes room for want elements, at least doubling; the new room is zeroed. */
void *vec_grow(void *ptr, size_t *cap, size_t want, size_t elem_bytes);

#define vec_reserve(v, want)                                                                       \
    ((v)->cap < (want)                                                                             \
            ? ((v)->ptr = vec_grow((v)->ptr, &(v)->cap, (want), sizeof *(v)->ptr), (void)0)        \
            : (void)0)
#define vec_push(v) (vec_reserve((v), (v)->len + 1), &(v)->ptr[(v)->len++])
#define vec_release(v) (vec_free((v)->ptr), (v)->ptr = NULL, (v)->len = (v)->cap = 0)

void vec_free(void *ptr);

#endif
