/* tests/unit/test_csv.c - codec/csv: the cases of tests/data/csv/conformance.txt, the delimiter's
 * guess, and tables of random cells written and read again. */
#include "base/fs.h"
#include "base/num.h"
#include "codec/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define CASES_PATH "tests/data/csv/conformance.txt"

/* ---- the conformance file ---- */

static unsigned hex(char c)
{
    return char_is_digit(c) ? (unsigned)(c - '0') : (unsigned)(char_lower(c) - 'a') + 10;
}

static struct str unescape(struct arena *arena, struct str s)
{
    char *to = arena_alloc(arena, s.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c == '\\' && i + 1 < s.len) {
            c = s.ptr[++i];
            if (c == 'x' && i + 2 < s.len) {
                c = (char)(hex(s.ptr[i + 1]) << 4 | hex(s.ptr[i + 2]));
                i += 2;
            } else {
                c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
            }
        }
        to[len++] = c;
    }
    return (struct str){to, len};
}

struct test_case {
    struct str name, text;
    char delimiter;
    uint64_t max;
    VEC(struct str) rows; /* as written behind the word row */
};

static unsigned odd_bits(struct str letters)
{
    unsigned odd = 0;

    for (size_t i = 0; i < letters.len; i++)
        odd |= letters.ptr[i] == 'O'   ? CSV_OPEN_QUOTE
               : letters.ptr[i] == 'A' ? CSV_AFTER_QUOTE
               : letters.ptr[i] == 'N' ? CSV_NUL
               : letters.ptr[i] == 'M' ? CSV_TOO_MANY
                                       : 0;
    return odd;
}

/* Cuts the next <plain> or "quoted" cell off *rest. */
static bool next_cell(struct arena *arena, struct str *rest, struct str *ret, bool *ret_quoted)
{
    size_t end;

    *rest = str_trim(*rest);
    if (!rest->len)
        return false;
    *ret_quoted = rest->ptr[0] == '"';
    end = str_find_char(*rest, *ret_quoted ? '"' : '>', 1);
    assert_true(end != SIZE_MAX);
    *ret = unescape(arena, str_slice(*rest, 1, end));
    *rest = str_slice(*rest, end + 1, rest->len);
    return true;
}

static bool row_fits(struct arena *arena, const struct csv *csv, struct str expected)
{
    struct str line = str_next(&expected, ' '), odd = str_next(&expected, ' '), cell;
    uint64_t number;
    size_t count = 0;
    bool quoted;

    if (!num_parse_u64(line, &number) || number != csv->line || odd_bits(odd) != csv->odd)
        return false;
    while (next_cell(arena, &expected, &cell, &quoted)) {
        struct csv_cell got;

        if (count == csv->cells.len)
            return false;
        got = csv->cells.ptr[count];
        if (got.quoted != quoted ||
            !str_eq(cell, csv_unescape(arena, csv_raw(csv, count), got.escaped)))
            return false;
        count++;
    }
    return count == csv->cells.len;
}

static bool case_fits(struct arena *arena, const struct test_case *test)
{
    struct csv csv;
    size_t rows = 0;
    bool fits = true;

    csv_init(&csv, test->text, test->delimiter, test->max);
    while (fits && csv_next(&csv)) {
        fits = rows < test->rows.len && row_fits(arena, &csv, test->rows.ptr[rows]);
        rows++;
    }
    fits = fits && rows == test->rows.len && csv.at == test->text.len;
    csv_release(&csv);
    return fits;
}

static size_t finish_case(struct arena *arena, struct test_case *test)
{
    bool wrong = test->name.ptr && !case_fits(arena, test);

    if (wrong)
        print_message("case %.*s\n", STR_ARG(test->name));
    test->rows.len = 0;
    test->text = STR_NONE;
    test->delimiter = ',';
    test->max = 100;
    return wrong;
}

