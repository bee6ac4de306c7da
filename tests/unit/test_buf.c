/* tests/unit/test_buf.c - growing, the limit, the NUL behind the bytes. */
#include "unit.h"

#include "base/buf.h"

TEST(an_empty_buffer_is_an_empty_text)
{
    struct buf buf;

    buf_init(&buf, 10);
    assert_text(buf_str(&buf), "");
    assert_non_null(buf_str(&buf).ptr);
    buf_reset(&buf);
    buf_release(&buf);
    buf_release(&buf);
}

TEST(pieces_join)
{
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    buf_add_text(&buf, "ab");
    buf_add_char(&buf, 'c');
    buf_add_str(&buf, STR("d\0e"));
    buf_add(&buf, NULL, 0);
    buf_addf(&buf, "-%d-", 42);
    assert_int_equal(buf.len, 10);
    assert_memory_equal(buf.ptr, "abcd\0e-42-", 11);
    assert_false(buf.full);
    buf_release(&buf);
}

TEST(many_bytes_stay_in_order)
{
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    for (int i = 0; i < 100000; i++) {
        buf_add_char(&buf, (char)(i % 251));
        assert_int_equal(buf.ptr[buf.len], '\0');
    }
    for (int i = 0; i < 100000; i++)
        assert_int_equal((unsigned char)buf.ptr[i], i % 251);
    buf_release(&buf);
}

TEST(the_limit_itself_fits)
{
    struct buf buf;

    buf_init(&buf, 5);
    buf_add_text(&buf, "12345");
    assert_text(buf_str(&buf), "12345");
    assert_false(buf.full);
    buf_add_char(&buf, '6');
    assert_true(buf.full);
    assert_text(buf_str(&buf), "12345");
    buf_release(&buf);
}

TEST(past_the_limit_nothing_more_is_added)
{
    struct buf buf;

    buf_init(&buf, 5);
    buf_add_text(&buf, "123");
    buf_add_text(&buf, "456");
    assert_true(buf.full);
    buf_add_char(&buf, '4'); /* would fit, but there is a hole before it */
    assert_text(buf_str(&buf), "123");
    buf_reset(&buf);
    assert_false(buf.full);
    buf_add_text(&buf, "abcde");
    assert_text(buf_str(&buf), "abcde");
    buf_release(&buf);
    assert_int_equal(buf.limit, 5); /* the limit survives */
}

TEST(long_printf_obeys_the_limit)
{
    struct buf buf;

    buf_init(&buf, 2000);
    buf_addf(&buf, "%01500d", 7);
    assert_int_equal(buf.len, 1500);
    assert_int_equal(buf.ptr[1499], '7');
    assert_int_equal(buf.ptr[1500], '\0');
    buf_addf(&buf, "%0600d", 7);
    assert_true(buf.full);
    assert_int_equal(buf.len, 1500);
    buf_release(&buf);
}

/* The sizes around the stack buffer of buf_addf. */
TEST(printf_of_each_length)
{
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    for (int width = 500; width < 530; width++) {
        buf_reset(&buf);
        buf_addf(&buf, "%*d", width, 1);
        assert_int_equal(buf.len, width);
        assert_int_equal(buf.ptr[width - 1], '1');
        assert_int_equal(strlen(buf.ptr), (size_t)width);
    }
    buf_release(&buf);
}

TEST(reserve_gives_room)
{
    struct buf buf;
    char *to;

    buf_init(&buf, 1000);
    buf_add_text(&buf, "x");
    to = buf_reserve(&buf, 999);
    assert_non_null(to);
    memset(to, 'y', 999);
    buf.len += 999;
    assert_int_equal(buf.ptr[0], 'x');
    assert_int_equal(buf.ptr[999], 'y');
    assert_null(buf_reserve(&buf, 1));
    assert_null(buf_reserve(&buf, SIZE_MAX));
    buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_is_an_empty_text),
        cmocka_unit_test(pieces_join),
        cmocka_unit_test(many_bytes_stay_in_order),
        cmocka_unit_test(the_limit_itself_fits),
        cmocka_unit_test(past_the_limit_nothing_more_is_added),
        cmocka_unit_test(long_printf_obeys_the_limit),
        cmocka_unit_test(printf_of_each_length),
        cmocka_unit_test(reserve_gives_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
