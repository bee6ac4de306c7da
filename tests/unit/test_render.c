/* tests/unit/test_render.c - escaping, offsets, the page's policy, the ledger's lines. */
#include "report_build.h"

#include "codec/encoding.h"
#include "report/escape.h"
#include "report/render.h"

static struct buf out;

static int set_up(void **state)
{
    (void)state;
    buf_init(&out, BUF_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_release(&out);
    return 0;
}

static void check_html(struct str s, const char *want)
{
    buf_reset(&out);
    escape_html(&out, s);
    assert_text(buf_str(&out), want);
}

static void check_md(struct str s, bool at_start, const char *want)
{
    buf_reset(&out);
    escape_md(&out, s, at_start);
    assert_text(buf_str(&out), want);
}

TEST(escapes_html)
{
    check_html(STR("<script>alert('x' & \"y\")</script>"),
        "&lt;script&gt;alert(&apos;x&apos; &amp; &quot;y&quot;)&lt;/script&gt;");
    check_html(STR("a\nb\tc\rd"), "a b c d");
    check_html(STR("\x01\x1b[31m\x7f"), "\xef\xbf\xbd\xef\xbf\xbd[31m\xef\xbf\xbd");
    check_html(STR("\xff\xc3("), "\xef\xbf\xbd\xef\xbf\xbd(");
    check_html(STR("\xe2\x80\xae"
                   "cba"),
        "\xef\xbf\xbd"
        "cba"); /* right-to-left override */
    check_html(STR("caf\xc3\xa9"), "caf\xc3\xa9");
    check_html(((struct str){"a\0b", 3}), "a\xef\xbf\xbd"
                                          "b");
}

TEST(escapes_markdown)
{
    check_md(STR("<script>"), false, "&lt;script&gt;");
    check_md(STR("a|b `c` *d* [e](f) \\"), false, "a\\|b \\`c\\` \\*d\\* \\[e\\](f) \\\\");
    check_md(STR("num_ctx _x_"), false, "num_ctx \\_x\\_");
    check_md(STR("# no heading"), true, "\\# no heading");
    check_md(STR("a # b - c"), true, "a # b - c");
    check_md(STR("12. no list"), true, "12\\. no list");
    check_md(STR("12.5"), false, "12.5");
    check_md(STR("line\n\n# two"), false, "line  # two");
    check_md(STR("\xff\x02"), false, "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(escapes_markdown_code)
{
    buf_reset(&out);
    escape_md_code(&out, STR("a`b|c"), true);
    assert_text(buf_str(&out), "``a`b\\|c``");
    buf_reset(&out);
    escape_md_code(&out, STR("`x"), false);
    assert_text(buf_str(&out), "`` `x ``");
    buf_reset(&out);
    escape_md_code(&out, STR(""), false);
    assert_text(buf_str(&out), "`  `");
}

/* Nothing that is escaped may hold a digit or a bracket that was not there. */
TEST(survives_random_bytes)
{
    uint64_t seed = 77;
    char bytes[64];

    for (int turn = 0; turn < 2000; turn++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (char)next_random(&seed);
            if (char_is_digit(bytes[i]))
                bytes[i] = '<';
        }
        buf_reset(&out);
        escape_html(&out, (struct str){bytes, sizeof bytes});
        escape_md(&out, (struct str){bytes, sizeof bytes}, true);
        assert_true(utf8_valid(buf_str(&out)));
        for (size_t i = 0; i < out.len; i++) {
            assert_false(char_is_digit(out.ptr[i]));
            assert_true(out.ptr[i] != '<' && out.ptr[i] != '>' && out.ptr[i] != '\n');
        }
    }
}

TEST(both_renderers_refuse_an_uncited_digit)
{
    struct document doc;
    struct err err = {0};

    document_init(&doc);
    doc_paragraph(&doc, "half of 8");
    assert_int_equal(render_md(&doc, &out, &err), ERR_BUG);
    assert_non_null(strstr(err.text, "half of 8"));
    assert_int_equal(render_html(&doc, STR("t"), &out, &err), ERR_BUG);
    assert_int_equal(out.len, 0);
    document_release(&doc);
}

/* ---- a whole report */

struct report {
    struct factset set;
    struct gathered gathered;
    struct document doc;
    struct report_input input;
};

static void make_report(struct report *report)
{
    *report = (struct report){.input = {.fixed_date = true, .title = STR("<i>1</i>")}};
    make_report_set(&report->set);
    gather_all(&report->set, &report->gathered);
    document_init(&report->doc);
    summary_build(&report->doc, &report->input, &report->gathered);
}

static void release_report(struct report *report)
{
    document_release(&report->doc);
    gathered_release(&report->gathered);
    factset_release(&report->set);
}

static bool is_covered(const struct document *doc, size_t at)
{
    for (size_t i = 0; i < doc->cites.len; i++)
        if (at >= doc->cites.ptr[i]->at && at < doc->cites.ptr[i]->at + doc->cites.ptr[i]->text.len)
            return true;
    for (size_t i = 0; i < doc->exempt.len; i++)
        if (at >= doc->exempt.ptr[i].start && at < doc->exempt.ptr[i].end)
            return true;
    return false;
}

TEST(every_digit_is_cited_or_exempt)
{
    struct report report;
    struct err err = {0};

    make_report(&report);
    assert_int_equal(render_md(&report.doc, &out, &err), ERR_NONE);
    for (size_t i = 0; i < report.doc.cites.len; i++) {
        const struct cite *cite = report.doc.cites.ptr[i];

        assert_true(
            str_eq(str_slice(buf_str(&out), cite->at, cite->at + cite->text.len), cite->text));
    }
    for (size_t i = 0; i < out.len; i++)
        assert_true(!char_is_digit(out.ptr[i]) || is_covered(&report.doc, i));
    assert_true(report.doc.cites.len > 40);
    release_report(&report);
}

TEST(markup_in_data_stays_text)
{
    struct report report;
    struct err err = {0};
    struct str page;

    make_report(&report);
    assert_int_equal(render_html(&report.doc, STR("<i>1</i>"), &out, &err), ERR_NONE);
    page = buf_str(&out);
    assert_true(str_find(page, STR("default-src 'none'; style-src 'unsafe-inline'"), 0) < 1000);
    assert_true(str_find(page, STR("<b>"), 0) == SIZE_MAX);
    assert_true(str_find(page, STR("<i>1"), 0) == SIZE_MAX);
    assert_true(str_find(page, STR("<script"), 0) == SIZE_MAX);
    assert_true(str_find(page, STR("tag=&lt;b&gt;|`x`"), 0) != SIZE_MAX);
    assert_true(str_find(page, STR("http:"), 0) == SIZE_MAX);
    assert_true(str_find(page, STR("href=\"#n1\""), 0) != SIZE_MAX);
    assert_true(str_find(page, STR("id=\"n1\""), 0) != SIZE_MAX);
    buf_reset(&out);
    assert_int_equal(render_md(&report.doc, &out, &err), ERR_NONE);
    assert_true(str_find(buf_str(&out), STR("tag=&lt;b&gt;\\|\\`x\\`"), 0) != SIZE_MAX);
    release_report(&report);
}

TEST(cold_and_failed_rows_enter_no_median)
{
    struct report report;
    struct err err = {0};

    make_report(&report);
    assert_int_equal(render_md(&report.doc, &out, &err), ERR_NONE);
    /* n, median, min, max of the two warm rows; failed; cold n and median */
    assert_true(str_find(buf_str(&out), STR("| 2 | 21.00 | 20.50 | 21.50 | 1 | 1 | 12.25 |"), 0) !=
                SIZE_MAX);
    assert_true(str_find(buf_str(&out), STR("*(one run each)*"), 0) != SIZE_MAX);
    release_report(&report);
}

static bool add_line(void *ctx, struct str line)
{
    (void)ctx;
    buf_add_str(&out, line);
    return true;
}

static bool refuse_line(void *ctx, struct str line)
{
    (void)ctx;
    (void)line;
    return false;
}

TEST(ledger_has_a_line_for_each_number)
{
    struct report report;
    struct err err = {0};
    struct str rest, line;
    size_t lines = 0, shared = 0;

    make_report(&report);
    assert_int_equal(render_md(&report.doc, &out, &err), ERR_NONE);
    buf_reset(&out);
    assert_int_equal(
        ledger_write(&report.doc, &report.set, "report.md", add_line, NULL, &err), ERR_NONE);
    rest = buf_str(&out);
    while ((line = str_next(&rest, '\n')).ptr && line.len) {
        lines++;
        shared += str_find(line, STR("\"operands_of\":\"n"), 0) != SIZE_MAX;
    }
    assert_int_equal(lines, report.doc.cites.len + 1);
    assert_true(shared > 10);
    assert_true(str_starts(buf_str(&out), STR("{\"schema\":\"chimera.ledger/1\"")));
    assert_true(str_find(buf_str(&out), STR("\"text\":\"timed out\""), 0) != SIZE_MAX);
    assert_int_equal(
        ledger_write(&report.doc, &report.set, "report.md", refuse_line, NULL, &err), ERR_IO);
    release_report(&report);
}

TEST(an_empty_set_gives_a_report)
{
    struct report report = {.input = {.fixed_date = true}};
    struct err err = {0};

    factset_init(&report.set);
    gather_all(&report.set, &report.gathered);
    document_init(&report.doc);
    summary_build(&report.doc, &report.input, &report.gathered);
    assert_int_equal(render_md(&report.doc, &out, &err), ERR_NONE);
    assert_int_equal(render_html(&report.doc, STR("t"), &out, &err), ERR_NONE);
    release_report(&report);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(escapes_html),
        CASE(escapes_markdown),
        CASE(escapes_markdown_code),
        CASE(survives_random_bytes),
        CASE(both_renderers_refuse_an_uncited_digit),
        CASE(every_digit_is_cited_or_exempt),
        CASE(markup_in_data_stays_text),
        CASE(cold_and_failed_rows_enter_no_median),
        CASE(ledger_has_a_line_for_each_number),
        CASE(an_empty_set_gives_a_report),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