static void test_conformance(void **state)
{
    struct arena arena = {0};
    struct test_case test = {0};
    struct err err;
    struct buf buf;
    struct str rest;
    size_t cases = 0, wrong = 0;

    (void)state;
    buf_init(&buf, 1 << 20);
    if (fs_read(CASES_PATH, &buf, NULL, &err))
        fail_msg("%s", err.text);
    for (rest = buf_str(&buf); rest.ptr;) {
        struct str line = str_next(&rest, '\n'), word = str_next(&line, ' ');

        if (str_eq(word, STR("case"))) {
            wrong += finish_case(&arena, &test);
            test.name = line;
            cases++;
        } else if (str_eq(word, STR("text"))) {
            test.text = unescape(&arena, line);
        } else if (str_eq(word, STR("delimiter"))) {
            test.delimiter = unescape(&arena, line).ptr[0];
        } else if (str_eq(word, STR("max"))) {
            assert_true(num_parse_u64(line, &test.max));
        } else if (str_eq(word, STR("row"))) {
            *vec_push(&test.rows) = line;
        } else {
            assert_true(word.len == 0 || word.ptr[0] == '#');
        }
    }
    wrong += finish_case(&arena, &test);
    assert_int_equal(wrong, 0);
    assert_true(cases >= 80);
    vec_release(&test.rows);
    buf_release(&buf);
    arena_release(&arena);
}

/* ---- places ---- */

static void test_places(void **state)
{
    struct str text = STR("\n a,\"b\"\"c\"\r\nd,\"e\"f\n");
    struct csv csv;

    (void)state;
    csv_init(&csv, text, ',', 10);
    assert_true(csv_next(&csv));
    assert_int_equal(csv.row_at, 1);
    assert_int_equal(csv.cells.ptr[0].at, 1);
    assert_int_equal(csv.cells.ptr[1].at, 5);
    assert_int_equal(csv.cells.ptr[1].len, 4);
    assert_true(csv.cells.ptr[1].quoted && csv.cells.ptr[1].escaped);
    assert_true(csv_next(&csv));
    assert_int_equal(csv.row_at, 12);
    assert_int_equal(csv.cells.ptr[1].at, 14);
    assert_int_equal(csv.cells.ptr[1].len, 4);
    assert_false(csv.cells.ptr[1].quoted || csv.cells.ptr[1].escaped);
    assert_false(csv_next(&csv));
    assert_false(csv_next(&csv));
    csv_release(&csv);
}

static void test_unescape_borrows(void **state)
{
    struct arena arena = {0};
    struct str raw = STR("plain"), doubled = STR("a\"\"b");

    (void)state;
    assert_ptr_equal(csv_unescape(&arena, raw, false).ptr, raw.ptr);
    assert_true(str_eq(csv_unescape(&arena, doubled, true), STR("a\"b")));
    assert_ptr_equal(csv_unescape(&arena, doubled, false).ptr, doubled.ptr);
    arena_release(&arena);
}

/* ---- sniffing ---- */

