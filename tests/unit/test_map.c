/* tests/unit/test_map.c - interning strings; growing arrays, which it stands on. */
#include "unit.h"

#include "base/map.h"
#include "base/vec.h"

TEST(ids_count_from_zero_in_order)
{
    struct arena arena;
    struct map map;

    arena_init(&arena);
    map_init(&map, &arena);
    assert_int_equal(map_find(&map, STR("a")), MAP_NONE);
    assert_int_equal(map_add(&map, STR("a")), 0);
    assert_int_equal(map_add(&map, STR("b")), 1);
    assert_int_equal(map_add(&map, STR("a")), 0);
    assert_int_equal(map_add(&map, STR("")), 2);
    assert_int_equal(map_add(&map, STR("a\0b")), 3);
    assert_int_equal(map_find(&map, STR("b")), 1);
    assert_int_equal(map_find(&map, STR("c")), MAP_NONE);
    assert_text(map_key(&map, 1), "b");
    assert_int_equal(map.count, 4);
    map_release(&map);
    assert_int_equal(map_find(&map, STR("a")), MAP_NONE);
    arena_release(&arena);
}

TEST(keys_are_copies)
{
    char key[] = "model";
    struct arena arena;
    struct map map;

    arena_init(&arena);
    map_init(&map, &arena);
    (void)map_add(&map, str_from(key));
    key[0] = 'M';
    assert_int_equal(map_find(&map, STR("model")), 0);
    assert_int_equal(map_find(&map, str_from(key)), MAP_NONE);
    map_release(&map);
    arena_release(&arena);
}

TEST(many_keys_stay_apart)
{
    enum { KEYS = 50000 };
    struct arena arena;
    struct map map;
    char text[20];

    arena_init(&arena);
    map_init(&map, &arena);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < KEYS; i++) {
            (void)snprintf(text, sizeof text, "k%u", i * 7919);
            assert_int_equal(map_add(&map, str_from(text)), i);
        }
    assert_int_equal(map.count, KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        (void)snprintf(text, sizeof text, "k%u", i * 7919);
        assert_text(map_key(&map, i), text);
        text[0] = 'x';
        assert_int_equal(map_find(&map, str_from(text)), MAP_NONE);
    }
    map_release(&map);
    arena_release(&arena);
}

struct pair {
    int a, b;
};

TEST(arrays_grow_with_zeroes)
{
    VEC(struct pair) v = {0};

    for (int i = 0; i < 1000; i++) {
        assert_int_equal(vec_push(&v)->b, 0);
        v.ptr[i].a = i;
    }
    assert_int_equal(v.len, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v.ptr[i].a, i);
    vec_reserve(&v, 5000);
    assert_true(v.cap >= 5000);
    assert_int_equal(v.ptr[4999].a, 0);
    vec_release(&v);
    assert_null(v.ptr);
    assert_int_equal(v.len + v.cap, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_count_from_zero_in_order),
        cmocka_unit_test(keys_are_copies),
        cmocka_unit_test(many_keys_stay_apart),
        cmocka_unit_test(arrays_grow_with_zeroes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
