/* tests/unit/test_encoding.c - codec/encoding and the UTF-8 helpers beside it. */
#include "codec/encoding.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* A sample with one, two, three and four bytes a character, and line ends. */
#define SAMPLE                                                                                     \
    "id,\xc2\xb5s \xc2\xb0"                                                                        \
    "C\r\n1,\xe2\x82\xac 2.5\n\xf0\x9d\x84\x9e end\r\n"

struct fixture {
    struct arena arena;
    char raw[65536];
    size_t len;
};

static struct fixture fixture;

static int set_up(void **state)
{
    (void)state;
    arena_init(&fixture.arena);
    fixture.len = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&fixture.arena);
    return 0;
}

/* ---- making raw bytes ---- */

enum form { PLAIN, TWICE, TEXT_MODE, TWICE_TEXT_MODE };

static void put_byte(unsigned char byte, enum form form)
{
    if ((form == TEXT_MODE || form == TWICE_TEXT_MODE) && byte == '\n')
        fixture.raw[fixture.len++] = '\r';
    if (form == TWICE || form == TWICE_TEXT_MODE)
        fixture.len += utf8_put(fixture.raw + fixture.len, byte);
    else
        fixture.raw[fixture.len++] = (char)byte;
}

static void put_unit(uint32_t unit, bool big_endian, enum form form)
{
    put_byte((unsigned char)(big_endian ? unit >> 8 : unit), form);
    put_byte((unsigned char)(big_endian ? unit : unit >> 8), form);
}

static void put_utf16(struct str text, bool big_endian, enum form form)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);

        if (c > 0xffff) {
            put_unit(0xd800 + ((c - 0x10000) >> 10), big_endian, form);
            c = 0xdc00 + (c & 0x3ff);
        }
        put_unit(c, big_endian, form);
    }
}

static struct str raw(void)
{
    return (struct str){fixture.raw, fixture.len};
}

static struct encoding decode(struct str bytes)
{
    struct encoding ret;

    encoding_decode(&fixture.arena, bytes, &ret);
    assert_true(utf8_valid(ret.text));
    return ret;
}

static void check_text(struct str bytes, enum encoding_kind kind, struct str text, bool repaired)
{
    struct encoding got = decode(bytes);

    assert_string_equal(encoding_name(got.kind), encoding_name(kind));
    assert_int_equal(got.text.len, text.len);
    assert_true(str_eq(got.text, text));
    assert_int_equal(got.repaired, repaired);
}

/* The bytes of one character of UTF-16, with what put_byte() did to them undone. */
static size_t undo(const struct encoding *encoding, size_t from, size_t to, unsigned char ret[8])
{
    size_t len = 0;

    while (from < to) {
        uint32_t byte = (unsigned char)encoding->raw.ptr[from++];

        if (encoding->kind == ENCODING_UTF16_IN_UTF8 && byte >= 0x80) {
            from--;
            byte = utf8_next(encoding->raw, &from);
        }
        assert_true(byte < 0x100 && len < 8);
        if (byte == '\n' && len && ret[len - 1] == '\r')
            len--;
        ret[len++] = (unsigned char)byte;
    }
    return len;
}

static void check_utf16_bytes(const unsigned char *bytes, size_t len, bool big_endian, uint32_t c)
{
    uint32_t units[2] = {c, 0};

    if (c > 0xffff) {
        units[0] = 0xd800 + ((c - 0x10000) >> 10);
        units[1] = 0xdc00 + (c & 0x3ff);
    }
    assert_int_equal(len, c > 0xffff ? 4 : 2);
    for (size_t i = 0; i < len; i += 2)
        assert_int_equal(units[i / 2], bytes[i + !big_endian] << 8 | bytes[i + big_endian]);
}

