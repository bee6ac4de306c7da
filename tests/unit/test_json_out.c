/* tests/unit/test_json_out.c - codec/json_out: shape, escapes, numbers, and random documents
 * written, read by codec/json and compared with what was drawn. */
#include "unit.h"

#include "base/vec.h"
#include "codec/encoding.h"
#include "json_check.h"

#include <float.h>

/* ---- shape ---- */

static void write_sample(struct json_out *out)
{
    json_out_object(out);
    json_out_pair_text(out, "name", "x");
    json_out_pair_text(out, "none", NULL);
    json_out_key(out, "list");
    json_out_array(out);
    json_out_uint(out, UINT64_MAX);
    json_out_int(out, INT64_MIN);
    json_out_bool(out, true);
    json_out_bool(out, false);
    json_out_null(out);
    json_out_array(out);
    json_out_end(out, ']');
    json_out_end(out, ']');
    json_out_key_str(out, STR("empty"));
    json_out_object(out);
    json_out_end(out, '}');
    json_out_pair_str(out, "s", STR("a\0b"));
    json_out_pair_uint(out, "n", 7);
    json_out_pair_double(out, "d", 0.1);
    json_out_end(out, '}');
}

static void check_sample(int indent, const char *want)
{
    struct json_out out;
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    json_out_init(&out, &buf, indent);
    write_sample(&out);
    assert_text(buf_str(&buf), want);
    buf_release(&buf);
}

TEST(compact)
{
    check_sample(0, "{\"name\":\"x\",\"none\":null,\"list\":[18446744073709551615,"
                    "-9223372036854775808,true,false,null,[]],\"empty\":{},"
                    "\"s\":\"a\\u0000b\",\"n\":7,\"d\":0.1}");
}

TEST(pretty)
{
    check_sample(2, "{\n"
                    "  \"name\": \"x\",\n"
                    "  \"none\": null,\n"
                    "  \"list\": [\n"
                    "    18446744073709551615,\n"
                    "    -9223372036854775808,\n"
                    "    true,\n"
                    "    false,\n"
                    "    null,\n"
                    "    []\n"
                    "  ],\n"
                    "  \"empty\": {},\n"
                    "  \"s\": \"a\\u0000b\",\n"
                    "  \"n\": 7,\n"
                    "  \"d\": 0.1\n"
                    "}");
}

/* ---- strings and numbers ---- */

