/*
 * base/map.h - strings to small numbers: interning.
 *
 * Ids count from 0 in the order of first sight. The map keeps copies of its
 * strings in its arena (the caller's). Not thread-safe.
 */
#ifndef CHIMERA_BASE_MAP_H
#define CHIMERA_BASE_MAP_H

#include "base/arena.h"

#define MAP_NONE UINT32_MAX

struct map {
    struct arena *arena;
    uint32_t *slots; /* id + 1; 0 = free */
    uint32_t slot_count, count, cap;
    struct str *keys;
    uint64_t *hashes;
};

void map_init(struct map *map, struct arena *arena);
void map_release(struct map *map); /* frees the tables; the strings stay with the arena */
uint32_t map_find(const struct map *map, struct str key); /* MAP_NONE = not there */
uint32_t map_add(struct map *map, struct str key);        /* the id, new or old */

static inline struct str map_key(const struct map *map, uint32_t id)
{
    return map->keys[id];
}

#endif