/* The raw bytes from each character's place to the next one's must decode to that character. */
static void check_places(const struct encoding *encoding)
{
    for (size_t at = 0; at < encoding->text.len;) {
        uint64_t place = encoding_raw_at(encoding, at), next;
        uint32_t c = utf8_next(encoding->text, &at);
        unsigned char bytes[8];

        next = encoding_raw_at(encoding, at);
        assert_true(next > place);
        if (encoding->kind == ENCODING_LATIN1) {
            assert_int_equal(next, place + 1);
            assert_int_equal((unsigned char)encoding->raw.ptr[place], c == 0x20ac ? 0x80 : c);
        } else {
            check_utf16_bytes(bytes, undo(encoding, place, next, bytes), encoding->big_endian, c);
        }
    }
    assert_int_equal(encoding_raw_at(encoding, encoding->text.len), encoding->raw.len);
}

/* ---- kinds ---- */

static void test_utf8(void **state)
{
    struct str bytes = STR(SAMPLE);
    struct encoding got = decode(bytes);

    (void)state;
    check_text(bytes, ENCODING_UTF8, bytes, false);
    assert_ptr_equal(got.text.ptr, bytes.ptr);
    assert_null(got.checkpoints);
    assert_int_equal(encoding_raw_at(&got, 5), 5);
    check_text(STR(""), ENCODING_UTF8, STR(""), false);
    check_text(STR("\n"), ENCODING_UTF8, STR("\n"), false);
    check_text(STR("a\tb\f\033[1mc\n"), ENCODING_UTF8, STR("a\tb\f\033[1mc\n"), false);
}

static void test_utf8_bom(void **state)
{
    struct encoding got = decode(STR("\xef\xbb\xbf" SAMPLE));

    (void)state;
    check_text(STR("\xef\xbb\xbf" SAMPLE), ENCODING_UTF8_BOM, STR(SAMPLE), false);
    assert_int_equal(encoding_raw_at(&got, 0), 3);
    assert_int_equal(encoding_raw_at(&got, got.text.len), got.raw.len);
    check_text(STR("\xef\xbb\xbf"), ENCODING_UTF8_BOM, STR(""), false);
    check_text(STR("\xef\xbb\xbf"
                   "a\xff"
                   "b"),
        ENCODING_UTF8_BOM,
        STR("a\xef\xbf\xbd"
            "b"),
        true);
}

static void test_utf8_repaired(void **state)
{
    (void)state;
    /* The end is cut in the middle of a character. */
    check_text(
        STR("\xc2\xb5s \xe2\x82"), ENCODING_UTF8, STR("\xc2\xb5s \xef\xbf\xbd\xef\xbf\xbd"), true);
    check_text(STR("\xc2\xb5s \xc2\xb5s \xe2\x82"), ENCODING_UTF8,
        STR("\xc2\xb5s \xc2\xb5s \xef\xbf\xbd\xef\xbf\xbd"), true);
}

static void test_latin1(void **state)
{
    (void)state;
    check_text(STR("54.7 \xb0"
                   "C"),
        ENCODING_LATIN1,
        STR("54.7 \xc2\xb0"
            "C"),
        false);
    check_text(STR("\x80 5 \x93x\x94 \x96 \x85"), ENCODING_LATIN1,
        STR("\xe2\x82\xac 5 \xe2\x80\x9cx\xe2\x80\x9d \xe2\x80\x93 \xe2\x80\xa6"), false);
    check_text(STR("hole \x81"), ENCODING_LATIN1, STR("hole \xc2\x81"), false);
    check_text(STR("caf\xe9"), ENCODING_LATIN1, STR("caf\xc3\xa9"), false);
}

static void check_utf16(bool big_endian, bool mark, enum form form)
{
    struct encoding got;

    fixture.len = 0;
    if (mark)
        put_unit(0xfeff, big_endian, form);
    put_utf16(STR(SAMPLE), big_endian, form);
    check_text(raw(),
        form == TWICE || form == TWICE_TEXT_MODE ? ENCODING_UTF16_IN_UTF8
        : big_endian                             ? ENCODING_UTF16BE
                                                 : ENCODING_UTF16LE,
        STR(SAMPLE), false);
    got = decode(raw());
    assert_int_equal(got.big_endian, big_endian);
    assert_int_equal(encoding_raw_at(&got, 0), got.mark_bytes);
    check_places(&got);
}

static void test_utf16(void **state)
{
    (void)state;
    for (enum form form = PLAIN; form <= TWICE_TEXT_MODE; form++)
        for (int which = 0; which < 4; which++)
            check_utf16(which & 1, which & 2, form);
}