static void test_sniff(void **state)
{
    static const struct {
        char expected;
        const char *text;
    } cases[] = {
        {',', ""},
        {',', "\n\n"},
        {',', "word\n"},
        {',', "one\ncolumn\nonly\n"},
        {',', "a,b\n1,2\n"},
        {';', "a;b\n1;2\n"},
        {'\t', "a\tb\n1\t2\n"},
        {'|', "a|b\n1|2\n"},
        /* decimal commas */
        {';', "model;ttft;rate\na;0,5;71,2\nb;0,25;70,1\n"},
        {';', "0,5;71,2;1,5\n0,25;70,1;2,5\n"},
        {';', "model;rate\na;0,5\nb;7\nc;1,5\n"},
        {'\t', "model\trate\na\t0,5\nb\t0,7\n"},
        /* delimiters in quotes */
        {',', "a,b\n\"1;2;3\",x\n\"4;5;6\",y\n"},
        {';', "a;b\n\"1,2,3\";x\n\"4,5,6\";y\n"},
        {',', "\"x\ty\",\"p|q\"\n\"x\ty\",\"p|q\"\n"},
        {',', "note,n\n\"a,b\nc;d\",1\n\"e;f\ng;h\",2\n"},
        /* other delimiters in plain cells */
        {',', "prompt,n\nsay a; b,1\nsay c; d; e,2\nplain,3\n"},
        {',', "a,b\n1;2,x\n3;4,y\n"},
        {',', "when,what\n10:00,a|b\n10:01,c\n"},
        /* ragged, with a title, with an error in place of a table */
        {',', "a,b,c\n1,2,3\n1,2\n1,2,3\n"},
        {';', "made by x\na;b;c\n1,5;2;3\n1,5;2;3\n"},
        {',', "Error: no such device\n"},
        {',', "a,b"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (csv_sniff(str_from(cases[i].text)) != cases[i].expected)
            fail_msg("case %zu: %s", i, cases[i].text);
}

static void test_sniff_long(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, BUF_NO_LIMIT);
    buf_add_text(&buf, "a;b;c\n");
    while (buf.len < 200000)
        buf_add_text(&buf, "some, text;1,5;2,5\n");
    assert_int_equal(csv_sniff(buf_str(&buf)), ';');
    /* One row alone that is longer than the sample. */
    buf_reset(&buf);
    while (buf.len < 200000)
        buf_add_text(&buf, "12|");
    assert_int_equal(csv_sniff(buf_str(&buf)), '|');
    buf_release(&buf);
}

/* ---- writing ---- */

static void check_quote(const char *cell, const char *expected)
{
    struct buf buf;

    buf_init(&buf, 1000);
    csv_quote(&buf, str_from(cell));
    assert_string_equal(buf_str(&buf).ptr, expected);
    buf_release(&buf);
}

static void test_quote(void **state)
{
    (void)state;
    check_quote("", "");
    check_quote("a b", "a b");
    check_quote("a;b|c\td", "a;b|c\td");
    check_quote("a,b", "\"a,b\"");
    check_quote("a\nb", "\"a\nb\"");
    check_quote("a\rb", "\"a\rb\"");
    check_quote("\"", "\"\"\"\"");
    check_quote("say \"x\" now", "\"say \"\"x\"\" now\"");
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* A table of random cells, made of the bytes that matter; returns it and its CSV text. */
static struct str *random_table(
    struct arena *arena, uint64_t *seed, size_t rows, size_t columns, struct buf *csv_text)
{
    static const char bytes[] = {'"', ',', '\n', '\r', ' ', 'a', '7', ';', '\t', (char)0xc3};
    struct str *cells = arena_array(arena, rows * columns, struct str);

    for (size_t i = 0; i < rows * columns; i++) {
        size_t len = next_random(seed) % 12;
        char *cell = arena_alloc(arena, len + 1);

        for (size_t j = 0; j < len; j++)
            cell[j] = bytes[next_random(seed) % sizeof bytes];
        cells[i] = (struct str){cell, len};
        csv_quote(csv_text, cells[i]);
        /* A row of one empty cell would be an empty line. */
        if (columns == 1 && len == 0)
            buf_add_text(csv_text, "\"\"");
        buf_add_text(csv_text, (i + 1) % columns ? "," : i % 3 ? "\n" : "\r\n");
    }
    return cells;
}

static void test_round_trip(void **state)
{
    uint64_t seed = 20251002;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        size_t rows = next_random(&seed) % 5, columns = 1 + next_random(&seed) % 5, row = 0;
        struct arena arena = {0};
        struct str *cells;
        struct buf buf;
        struct csv csv;

        buf_init(&buf, BUF_NO_LIMIT);
        cells = random_table(&arena, &seed, rows, columns, &buf);
        csv_init(&csv, buf_str(&buf), ',', 10);
        for (; csv_next(&csv); row++) {
            assert_int_equal(csv.odd, CSV_FINE);
            assert_int_equal(csv.cells.len, columns);
            for (size_t i = 0; i < columns; i++)
                assert_true(str_eq(cells[row * columns + i],
                    csv_unescape(&arena, csv_raw(&csv, i), csv.cells.ptr[i].escaped)));
        }
        assert_int_equal(row, rows);
        csv_release(&csv);
        buf_release(&buf);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conformance),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_unescape_borrows),
        cmocka_unit_test(test_sniff),
        cmocka_unit_test(test_sniff_long),
        cmocka_unit_test(test_quote),
        cmocka_unit_test(test_round_trip),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
