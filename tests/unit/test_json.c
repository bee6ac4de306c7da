/* tests/unit/test_json.c - codec/json: the cases of tests/data/json/conformance.txt, places and
 * sentences of errors, what strings mean, and every beginning of a document. */
#include "unit.h"

#include "base/fs.h"
#include "codec/encoding.h"
#include "json_check.h"

#define CASES_PATH "tests/data/json/conformance.txt"

/* Not cmocka's fail_msg(): it calls print_error(), a name that the library may have, too. */
#define FAIL_WITH(...)                                                                             \
    do {                                                                                           \
        print_message("# " __VA_ARGS__);                                                           \
        print_message("\n");                                                                       \
        fail();                                                                                    \
    } while (0)

static void assert_tape(const struct json *json, struct str name)
{
    const char *wrong = json_check(json);

    if (wrong)
        FAIL_WITH("%.*s: %s", STR_ARG(name), wrong);
}

/* A document as a tape; it must be one. */
static void parse(struct json *json, struct str text)
{
    struct err err = {0};
    size_t bad = 0;

    json_init(json, text);
    if (json_parse(json, &bad, &err))
        FAIL_WITH("%.*s: byte %zu: %s", STR_ARG(text), bad, err.text);
    assert_tape(json, text);
}

/* ---- the conformance file ---- */

static unsigned hex(char c)
{
    return char_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(char_lower(c) - 'a') + 10;
}

static void unescape(struct buf *to, struct str s);

/* s is TEXT*N. */
static void repeat(struct buf *to, struct str s)
{
    size_t star = s.len;
    uint64_t times = 0;

    while (star > 0 && s.ptr[--star] != '*')
        ;
    assert_true(num_parse_u64(str_slice(s, star + 1, s.len), &times));
    for (uint64_t i = 0; i < times; i++)
        unescape(to, str_slice(s, 0, star));
}

/* \xNN is a byte, \x<TEXT*N> is TEXT N times; everything else is itself. */
static void unescape(struct buf *to, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '\\' || i + 3 >= s.len || s.ptr[i + 1] != 'x') {
            buf_add_char(to, s.ptr[i]);
        } else if (s.ptr[i + 2] == '<') {
            size_t end = str_find_char(s, '>', i);

            repeat(to, str_slice(s, i + 3, end));
            i = end;
        } else {
            buf_add_char(to, (char)(hex(s.ptr[i + 2]) << 4 | hex(s.ptr[i + 3])));
            i += 3;
        }
    }
}

static void run_case(char verdict, struct str name, struct str text)
{
    struct err err = {0};
    size_t bad = SIZE_MAX;
    struct json json;
    enum err_code code;

    json_init(&json, text);
    code = json_parse(&json, &bad, &err);
    if (verdict == 'y' && code)
        FAIL_WITH("%.*s: rejected at %zu: %s", STR_ARG(name), bad, err.text);
    if (verdict == 'n' && !code)
        FAIL_WITH("%.*s: accepted", STR_ARG(name));
    if (code) {
        assert_true(code == ERR_DATA || code == ERR_LIMIT);
        assert_true(bad <= text.len && json.count == 0);
        assert_true(err.code == code && err.text[0] && utf8_valid(str_from(err.text)));
    } else {
        assert_true(json.count > 0 && json.nodes[0].next == json.count);
        assert_tape(&json, name);
    }
    json_release(&json);
}

TEST(conformance)
{
    struct buf file, text;
    struct err err;
    struct str rest, line;
    unsigned count[128] = {0};

    buf_init(&file, BUF_NO_LIMIT);
    buf_init(&text, BUF_NO_LIMIT);
    assert_int_equal(fs_read(CASES_PATH, &file, NULL, &err), ERR_NONE);
    rest = buf_str(&file);
    while ((line = str_next(&rest, '\n')).ptr) {
        struct str verdict = str_next(&line, ' '), name = str_next(&line, ' ');

        if (!verdict.len || verdict.ptr[0] == '#')
            continue;
        assert_true(verdict.len == 1 && strchr("yni", verdict.ptr[0]));
        buf_reset(&text);
        unescape(&text, line);
        run_case(verdict.ptr[0], name, buf_str(&text));
        count[(unsigned char)verdict.ptr[0]]++;
    }
    assert_true(count['y'] >= 180 && count['n'] >= 450 && count['i'] >= 12);
    buf_release(&text);
    buf_release(&file);
}

