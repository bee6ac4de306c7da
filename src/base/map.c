/* base/map.c - open addressing with linear probing; half full at most. */
#include "base/map.h"

#include "base/vec.h"

#include <stdlib.h>

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

void map_release(struct map *map)
{
    free(map->slots);
    free(map->keys);
    free(map->hashes);
    map_init(map, map->arena);
}

static uint32_t *slot_of(const struct map *map, struct str key, uint64_t hash)
{
    uint32_t mask = map->slot_count - 1;

    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t id = map->slots[i];

        if (!id || (map->hashes[id - 1] == hash && str_eq(map->keys[id - 1], key)))
            return &map->slots[i];
    }
}

uint32_t map_find(const struct map *map, struct str key)
{
    uint32_t *slot;

    if (!map->slot_count)
        return MAP_NONE;
    slot = slot_of(map, key, str_hash(key));
    return *slot ? *slot - 1 : MAP_NONE;
}

static void grow_slots(struct map *map)
{
    uint32_t count = map->slot_count ? map->slot_count * 2 : 16;

    free(map->slots);
    map->slots = calloc(count, sizeof *map->slots);
    if (!map->slots)
        err_no_memory();
    map->slot_count = count;
    for (uint32_t id = 0; id < map->count; id++) {
        uint32_t i = (uint32_t)map->hashes[id] & (count - 1);

        while (map->slots[i])
            i = (i + 1) & (count - 1);
        map->slots[i] = id + 1;
    }
}

uint32_t map_add(struct map *map, struct str key)
{
    uint64_t hash = str_hash(key);
    uint32_t *slot;

    if (map->count * 2 >= map->slot_count)
        grow_slots(map);
    slot = slot_of(map, key, hash);
    if (*slot)
        return *slot - 1;
    if (map->count == map->cap) {
        size_t keys_cap = map->cap, hashes_cap = map->cap, want = (size_t)map->count + 1;

        map->keys = vec_grow(map->keys, &keys_cap, want, sizeof *map->keys);
        map->hashes = vec_grow(map->hashes, &hashes_cap, want, sizeof *map->hashes);
        map->cap = (uint32_t)keys_cap;
    }
    map->keys[map->count] = arena_copy(map->arena, key);
    map->hashes[map->count] = hash;
    *slot = ++map->count;
    return map->count - 1;
}
