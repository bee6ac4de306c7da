/*
 * base/arena.h - memory that lives and dies together.
 *
 * Three lifetimes: process, job (a file, a run), scratch. Allocation never
 * returns NULL (out of memory ends the program). Not thread-safe: one arena, one
 * thread. Alignment is 16 bytes for arena_alloc, 1 for strings.
 */
#ifndef CHIMERA_BASE_ARENA_H
#define CHIMERA_BASE_ARENA_H

#include "base/err.h"
#include "base/str.h"

struct arena_block;

struct arena {
    struct arena_block *head; /* newest block */
    char *next, *end;         /* free room in it */
    size_t total_bytes;       /* taken from the heap so far */
};

void arena_init(struct arena *arena);
void arena_release(struct arena *arena); /* frees everything; the arena can be used again */
void *arena_alloc(struct arena *arena, size_t bytes); /* not zeroed */
void *arena_zero(struct arena *arena, size_t bytes);  /* zeroed */
/* A copy of s with a NUL behind it (not counted in len). */
struct str arena_copy(struct arena *arena, struct str s);
struct str arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3);

#define arena_new(arena, type) ((type *)arena_zero((arena), sizeof(type)))
#define arena_array(arena, n, type) ((type *)arena_zero((arena), (size_t)(n) * sizeof(type)))

#endif