/* ---- places ---- */

TEST(nodes_know_their_bytes)
{
    struct json json;

    parse(&json, STR(" {\"a\": [12, \"b\\n\"], \"\": {}} "));
    assert_int_equal(json.count, 7);
    assert_int_equal(json.nodes[0].at, 1);
    assert_int_equal(json.nodes[0].len, 26);
    assert_int_equal(json.nodes[0].next, 7);
    assert_int_equal(json.nodes[1].at, 3);
    assert_int_equal(json.nodes[2].at, 7);
    assert_int_equal(json.nodes[2].len, 11);
    assert_int_equal(json.nodes[2].next, 5);
    assert_text(json_raw(&json, 3), "12");
    assert_text(json_raw(&json, 4), "b\\n");
    assert_true(json.nodes[4].escaped && !json.nodes[1].escaped);
    assert_int_equal(json.nodes[5].len, 0);
    assert_int_equal(json_find(&json, 0, STR("")), 6);
    json_release(&json);
}

TEST(values_one_after_another)
{
    struct str text = STR("{\"a\":1}\n[2]\n 3 \"x\" [4");
    static const size_t ends[] = {7, 11, 14, 18};
    struct json json;
    struct err err;
    size_t at = 0;

    json_init(&json, text);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(json_parse_value(&json, &at, &err), ERR_NONE);
        assert_int_equal(at, ends[i]);
    }
    assert_int_equal(json.count, 7);
    assert_int_equal(json_parse_value(&json, &at, &err), ERR_DATA);
    assert_int_equal(at, text.len);
    assert_int_equal(json.count, 7);
    assert_tape(&json, text);
    json_reset(&json, STR("[]"));
    at = 0;
    assert_int_equal(json_parse_value(&json, &at, &err), ERR_NONE);
    assert_int_equal(json.count, 1);
    json_release(&json);
}

TEST(a_bad_value_leaves_no_node)
{
    struct json json;
    struct err err;
    size_t at = 0;

    json_init(&json, STR("{\"a\": 1}\n{\"b\": [1, {\"c\" 2}]}\n{\"d\": 3}"));
    assert_int_equal(json_parse_value(&json, &at, &err), ERR_NONE);
    assert_int_equal(at, 8);
    assert_int_equal(json_parse_value(&json, &at, &err), ERR_DATA);
    assert_int_equal(at, 24);
    assert_int_equal(json.count, 3);
    at = 29; /* the caller goes on with the next line */
    assert_int_equal(json_parse_value(&json, &at, &err), ERR_NONE);
    assert_int_equal(at, json.text.len);
    assert_int_equal(json.count, 6);
    assert_tape(&json, json.text);
    json_release(&json);
}

TEST(nothing_to_read)
{
    struct json json;
    struct err err;
    size_t at = 0, bad = 7;

    json_init(&json, STR_NONE);
    assert_int_equal(json_parse_value(&json, &at, &err), ERR_DATA);
    assert_int_equal(at, 0);
    json_reset(&json, STR_NONE);
    assert_int_equal(json_parse(&json, &bad, &err), ERR_DATA);
    assert_int_equal(bad, 0);
    json_release(&json);
    json_release(&json);
}

/* ---- sentences ---- */

/* The wording is the reader's; that both halves are there, and the place, are its promise. */
static void complains(
    struct str text, enum err_code want, size_t at, const char *half, const char *other_half)
{
    struct err err = {0};
    struct json json;
    size_t bad = SIZE_MAX;

