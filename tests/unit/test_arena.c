/* tests/unit/test_arena.c - alignment, separateness, zeroes, release. */
#include "unit.h"

#include "base/arena.h"

TEST(pieces_are_aligned_and_apart)
{
    struct {
        unsigned char *ptr;
        size_t len;
    } piece[2000];
    struct arena arena;
    uint64_t seed = 3;

    arena_init(&arena);
    for (size_t i = 0; i < 2000; i++) {
        piece[i].len = next_random(&seed) % 3000;
        if (i % 3) {
            piece[i].ptr = arena_alloc(&arena, piece[i].len);
            assert_int_equal((uintptr_t)piece[i].ptr % 16, 0);
        } else {
            struct str s = {(const char *)&arena, 5};

            piece[i].len = 5;
            piece[i].ptr = (unsigned char *)(uintptr_t)arena_copy(&arena, s).ptr;
        }
        memset(piece[i].ptr, (int)(i & 0xff), piece[i].len);
    }
    for (size_t i = 0; i < 2000; i++)
        for (size_t k = 0; k < piece[i].len; k++)
            assert_int_equal(piece[i].ptr[k], i & 0xff);
    arena_release(&arena);
}

TEST(zeroed_means_zeroed)
{
    struct arena arena;

    arena_init(&arena);
    for (size_t bytes = 0; bytes < 5000; bytes += 7) {
        unsigned char *ptr;

        memset(arena_alloc(&arena, bytes), 0xff, bytes);
        ptr = arena_zero(&arena, bytes);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(ptr[i], 0);
    }
    arena_release(&arena);
}

TEST(large_pieces_fit)
{
    struct arena arena;
    char *small, *large;

    arena_init(&arena);
    small = arena_alloc(&arena, 10);
    memset(small, 'x', 10);
    large = arena_alloc(&arena, 5 << 20);
    memset(large, 'y', 5 << 20);
    assert_memory_equal(small, "xxxxxxxxxx", 10);
    assert_true(arena.total_bytes >= 5 << 20);
    assert_true(arena.total_bytes < 6 << 20);
    arena_release(&arena);
}

TEST(small_pieces_waste_little)
{
    struct arena arena;

    arena_init(&arena);
    for (int i = 0; i < 100000; i++)
        (void)arena_alloc(&arena, 32);
    assert_true(arena.total_bytes < 5 << 20);
    arena_release(&arena);
}

TEST(a_released_arena_can_be_used_again)
{
    struct arena arena;

    arena_init(&arena);
    arena_release(&arena);
    (void)arena_alloc(&arena, 100000);
    arena_release(&arena);
    assert_int_equal(arena.total_bytes, 0);
    assert_text(arena_copy(&arena, STR("again")), "again");
    arena_release(&arena);
}

TEST(copies_end_with_a_nul)
{
    char source[] = "abc";
    struct arena arena;
    struct str copy, empty;

    arena_init(&arena);
    copy = arena_copy(&arena, (struct str){source, 2});
    empty = arena_copy(&arena, STR_NONE);
    source[0] = 'x';
    assert_int_equal(copy.len, 2);
    assert_string_equal(copy.ptr, "ab");
    assert_int_equal(empty.len, 0);
    assert_string_equal(empty.ptr, "");
    arena_release(&arena);
}

TEST(printf_of_any_length)
{
    struct arena arena;
    struct str s;

    arena_init(&arena);
    assert_text(arena_printf(&arena, "%d %s", 7, "x"), "7 x");
    s = arena_printf(&arena, "%05000d", 1);
    assert_int_equal(s.len, 5000);
    assert_int_equal(s.ptr[4999], '1');
    assert_int_equal(s.ptr[5000], '\0');
    arena_release(&arena);
}

TEST(arrays_have_their_type)
{
    struct arena arena;
    uint64_t *numbers;

    arena_init(&arena);
    numbers = arena_array(&arena, 1000, uint64_t);
    for (size_t i = 0; i < 1000; i++)
        assert_true(numbers[i] == 0);
    *arena_new(&arena, uint64_t) = 5;
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_aligned_and_apart),
        cmocka_unit_test(zeroed_means_zeroed),
        cmocka_unit_test(large_pieces_fit),
        cmocka_unit_test(small_pieces_waste_little),
        cmocka_unit_test(a_released_arena_can_be_used_again),
        cmocka_unit_test(copies_end_with_a_nul),
        cmocka_unit_test(printf_of_any_length),
        cmocka_unit_test(arrays_have_their_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