TEST(quotes)
{
    static const struct {
        struct str s;
        const char *want;
    } rows[] = {
        {STR(""), "\"\""},
        {STR_NONE, "\"\""},
        {STR("plain"), "\"plain\""},
        {STR("\"\\/"), "\"\\\"\\\\/\""},
        {STR("\n\r\t"), "\"\\n\\r\\t\""},
        {STR("\0\x01\x1f\x7f"), "\"\\u0000\\u0001\\u001f\x7f\""},
        {STR("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z"),
            "\"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z\""},
        {STR("\xef\xbf\xbd"), "\"\xef\xbf\xbd\""},
        {STR("a\xff\xfez"), "\"a\xef\xbf\xbd\xef\xbf\xbdz\""},
        {STR("\xc3"), "\"\xef\xbf\xbd\""},
        {STR("\xe2\x82\""), "\"\xef\xbf\xbd\xef\xbf\xbd\\\"\""},
        {STR("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    };
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_reset(&buf);
        json_out_quote(&buf, rows[i].s);
        assert_text(buf_str(&buf), rows[i].want);
    }
    buf_release(&buf);
}

/* Whatever the byte would begin, the quote behind it is not eaten. */
TEST(no_high_byte_eats_a_quote)
{
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    for (unsigned c = 0x80; c < 0x100; c++) {
        char raw[] = {(char)c, '"'};

        buf_reset(&buf);
        json_out_quote(&buf, (struct str){raw, sizeof raw});
        assert_text(buf_str(&buf), "\"\xef\xbf\xbd\\\"\"");
    }
    buf_release(&buf);
}

TEST(doubles)
{
    static const struct {
        double value;
        const char *want;
    } rows[] = {{0, "0"}, {-0.0, "-0"}, {0.1, "0.1"}, {1e300, "1e+300"}, {5e-324, "5e-324"},
        {1.0 / 3, "0.3333333333333333"}, {123456789, "123456789"}, {NAN, "null"},
        {INFINITY, "null"}, {-INFINITY, "null"}};
    struct json_out out;
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_reset(&buf);
        json_out_init(&out, &buf, 0);
        json_out_double(&out, rows[i].value);
        assert_text(buf_str(&buf), rows[i].want);
    }
    buf_release(&buf);
}

TEST(a_limit_cuts)
{
    for (size_t limit = 0; limit < 200; limit++) {
        struct json_out out;
        struct buf buf;

        buf_init(&buf, limit);
        json_out_init(&out, &buf, 1);
        write_sample(&out);
        assert_true(buf.len <= limit && (buf.full || limit > 100));
        buf_release(&buf);
    }
}

static void check_returns(struct buf *buf, double value)
{
    struct json_out out;
    double got = 42;

    buf_reset(buf);
    json_out_init(&out, buf, 0);
    json_out_double(&out, value);
    assert_true(num_parse(buf_str(buf), &got));
    assert_memory_equal(&got, &value, sizeof got);
}

TEST(doubles_return)
{
    static const double edges[] = {DBL_MIN, DBL_MAX, -DBL_MAX, DBL_EPSILON, 9007199254740993.0,
        1e15, 1e16, 1e17, 1e21, 1e22, 1e23, 1e-4, 1e-5, 1e-7, 55.123456789012};
    uint64_t seed = 20;
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        check_returns(&buf, edges[i]);
    for (size_t i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&seed);
        double value;

        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            check_returns(&buf, value);
    }
    buf_release(&buf);
}

/* ---- random documents ---- */

struct drawn {
    enum json_type type;
    uint32_t next;
    double number;
    struct str text;
};

/* A document as it is drawn: the nodes that the reader must find, and the writer at work. */
struct drawing {
    uint64_t seed;
    struct arena arena;
    VEC(struct drawn) nodes;
    struct json_out out;
};

static uint64_t below(struct drawing *d, uint64_t n)
{
    return (next_random(&d->seed) >> 11) % n;
}

static struct str draw_text(struct drawing *d)
{
    static const uint32_t odd[] = {0, 1, 8, 9, 10, 12, 13, 31, '"', '\\', '/', 127, 0x80, 0x7ff,
        0x800, 0x2028, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff};
    size_t count = below(d, 4) ? below(d, 12) : below(d, 100), len = 0;
    char *to = arena_alloc(&d->arena, count * 4 + 1);

    for (size_t i = 0; i < count; i++) {
        uint32_t c = (uint32_t)(' ' + below(d, 95));

        len += utf8_put(to + len, below(d, 3) ? c : odd[below(d, sizeof odd / sizeof *odd)]);
    }
    return (struct str){to, len};
}

static double draw_number(struct drawing *d)
{
    uint64_t bits = next_random(&d->seed);
    double value;

    if (below(d, 2))
        return (double)(int64_t)below(d, 2000) / 8 - 100;
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 0.5;
}

static size_t draw_node(struct drawing *d, enum json_type type)
{
    struct drawn *node = vec_push(&d->nodes);

    node->type = type;
    node->next = (uint32_t)d->nodes.len;
    return d->nodes.len - 1;
}

static void draw_scalar(struct drawing *d)
{
    enum json_type type = (enum json_type)below(d, JSON_STRING + 1);
    size_t i = draw_node(d, type);
    struct drawn *node = &d->nodes.ptr[i];

    if (type == JSON_NUMBER) {
        node->number = draw_number(d);
        json_out_double(&d->out, node->number);
    } else if (type == JSON_STRING) {
        node->text = draw_text(d);
        json_out_str(&d->out, node->text);
    } else if (type == JSON_NULL) {
        json_out_null(&d->out);
    } else {
        json_out_bool(&d->out, type == JSON_TRUE);
    }
}