/* What ncu writes to a redirected Windows console: UTF-16 taken for Latin-1, in text mode. */
static void test_console(void **state)
{
    static const char bytes[] = "\xc3\xbf\xc3\xbe=\0=\0E\0:\0 \0n\0o\0.\0\r\0\r\n\0";
    struct encoding got = decode((struct str){bytes, sizeof bytes - 1});

    (void)state;
    assert_int_equal(got.kind, ENCODING_UTF16_IN_UTF8);
    assert_true(str_eq(got.text, STR("==E: no.\r\n")));
    assert_int_equal(encoding_raw_at(&got, 0), 4);
    assert_int_equal(encoding_raw_at(&got, 8), 20);
    assert_int_equal(encoding_raw_at(&got, 9), 22);
    assert_false(got.repaired);
    /* The letters alone are a text. */
    check_text(
        STR("\xc3\xbf\xc3\xbe is odd"), ENCODING_UTF8, STR("\xc3\xbf\xc3\xbe is odd"), false);
}

static void test_utf16_broken(void **state)
{
    (void)state;
    check_text((struct str){"\xff\xfe"
                            "a\0b\0c",
                   7},
        ENCODING_UTF16LE, STR("ab\xef\xbf\xbd"), true);
    check_text((struct str){"\xfe\xff"
                            "\0a\0b\0",
                   7},
        ENCODING_UTF16BE, STR("ab\xef\xbf\xbd"), true);
    /* high without low, low alone, high at the end */
    check_text((struct str){"\xff\xfe\x00\xd8"
                            "a\0",
                   6},
        ENCODING_UTF16LE,
        STR("\xef\xbf\xbd"
            "a"),
        true);
    check_text((struct str){"\xff\xfe\x00\xdc"
                            "a\0",
                   6},
        ENCODING_UTF16LE,
        STR("\xef\xbf\xbd"
            "a"),
        true);
    check_text((struct str){"\xff\xfe"
                            "a\0\x00\xd8",
                   6},
        ENCODING_UTF16LE, STR("a\xef\xbf\xbd"), true);
    check_text((struct str){"\xff\xfe\x00\xd8\x00\xd8\x00\xdc", 8}, ENCODING_UTF16LE,
        STR("\xef\xbf\xbd\xf0\x90\x80\x80"), true);
    check_text((struct str){"\xff\xfe", 2}, ENCODING_UTF16LE, STR(""), false);
}

static void test_binary(void **state)
{
    static const struct str files[] = {{"\177ELF\2\1\1", 7}, {"\x89PNG\r\n\x1a\n", 8},
        {"PK\3\4 and so on", 14}, {"\x1f\x8b\x08 and so on", 13}, {"%PDF-1.7\n%", 10},
        {"SQLite format 3\0 and", 20}, {"text\0with a NUL", 15}, {"\0", 1}, {"\0\0\0\0", 4},
        {"\1\2\3\4text", 8}, {"\xff\xfe\0\0a\0\0\0", 8}};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct encoding got = decode(files[i]);

        assert_int_equal(got.kind, ENCODING_BINARY);
        assert_int_equal(got.text.len, 0);
        assert_int_equal(encoding_raw_at(&got, 0), files[i].len);
    }
}

/* ---- places ---- */

/* Several checkpoints; the sample's length lets characters straddle them. */
static void test_places_long(void **state)
{
    (void)state;
    for (enum form form = PLAIN; form <= TWICE_TEXT_MODE; form++) {
        for (int big_endian = 0; big_endian < 2; big_endian++) {
            struct encoding got;

            fixture.len = 0;
            while (fixture.len < 15000)
                put_utf16(STR(SAMPLE), big_endian, form);
            got = decode(raw());
            assert_true(got.text.len > (form == PLAIN ? 2 : 1) * ENCODING_STEP);
            check_places(&got);
        }
    }
}

static void test_places_latin1(void **state)
{
    struct encoding got;

    (void)state;
    for (size_t i = 0; i < 20000; i++)
        fixture.raw[i] = i % 3 ? 'x' : (char)0x80;
    fixture.len = 20000;
    got = decode(raw());
    assert_int_equal(got.kind, ENCODING_LATIN1);
    check_places(&got);
}