    json_init(&json, text);
    assert_int_equal(json_parse(&json, &bad, &err), want);
    if (!strstr(err.text, half) || !strstr(err.text, other_half))
        FAIL_WITH("\"%s\" does not say \"%s\" and \"%s\"", err.text, half, other_half);
    assert_int_equal(bad, at);
    json_release(&json);
}

TEST(sentences)
{
    char deep[200];

    complains(STR("{\"a\":1x}"), ERR_DATA, 6, "expected ',' or '}'", "found 'x'");
    complains(STR("[1 2]"), ERR_DATA, 3, "expected ',' or ']'", "found '2'");
    complains(STR("[1"), ERR_DATA, 2, "expected ',' or ']'", "the text");
    complains(STR("{a:1}"), ERR_DATA, 1, "a key in", "found 'a'");
    complains(STR("{\"a\" 1}"), ERR_DATA, 5, "expected ':'", "found '1'");
    complains(STR("[1,]"), ERR_DATA, 3, "expected a value", "found ']'");
    complains(STR("{\"a\":1,\n}"), ERR_DATA, 8, "a key in", "found '}'");
    complains(STR("[True]"), ERR_DATA, 1, "expected a value", "found 'T'");
    complains(STR("{} x"), ERR_DATA, 3, "expected nothing", "found 'x'");
    complains(STR("[01]"), ERR_DATA, 2, "expected no digit", "found '1'");
    complains(STR("[1.]"), ERR_DATA, 3, "expected a digit", "found ']'");
    complains(STR("[1e+]"), ERR_DATA, 4, "expected a digit", "found ']'");
    complains(STR("[-Inf]"), ERR_DATA, 2, "expected a digit", "found 'I'");
    complains(STR("[-Infinity.5]"), ERR_DATA, 10, "expected ',' or ']'", "found '.'");
    complains(STR("\"\\q\""), ERR_DATA, 2, "expected one of \" \\ / b f n r t u", "found 'q'");
    complains(STR("\"\\u12z4\""), ERR_DATA, 5, "expected four hex", "found 'z'");
    complains(STR("\"abc"), ERR_DATA, 4, "expected", "the text");
    complains(STR("\"a\x01\""), ERR_DATA, 2, "control character", "0x01");
    complains(STR("[\xff]"), ERR_DATA, 1, "expected a value", "0xff");
    complains(STR("[\0]"), ERR_DATA, 1, "expected a value", "0x00");
    memset(deep, '[', sizeof deep);
    complains((struct str){deep, sizeof deep}, ERR_LIMIT, JSON_DEPTH_MAX, "nested", "128");
}

/* ---- meanings ---- */

TEST(strings_unescape)
{
    static const struct {
        struct str token, text;
    } rows[] = {
        {STR("\"plain\""), STR("plain")},
        {STR("\"\""), STR("")},
        {STR("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), STR("\"\\/\b\f\n\r\t")},
        {STR("\"a\\u0041\\u00e9\\u20AC\\u0000z\""), STR("aA\xc3\xa9\xe2\x82\xac\0z")},
        {STR("\"\\ud83d\\ude00\""), STR("\xf0\x9f\x98\x80")},
        {STR("\"\\uDBFF\\uDFFF\""), STR("\xf4\x8f\xbf\xbf")},
        {STR("\"\\ud83d\""), STR("\xef\xbf\xbd")},
        {STR("\"\\ude00\\ud83d\""), STR("\xef\xbf\xbd\xef\xbf\xbd")},
        {STR("\"\\ud83d\\n\""), STR("\xef\xbf\xbd\n")},
        {STR("\"\\ud83dabcdef\""), STR("\xef\xbf\xbd"
                                       "abcdef")},
        {STR("\"\\ud83d\\u0041\""), STR("\xef\xbf\xbd"
                                        "A")},
        {STR("\"\\ud83d\\ud83d\\ude00\""), STR("\xef\xbf\xbd\xf0\x9f\x98\x80")},
        {STR("\"\\u005cn\""), STR("\\n")},
        {STR("\"\xff\\n\""), STR("\xff\n")},
    };
    struct arena arena;
    struct json json;

    arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        parse(&json, rows[i].token);
        assert_true(str_eq(json_text(&json, 0, &arena), rows[i].text));
        json_release(&json);
    }
    arena_release(&arena);
}