static void draw_value(struct drawing *d, int depth)
{
    bool object = below(d, 2);
    size_t i, count;

    if (depth == 0 || below(d, 3) == 0) {
        draw_scalar(d);
        return;
    }
    i = draw_node(d, object ? JSON_OBJECT : JSON_ARRAY);
    if (object)
        json_out_object(&d->out);
    else
        json_out_array(&d->out);
    count = below(d, 5);
    for (size_t k = 0; k < count; k++) {
        if (object) {
            size_t key = draw_node(d, JSON_STRING);

            d->nodes.ptr[key].text = draw_text(d);
            json_out_key_str(&d->out, d->nodes.ptr[key].text);
        }
        draw_value(d, depth - 1);
    }
    json_out_end(&d->out, object ? '}' : ']');
    d->nodes.ptr[i].next = (uint32_t)d->nodes.len;
}

static bool same_node(struct drawing *d, const struct json *json, uint32_t i)
{
    const struct drawn *want = &d->nodes.ptr[i];
    double value;

    if (json->nodes[i].type != want->type || json->nodes[i].next != want->next)
        return false;
    if (want->type == JSON_NUMBER)
        return num_parse(json_raw(json, i), &value) && value == want->number &&
               !signbit(value) == !signbit(want->number);
    return want->type != JSON_STRING || str_eq(json_text(json, i, &d->arena), want->text);
}

/* Writing what was read gives the same bytes again. */
static void check_written_again(struct drawing *d, const struct json *json, int indent)
{
    struct json_out out;
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    json_out_init(&out, &buf, indent);
    json_write_tape(json, &out, &d->arena);
    assert_true(str_eq(buf_str(&buf), json->text));
    buf_release(&buf);
}

/* No beginning of a document that is not a lone number or word is one. */
static void check_beginnings(struct str text)
{
    struct json json;
    struct err err;
    size_t bad;

    json_init(&json, text);
    for (size_t len = 0; len < text.len; len++) {
        json_reset(&json, (struct str){text.ptr, len});
        assert_int_equal(json_parse(&json, &bad, &err), ERR_DATA);
        for (; bad < len; bad++)
            assert_true(char_is_alpha(text.ptr[bad])); /* a word that is cut */
    }
    json_release(&json);
}

TEST(random_documents)
{
    for (uint64_t round = 1; round <= 4000; round++) {
        struct drawing d = {.seed = round * 0x9e3779b97f4a7c15u};
        int indent = (int)(round % 4);
        struct json json;
        struct err err;
        struct buf buf;
        size_t bad;

        arena_init(&d.arena);
        buf_init(&buf, BUF_NO_LIMIT);
        json_out_init(&d.out, &buf, indent);
        draw_value(&d, (int)below(&d, 7));
        json_init(&json, buf_str(&buf));
        assert_int_equal(json_parse(&json, &bad, &err), ERR_NONE);
        assert_null(json_check(&json));
        assert_int_equal(json.count, d.nodes.len);
        for (uint32_t i = 0; i < json.count; i++)
            assert_true(same_node(&d, &json, i));
        check_written_again(&d, &json, indent);
        if (json.nodes[0].type >= JSON_STRING && buf.len < 1500)
            check_beginnings(buf_str(&buf));
        json_release(&json);
        buf_release(&buf);
        vec_release(&d.nodes);
        arena_release(&d.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact),
        cmocka_unit_test(pretty),
        cmocka_unit_test(quotes),
        cmocka_unit_test(no_high_byte_eats_a_quote),
        cmocka_unit_test(doubles),
        cmocka_unit_test(doubles_return),
        cmocka_unit_test(a_limit_cuts),
        cmocka_unit_test(random_documents),
    };

    return cmocka_run_group_tests_name("json_out", tests, NULL, NULL);
}