/* ---- UTF-8 ---- */

static void test_valid(void **state)
{
    static const struct str good[] = {{"", 0}, {"a", 1}, {"\0", 1}, {"\xc2\x80", 2},
        {"\xdf\xbf", 2}, {"\xe0\xa0\x80", 3}, {"\xed\x9f\xbf", 3}, {"\xee\x80\x80", 3},
        {"\xef\xbf\xbf", 3}, {"\xf0\x90\x80\x80", 4}, {"\xf4\x8f\xbf\xbf", 4}};
    static const struct str bad[] = {{"\x80", 1}, {"\xbf", 1}, {"\xc0\x80", 2}, {"\xc1\xbf", 2},
        {"\xc2", 1},
        {"\xc2"
         "a",
            2},
        {"\xe0\x9f\xbf", 3}, {"\xe2\x82", 2},
        {"\xe2\x82"
         "a",
            3},
        {"\xed\xa0\x80", 3}, {"\xed\xbf\xbf", 3}, {"\xf0\x8f\xbf\xbf", 4}, {"\xf0\x90\x80", 3},
        {"\xf4\x90\x80\x80", 4}, {"\xf5\x80\x80\x80", 4}, {"\xff", 1}, {"\xfe", 1}};
    char text[80];

    (void)state;
    /* At every place relative to the words that are looked at together. */
    for (size_t at = 0; at < 70; at++) {
        for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
            memset(text, 'a', sizeof text);
            memcpy(text + at, good[i].ptr, good[i].len);
            assert_true(utf8_valid((struct str){text, sizeof text}));
            assert_true(utf8_valid((struct str){text, at + good[i].len}));
        }
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            memset(text, 'a', sizeof text);
            memcpy(text + at, bad[i].ptr, bad[i].len);
            assert_false(utf8_valid((struct str){text, sizeof text}));
            assert_false(utf8_valid((struct str){text, at + bad[i].len}));
        }
    }
}

static void test_put_and_next(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        char bytes[4];
        size_t len = utf8_put(bytes, c), at = 0;
        struct str s = {bytes, len};

        uint32_t got = utf8_next(s, &at);
        bool surrogate = c >= 0xd800 && c < 0xe000;

        if (got != (surrogate ? 0xfffd : c) || at != (surrogate ? 1 : len))
            fail_msg("U+%04X", (unsigned)c);
    }
}

static void test_width(void **state)
{
    (void)state;
    assert_int_equal(utf8_width(STR("")), 0);
    assert_int_equal(utf8_width(STR("tok/s")), 5);
    assert_int_equal(utf8_width(STR("\xc2\xb5s \xc2\xb1 \xce\x94")), 6);
    assert_int_equal(utf8_width(STR("e\xcc\x81")), 1);
    assert_int_equal(utf8_width(STR("\xe6\xb8\xac\xe5\xae\x9a")), 4);
    assert_int_equal(utf8_width(STR("\xed\x95\x9c")), 2);
    assert_int_equal(utf8_width(STR("\xef\xbc\xa1")), 2);
    assert_int_equal(utf8_width(STR("\xf0\x9f\x9a\x80")), 2);
    assert_int_equal(utf8_width(STR("\xe2\x9c\x85")), 2);
    assert_int_equal(utf8_width(STR("\xe2\x80\x8d\xef\xb8\x8f")), 0);
    assert_int_equal(utf8_width(STR("\xff")), 1);
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(test_utf8),
        WITH_ARENA(test_utf8_bom),
        WITH_ARENA(test_utf8_repaired),
        WITH_ARENA(test_latin1),
        WITH_ARENA(test_utf16),
        WITH_ARENA(test_console),
        WITH_ARENA(test_utf16_broken),
        WITH_ARENA(test_binary),
        WITH_ARENA(test_places_long),
        WITH_ARENA(test_places_latin1),
        WITH_ARENA(test_valid),
        WITH_ARENA(test_put_and_next),
        WITH_ARENA(test_width),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
