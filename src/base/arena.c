/* base/arena.c - bump allocation in growing blocks. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20, ALIGN = 16 };

struct arena_block {
    struct arena_block *older;
    size_t bytes;
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void arena_release(struct arena *arena)
{
    struct arena_block *block = arena->head;

    while (block) {
        struct arena_block *older = block->older;

        free(block);
        block = older;
    }
    arena_init(arena);
}

/* Blocks double up to LARGEST_STEP, so that a small job stays small. */
static void add_block(struct arena *arena, size_t bytes)
{
    size_t step = arena->head ? arena->head->bytes * 2 : FIRST_BLOCK;
    struct arena_block *block;

    if (step > LARGEST_STEP)
        step = LARGEST_STEP;
    if (bytes > SIZE_MAX / 2)
        err_no_memory();
    if (step < bytes + sizeof *block + ALIGN)
        step = bytes + sizeof *block + ALIGN;
    block = malloc(step);
    if (!block)
        err_no_memory();
    block->older = arena->head;
    block->bytes = step;
    arena->head = block;
    arena->next = (char *)(block + 1);
    arena->end = (char *)block + step;
    arena->total_bytes += step;
}

static void *take(struct arena *arena, size_t bytes, size_t align)
{
    size_t pad = arena->next ? (size_t)(-(uintptr_t)arena->next) & (align - 1) : 0;
    char *ptr;

    if (!arena->next || (size_t)(arena->end - arena->next) < pad ||
        (size_t)(arena->end - arena->next) - pad < bytes) {
        add_block(arena, bytes);
        pad = (size_t)(-(uintptr_t)arena->next) & (align - 1);
    }
    ptr = arena->next + pad;
    arena->next = ptr + bytes;
    return ptr;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    return take(arena, bytes, ALIGN);
}

void *arena_zero(struct arena *arena, size_t bytes)
{
    void *ptr = take(arena, bytes, ALIGN);

    if (bytes)
        memset(ptr, 0, bytes);
    return ptr;
}

struct str arena_copy(struct arena *arena, struct str s)
{
    char *ptr = take(arena, s.len + 1, 1);

    if (s.len)
        memcpy(ptr, s.ptr, s.len);
    ptr[s.len] = '\0';
    return (struct str){ptr, s.len};
}

struct str arena_printf(struct arena *arena, const char *fmt, ...)
{
    va_list ap;
    char *ptr;
    int len;

    va_start(ap, fmt);
    len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (len < 0)
        len = 0;
    ptr = take(arena, (size_t)len + 1, 1);
    va_start(ap, fmt);
    (void)vsnprintf(ptr, (size_t)len + 1, fmt, ap);
    va_end(ap);
    return (struct str){ptr, (size_t)len};
}
