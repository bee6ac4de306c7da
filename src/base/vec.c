/* base/vec.c - the growing behind VEC(). */
#include "base/vec.h"

#include "base/err.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *vec_grow(void *ptr, size_t *cap, size_t want, size_t elem_bytes)
{
    size_t next = *cap ? *cap * 2 : 8;

    if (next < want)
        next = want;
    if (next > SIZE_MAX / 2 / elem_bytes)
        err_no_memory();
    ptr = realloc(ptr, next * elem_bytes);
    if (!ptr)
        err_no_memory();
    memset((char *)ptr + *cap * elem_bytes, 0, (next - *cap) * elem_bytes);
    *cap = next;
    return ptr;
}

void vec_free(void *ptr)
{
    free(ptr);
}