TEST(plain_strings_are_borrowed)
{
    struct str text = STR("[\"plain\",\"\\n\"]");
    struct arena arena;
    struct json json;

    arena_init(&arena);
    parse(&json, text);
    assert_ptr_equal(json_text(&json, 1, &arena).ptr, text.ptr + 2);
    assert_int_equal(arena.total_bytes, 0);
    assert_text(json_text(&json, 2, &arena), "\n");
    json_release(&json);
    arena_release(&arena);
}

TEST(keys_are_found)
{
    struct json json;

    parse(&json, STR("{\"a\":1,\"b\":{\"c\":2},\"\\u0061b\":3,\"a\":4,\"\\ud83d\\ude00\\\"\":5}"));
    assert_text(json_raw(&json, json_find(&json, 0, STR("a"))), "1");
    assert_text(json_raw(&json, json_find(&json, 0, STR("ab"))), "3");
    assert_text(json_raw(&json, json_find(&json, 0, STR("\xf0\x9f\x98\x80\""))), "5");
    assert_int_equal(json_find(&json, 0, STR("c")), UINT32_MAX);
    assert_int_equal(json_find(&json, 0, STR("\xf0\x9f\x98")), UINT32_MAX);
    assert_int_equal(json_find(&json, 0, STR("abc")), UINT32_MAX);
    assert_int_equal(json_find(&json, 0, STR("")), UINT32_MAX);
    assert_int_equal(json_find(&json, 2, STR("a")), UINT32_MAX);
    json_release(&json);
}

/* ---- beginnings ---- */

/* Each on the heap and exactly as long, so that a sanitizer sees a read past the end. */
TEST(every_beginning)
{
    static const char TEXT[] =
        " {\"a\" : [-12.5e+3, \"b\\u00e9\\ud83d\\ude00\\n\", true, null, NaN, "
        "-Infinity], \"\xc3\xa9\\\"\": {\"\": []}, \"long enough\": 0} \n";
    size_t full = strlen(TEXT) - 2;

    for (size_t len = 0; len <= strlen(TEXT); len++) {
        char *copy = malloc(len + !len);
        struct err err;
        struct json json;
        size_t bad = 0;
        bool ok;

        assert_non_null(copy);
        memcpy(copy, TEXT, len);
        json_init(&json, (struct str){copy, len});
        ok = !json_parse(&json, &bad, &err);
        assert_int_equal(ok, len >= full);
        /* At the end, or, of a word that is cut, at a letter of it. */
        for (size_t i = ok ? len : bad; i < len; i++)
            assert_true(char_is_alpha(copy[i]));
        json_release(&json);
        free(copy);
    }
}

/* A number's beginning may be a number. */
TEST(beginnings_of_a_number)
{
    static const char TEXT[] = "-120.50e-07", TAKEN[] = "001110110011";

    for (size_t len = 0; len < sizeof TEXT; len++) {
        struct json json;
        struct err err;
        size_t bad = 0;
        bool ok;

        json_init(&json, (struct str){TEXT, len});
        ok = !json_parse(&json, &bad, &err);
        assert_int_equal(ok, TAKEN[len] == '1');
        assert_int_equal(bad, ok ? 0 : len);
        json_release(&json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conformance),
        cmocka_unit_test(nodes_know_their_bytes),
        cmocka_unit_test(values_one_after_another),
        cmocka_unit_test(a_bad_value_leaves_no_node),
        cmocka_unit_test(nothing_to_read),
        cmocka_unit_test(sentences),
        cmocka_unit_test(strings_unescape),
        cmocka_unit_test(plain_strings_are_borrowed),
        cmocka_unit_test(keys_are_found),
        cmocka_unit_test(every_beginning),
        cmocka_unit_test(beginnings_of_a_number),
    };

    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
