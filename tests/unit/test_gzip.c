/* tests/unit/test_gzip.c - codec/gzip against files that zlib itself has compressed. */
#include "codec/gzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <zlib.h>

#include <cmocka.h>

/* Appends data to `to` as one gzip member. */
static void add_member(struct buf *to, struct str data)
{
    z_stream stream = {0};
    uLong bound;
    char *out;

    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, 0), Z_OK);
    bound = deflateBound(&stream, (uLong)data.len);
    out = buf_reserve(to, bound);
    assert_non_null(out);
    stream.next_in = (z_const Bytef *)data.ptr;
    stream.avail_in = (uInt)data.len;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)bound;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    to->len += stream.total_out;
    deflateEnd(&stream);
}

struct fixture {
    struct buf packed, plain;
    struct err err;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    buf_init(&fixture->packed, BUF_NO_LIMIT);
    buf_init(&fixture->plain, 1 << 20);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    buf_release(&fixture->packed);
    buf_release(&fixture->plain);
    free(fixture);
    return 0;
}

static enum err_code inflate_all(struct fixture *fixture)
{
    return gzip_inflate(buf_str(&fixture->packed), &fixture->plain, &fixture->err);
}

static void check_plain(struct fixture *fixture, struct str expected)
{
    assert_int_equal(inflate_all(fixture), ERR_NONE);
    assert_true(str_eq(buf_str(&fixture->plain), expected));
    assert_int_equal(fixture->plain.ptr[fixture->plain.len], '\0');
}

static void test_is(void **state)
{
    (void)state;
    assert_true(gzip_is(STR("\x1f\x8b\x08")));
    assert_false(gzip_is(STR("\x1f\x8b")));
    assert_false(gzip_is(STR("\x1f\x8b\x07 compress")));
    assert_false(gzip_is(STR("")));
}

static void test_one_member(void **state)
{
    struct fixture *fixture = *state;

    add_member(&fixture->packed, STR("a,b\n1,2\n"));
    check_plain(fixture, STR("a,b\n1,2\n"));
}

static void test_appends(void **state)
{
    struct fixture *fixture = *state;

    buf_add_text(&fixture->plain, "head ");
    add_member(&fixture->packed, STR("tail"));
    check_plain(fixture, STR("head tail"));
}

static void test_empty(void **state)
{
    struct fixture *fixture = *state;

    add_member(&fixture->packed, STR(""));
    check_plain(fixture, STR(""));
}

static void test_members(void **state)
{
    struct fixture *fixture = *state;
    static const char nuls[512];

    add_member(&fixture->packed, STR("one "));
    add_member(&fixture->packed, STR(""));
    add_member(&fixture->packed, STR("two "));
    add_member(&fixture->packed, STR("three"));
    buf_add(&fixture->packed, nuls, sizeof nuls);
    check_plain(fixture, STR("one two three"));
}

static void fill(struct buf *buf, size_t bytes)
{
    uint32_t seed = 1;

    buf_reset(buf);
    while (buf->len < bytes) {
        seed = seed * 1664525 + 1013904223;
        buf_add_char(buf, (char)(seed >> 24));
    }
}

static void test_larger_than_a_step(void **state)
{
    struct fixture *fixture = *state;
    struct buf data;

    buf_init(&data, BUF_NO_LIMIT);
    fill(&data, 300000);
    add_member(&fixture->packed, buf_str(&data));
    check_plain(fixture, buf_str(&data));
    buf_release(&data);
}

static void test_limit(void **state)
{
    struct fixture *fixture = *state;
    struct buf data;

    buf_init(&data, BUF_NO_LIMIT);
    fill(&data, 70000);
    add_member(&fixture->packed, buf_str(&data));
    /* Exactly full is fine, one byte less is not. */
    fixture->plain.limit = 70000;
    check_plain(fixture, buf_str(&data));
    buf_reset(&fixture->plain);
    fixture->plain.limit = 69999;
    assert_int_equal(inflate_all(fixture), ERR_LIMIT);
    assert_int_equal(fixture->err.code, ERR_LIMIT);
    assert_true(fixture->plain.full);
    assert_int_equal(fixture->plain.len, 0);
    /* A buffer that is full before it begins. */
    assert_int_equal(inflate_all(fixture), ERR_LIMIT);
    buf_release(&data);
}

static void test_bomb(void **state)
{
    struct fixture *fixture = *state;
    size_t bytes = 64 << 20;
    char *zeros = calloc(1, bytes);

    add_member(&fixture->packed, (struct str){zeros, bytes});
    free(zeros);
    assert_true(fixture->packed.len < 100000);
    assert_int_equal(inflate_all(fixture), ERR_LIMIT);
    /* The limit of 1 MiB held before memory was taken. */
    assert_true(fixture->plain.cap <= 4 << 20);
}

static void test_cut_anywhere(void **state)
{
    struct fixture *fixture = *state;
    size_t whole;

    add_member(&fixture->packed, STR("model,rate\nalpha,71.5\nalpha,71.6\nbeta,64.0\n"));
    whole = fixture->packed.len;
    buf_add_text(&fixture->plain, "kept");
    for (size_t len = 0; len < whole; len++) {
        fixture->packed.len = len;
        assert_int_equal(inflate_all(fixture), ERR_DATA);
        assert_true(fixture->err.text[0]);
        assert_true(str_eq(buf_str(&fixture->plain), STR("kept")));
    }
}

static void test_damaged(void **state)
{
    struct fixture *fixture = *state;

    add_member(&fixture->packed, STR("model,rate\nalpha,71.5\nalpha,71.6\nbeta,64.0\n"));
    /* The checksum. */
    fixture->packed.ptr[fixture->packed.len - 8] ^= 1;
    assert_int_equal(inflate_all(fixture), ERR_DATA);
    fixture->packed.ptr[fixture->packed.len - 8] ^= 1;
    /* The first block's type: 3 does not exist. */
    fixture->packed.ptr[10] |= 6;
    assert_int_equal(inflate_all(fixture), ERR_DATA);
    assert_int_equal(fixture->plain.len, 0);
}

static void test_tail(void **state)
{
    struct fixture *fixture = *state;

    add_member(&fixture->packed, STR("x"));
    buf_add_text(&fixture->packed, "not gzip");
    assert_int_equal(inflate_all(fixture), ERR_DATA);
    buf_reset(&fixture->packed);
    buf_add_text(&fixture->packed, "plain text");
    assert_int_equal(inflate_all(fixture), ERR_DATA);
}

#define WITH_BUFFERS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is),
        WITH_BUFFERS(test_one_member),
        WITH_BUFFERS(test_appends),
        WITH_BUFFERS(test_empty),
        WITH_BUFFERS(test_members),
        WITH_BUFFERS(test_larger_than_a_step),
        WITH_BUFFERS(test_limit),
        WITH_BUFFERS(test_bomb),
        WITH_BUFFERS(test_cut_anywhere),
        WITH_BUFFERS(test_damaged),
        WITH_BUFFERS(test_tail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
