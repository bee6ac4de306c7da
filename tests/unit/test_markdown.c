/* tests/unit/test_markdown.c - codec/markdown: tables, their places, and lost line breaks. */
#include "codec/markdown.h"

#include "codec/md_entity.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena arena;
static struct str text;
static struct md_tables tables;

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void read_tables(const char *source)
{
    struct err err;

    text = str_from(source);
    if (markdown_tables(&arena, text, &tables, &err))
        fail_msg("%s", err.text);
}

/* The cells as "a|b|c". */
static void check_cells(const struct md_cell *cells, size_t columns, const char *expected)
{
    struct buf buf;

    buf_init(&buf, 10000);
    for (size_t i = 0; i < columns; i++) {
        if (i)
            buf_add_char(&buf, '|');
        buf_add_str(&buf, cells[i].text);
    }
    assert_string_equal(buf_str(&buf).ptr, expected);
    buf_release(&buf);
}

static void check_header(
    size_t table, uint64_t line, bool glued, const char *heading, const char *cells)
{
    const struct md_table *t = &tables.ptr[table];

    assert_true(table < tables.count);
    check_cells(t->header, t->columns, cells);
    assert_int_equal(t->line, line);
    assert_int_equal(t->glued, glued);
    assert_true(str_eq(t->heading, str_from(heading)));
}

static void check_row(size_t table, size_t row, uint64_t line, const char *cells)
{
    const struct md_table *t = &tables.ptr[table];

    assert_true(row < t->rows);
    check_cells(t->cells + row * t->columns, t->columns, cells);
    assert_int_equal(t->row_lines[row], line);
}

/* The bytes of the source that the cell spans. */
static void check_span(const struct md_cell *cell, const char *expected)
{
    struct str got = str_slice(text, cell->at, cell->at + cell->len);

    assert_true(str_eq(got, str_from(expected)));
}

/* ---- tables as they should be ---- */

static void test_none(void **state)
{
    (void)state;
    read_tables("");
    assert_int_equal(tables.count, 0);
    read_tables("# Heading\n\na | b\n\n- x\n");
    assert_int_equal(tables.count, 0);
    read_tables("Heading\n---\ntext\n");
    assert_int_equal(tables.count, 0);
}

static void test_plain(void **state)
{
    (void)state;
    read_tables("# Speed\n\n| Model | tok/s |\n| --- | ---: |\n| alpha | 71.5 |\n| beta | 64 |\n");
    assert_int_equal(tables.count, 1);
    assert_int_equal(tables.ptr[0].columns, 2);
    assert_int_equal(tables.ptr[0].rows, 2);
    check_header(0, 3, false, "Speed", "Model|tok/s");
    check_row(0, 0, 5, "alpha|71.5");
    check_row(0, 1, 6, "beta|64");
    check_span(&tables.ptr[0].header[1], "tok/s");
    check_span(&tables.ptr[0].cells[1], "71.5");
    assert_int_equal(tables.ptr[0].cells[1].at, 52);
}

static void test_without_outer_pipes(void **state)
{
    (void)state;
    read_tables("a | b\n--- | :-:\n1 | 2\n");
    check_header(0, 1, false, "", "a|b");
    check_row(0, 0, 3, "1|2");
}

static void test_markup(void **state)
{
    const struct md_cell *cells;

    (void)state;
    read_tables("|a|b|c|d|e|f|g|\n|-|-|-|-|-|-|-|\n"
                "| **1.5** | `x|y` | [text](http://u) | ~~old~~ _new_ | a \\| b | &plusmn;2 &deg;C "
                "| x<br>y |\n");
    cells = tables.ptr[0].cells;
    /* md4c lets a pipe in a code span pass, unlike GFM. */
    check_row(0, 0, 3,
        "1.5|x|y|text|old new|a | b|\xc2\xb1"
        "2 \xc2\xb0"
        "C|x y");
    check_span(&cells[0], "1.5");
    check_span(&cells[1], "x|y");
    check_span(&cells[2], "text");
    check_span(&cells[3], "old~~ _new");
    check_span(&cells[4], "a \\| b");
    check_span(&cells[5], "&plusmn;2 &deg;C");
    check_span(&cells[6], "x<br>y");
}

static void test_empty_cells(void **state)
{
    const struct md_table *t;

    (void)state;
    read_tables("x\n\n| | b | |\n|-|-|-|\n| | | |\n|  | 5 | |\n| 7 |\n");
    t = &tables.ptr[0];
    check_header(0, 3, false, "", "|b|");
    check_row(0, 0, 5, "||");
    check_row(0, 1, 6, "|5|");
    check_row(0, 2, 7, "7||");
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(t->cells[i].len, 0);
        assert_int_equal(t->cells[i].at, 21);
    }
    assert_int_equal(t->header[0].at, 3);
    assert_int_equal(t->header[2].at, t->header[1].at + 1);
}

static void test_only_empty_cells(void **state)
{
    (void)state;
    read_tables("> | |\n> |---|\n\n| a |\n|---|\n\n| | |\n|---|---|\n| | |\n\n| b |\n|---|\n");
    assert_int_equal(tables.count, 2);
    check_header(0, 4, false, "", "a");
    check_header(1, 11, false, "", "b");
}

static void test_ragged(void **state)
{
    (void)state;
    read_tables("| a | b | c |\n|---|---|---|\n| 1 |\n| 1 | 2 | 3 | 4 | 5 |\n");
    check_row(0, 0, 3, "1||");
    check_row(0, 1, 4, "1|2|3");
}

static void test_headings(void **state)
{
    (void)state;
    read_tables(
        "Setext *one*\n===\n\n|a|\n|-|\n\n## ATX `two` ##\n\n|b|\n|-|\n\n|c|\n|-|\n#\n|d|\n|-|\n");
    assert_int_equal(tables.count, 4);
    check_header(0, 4, false, "Setext one", "a");
    check_header(1, 9, false, "ATX two", "b");
    check_header(2, 12, false, "ATX two", "c");
    check_header(3, 15, false, "", "d");
}

/* md4c alone would go on with the table over these. */
static void test_ends_of_tables(void **state)
{
    (void)state;
    read_tables(
        "|a|b|\n|-|-|\n|1|2|\n# One\ntext\n|c|d|\n|-|-|\n|3|4|\n## Two | |\n|e|f|\n|-|-|\n"
        "|5|6|\n```\n|g|h|\n|-|-|\n```\n|i|j|\n|-|-|\n|7|8|\nplain\n\n| k |\n|-|\nrow\n# End\n");
    assert_int_equal(tables.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(tables.ptr[i].rows, 1);
    check_header(1, 6, false, "One", "c|d");
    check_header(2, 10, false, "Two | |", "e|f");
    check_header(3, 17, false, "Two | |", "i|j");
    check_row(4, 0, 24, "row");
}

static void check_lines(const char *source)
{
    read_tables(source);
    check_header(0, 3, false, "h", "a|b");
    check_row(0, 0, 5, "1|2");
    check_row(0, 1, 6, "3|4");
    check_header(1, 8, false, "h", "c");
}

static void test_line_ends(void **state)
{
    (void)state;
    check_lines("# h\n\n|a|b|\n|-|-|\n|1|2|\n|3|4|\n\n|c|\n|-|\n");
    check_lines("# h\r\n\r\n|a|b|\r\n|-|-|\r\n|1|2|\r\n|3|4|\r\n\r\n|c|\r\n|-|\r\n");
    check_lines("# h\r\r|a|b|\r|-|-|\r|1|2|\r|3|4|\r\r|c|\r|-|\r");
    check_lines("# h\n\r|a|b|\r\n|-|-|\r|1|2|\n|3|4|\r\n\r|c|\n|-|");
}

static void test_containers(void **state)
{
    (void)state;
    read_tables(
        "> # q\n> | a | b |\n> |---|---|\n> | 1 | 2 |\n\n- item\n\n  | c |\n  |---|\n  | 3 |\n");
    assert_int_equal(tables.count, 2);
    check_header(0, 2, false, "q", "a|b");
    check_row(0, 0, 4, "1|2");
    check_header(1, 8, false, "q", "c");
    check_row(1, 0, 10, "3");
}

static void test_code_is_no_table(void **state)
{
    (void)state;
    read_tables(
        "```\ntext | a | b |\n|---|---|\n```\n\n~~~ x\n|a|\n|-|\n```\n~~~\n\n    |a|\n    |-|\n");
    assert_int_equal(tables.count, 0);
    read_tables("```\nx\n```\n|a|\n|-|\n");
    check_header(0, 4, false, "", "a");
}

static void test_escapes_and_nul(void **state)
{
    static const char source[] = "| a\\*b | c\0d |\n|---|---|\n";
    struct err err;

    (void)state;
    text = (struct str){source, sizeof source - 1};
    assert_int_equal(markdown_tables(&arena, text, &tables, &err), ERR_NONE);
    check_header(0, 1, false, "",
        "a*b|c\xef\xbf\xbd"
        "d");
    check_span(&tables.ptr[0].header[0], "a\\*b");
}

/* ---- lost line breaks ---- */

static void test_glued_to_bullet(void **state)
{
    (void)state;
    read_tables(
        "# Report - Made: today\n- Model: small\n- DType: float32 | Backend | ms | Notes |\n"
        "| --- | --- | --- |\n| eager | 0.5 | |\n| jit | 0.25 | fast |\n");
    assert_int_equal(tables.count, 1);
    check_header(0, 3, true, "Report - Made: today", "Backend|ms|Notes");
    check_span(&tables.ptr[0].header[0], "Backend");
    check_row(0, 0, 5, "eager|0.5|");
    check_row(0, 1, 6, "jit|0.25|fast");
    check_span(&tables.ptr[0].cells[4], "0.25");
}

static void test_glued_behind_other_pipes(void **state)
{
    (void)state;
    read_tables("- Stack: X 1.0 | Y `a|b` 2 | Z (q) | Name | ms |\n|---|---|\n| a | 1 |\n");
    check_header(0, 1, true, "", "Name|ms");
    read_tables("Stack: X 1.0 | Y 2 | Name | ms\n---|---\na | 1\n");
    check_header(0, 1, true, "", "Name|ms");
    check_row(0, 0, 3, "a|1");
}

static void test_glued_tail(void **state)
{
    (void)state;
    read_tables("Best with q4. | tag | rate |\n| --- | --- |\n| q4 | 76.5 |\n"
                "| q8 | 46.5 | ## Sweep (with q4)\nTop: layers=40, ctx=1024\n- Rate: 78.4\n"
                "- TTFT: 0.1 s Top of all: | layers | ctx | rate |\n| --- | --- | --- |\n"
                "| 40 | 1024 | 78.4 |\n| 60 | 2048 | 78.0 | ## Observations\n- none\n");
    assert_int_equal(tables.count, 2);
    check_header(0, 1, true, "", "tag|rate");
    assert_int_equal(tables.ptr[0].rows, 2);
    check_row(0, 1, 4, "q8|46.5");
    check_header(1, 7, true, "", "layers|ctx|rate");
    assert_int_equal(tables.ptr[1].rows, 2);
    check_row(1, 1, 10, "60|2048|78.0");
}

static void test_header_under_text(void **state)
{
    (void)state;
    read_tables("- one ## Setup\n| Model | Shape |\n| --- | --- |\n| `a` | 4 x 256.\n"
                "| `b` | 2 x 128 ### Results\n| Model | Backend | ms |\n|---|---|---|\n"
                "| `a` | eager | 0.5 |\n| | jit | 0.4 | ## More\n| Model | Backend | ms |\n"
                "|---|---|---|\n| `a` | eager | 0.2 |\n");
    assert_int_equal(tables.count, 3);
    check_header(0, 2, false, "", "Model|Shape");
    assert_int_equal(tables.ptr[0].rows, 2);
    check_row(0, 1, 5, "b|2 x 128 ### Results");
    check_header(1, 6, false, "", "Model|Backend|ms");
    assert_int_equal(tables.ptr[1].rows, 2);
    check_row(1, 1, 9, "|jit|0.4");
    check_header(2, 10, false, "", "Model|Backend|ms");
    check_row(2, 0, 12, "a|eager|0.2");
}

static void test_table_glued_to_last_row(void **state)
{
    (void)state;
    read_tables(
        "| a | b |\n|---|---|\n| 1 | 2 | then | c | d | e |\n|---|---|---|\n| 3 | 4 | 5 |\n");
    assert_int_equal(tables.count, 2);
    assert_int_equal(tables.ptr[0].rows, 1);
    check_row(0, 0, 3, "1|2");
    check_header(1, 3, true, "", "c|d|e");
    check_row(1, 0, 5, "3|4|5");
}

static void test_glued_to_heading(void **state)
{
    (void)state;
    read_tables("## Results | a | b |\n|---|---|\n| 1 | 2 |\n");
    check_header(0, 1, true, "Results", "a|b");
    check_row(0, 0, 3, "1|2");
}

static void test_lone_cr_before_glued(void **state)
{
    (void)state;
    read_tables("text\rmore\r| a | b |\r|---|---|\r| 1 | 2 |\r");
    check_header(0, 3, false, "", "a|b");
    check_row(0, 0, 5, "1|2");
}

static void test_delimiters_as_row(void **state)
{
    (void)state;
    read_tables("| a | b |\n|---|---|\n| 1 | 2 |\n|---|---|\n| 3 | 4 |\n");
    assert_int_equal(tables.count, 1);
    assert_int_equal(tables.ptr[0].rows, 3);
    check_row(0, 1, 4, "---|---");
}

/* One dash is enough; a row of dashes keeps its own; tables in quotes are md4c's alone. */
static void test_short_delimiters(void **state)
{
    (void)state;
    read_tables("| a | b | c |\n|-|:-|-:|\n| - | -- | --- |\n");
    check_header(0, 1, false, "", "a|b|c");
    check_row(0, 0, 3, "-|--|---");
    read_tables("> | a | b |\n> |---|---|\n> x\n> | 1 | 2 |\n");
    assert_int_equal(tables.count, 1);
    assert_int_equal(tables.ptr[0].rows, 0);
    read_tables("<p>\n\n>| a |\n>|---|\n>| q |\n>\n| b |\n|-|\n");
    assert_int_equal(tables.count, 2);
    check_header(1, 7, false, "", "b");
}

static void test_header_wider_than_its_line(void **state)
{
    (void)state;
    /* A header that is too long but begins with a pipe is not glued: its surplus is dropped. */
    read_tables("| a | b | c |\n|---|---|\n| 1 | 2 |\n");
    check_header(0, 1, false, "", "a|b");
}

/* ---- limits, entities ---- */

static void test_limits(void **state)
{
    struct md_tables untouched = {0};
    struct buf buf;
    struct err err;

    (void)state;
    buf_init(&buf, BUF_NO_LIMIT);
    for (int i = 0; i < 100001; i++)
        buf_add_text(&buf, "|a|\n|-|\n\n");
    assert_int_equal(markdown_tables(&arena, buf_str(&buf), &untouched, &err), ERR_LIMIT);
    assert_int_equal(err.code, ERR_LIMIT);
    assert_null(untouched.ptr);
    buf_reset(&buf);
    /* 5,000 columns, 5,000 rows that name one of them. */
    for (int i = 0; i < 5000; i++)
        buf_add_text(&buf, "|a");
    buf_add_char(&buf, '\n');
    for (int i = 0; i < 5000; i++)
        buf_add_text(&buf, "|-");
    for (int i = 0; i < 5000; i++)
        buf_add_text(&buf, "\n|1");
    assert_int_equal(markdown_tables(&arena, buf_str(&buf), &untouched, &err), ERR_LIMIT);
    buf_release(&buf);
}

static void check_entity(const char *entity, const char *expected)
{
    struct buf buf;

    buf_init(&buf, 100);
    md_entity_add(&buf, str_from(entity));
    assert_string_equal(buf_str(&buf).ptr, expected);
    buf_release(&buf);
}

static void test_entities(void **state)
{
    (void)state;
    check_entity("&amp;", "&");
    check_entity("&micro;", "\xc2\xb5");
    check_entity("&Delta;", "\xce\x94");
    check_entity("&delta;", "\xce\xb4");
    check_entity("&#176;", "\xc2\xb0");
    check_entity("&#xB0;", "\xc2\xb0");
    check_entity("&#Xb0;", "\xc2\xb0");
    check_entity("&#0;", "\xef\xbf\xbd");
    check_entity("&#xd800;", "\xef\xbf\xbd");
    check_entity("&#99999999999;", "\xef\xbf\xbd");
    check_entity("&nosuchname;", "&nosuchname;");
}

#define WITH_ARENA(test) cmocka_unit_test_teardown(test, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(test_none),
        WITH_ARENA(test_plain),
        WITH_ARENA(test_without_outer_pipes),
        WITH_ARENA(test_markup),
        WITH_ARENA(test_empty_cells),
        WITH_ARENA(test_only_empty_cells),
        WITH_ARENA(test_ragged),
        WITH_ARENA(test_headings),
        WITH_ARENA(test_ends_of_tables),
        WITH_ARENA(test_line_ends),
        WITH_ARENA(test_containers),
        WITH_ARENA(test_code_is_no_table),
        WITH_ARENA(test_escapes_and_nul),
        WITH_ARENA(test_glued_to_bullet),
        WITH_ARENA(test_glued_behind_other_pipes),
        WITH_ARENA(test_glued_tail),
        WITH_ARENA(test_header_under_text),
        WITH_ARENA(test_table_glued_to_last_row),
        WITH_ARENA(test_glued_to_heading),
        WITH_ARENA(test_lone_cr_before_glued),
        WITH_ARENA(test_delimiters_as_row),
        WITH_ARENA(test_short_delimiters),
        WITH_ARENA(test_header_wider_than_its_line),
        WITH_ARENA(test_limits),
        cmocka_unit_test(test_entities),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
