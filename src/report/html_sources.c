/*
 * report/html_sources.c - the list at the end of the page: behind every number its formula and the
 * places in files that it was computed from. Numbers with the same sources share an entry.
 */
#include "report/escape.h"
#include "report/render.h"
#include "report/sections.h"

enum { SHOWN_MAX = 20, TEXT_MAX = 120 };

/* The citations of one struct operands, as a linked list through an array. */
struct chain {
    size_t *next; /* [cites]: index of the next with the same operands + 1, 0 = last */
    size_t *last; /* [cites]: of the first one: index of the last so far */
};

static void add_path(struct buf *out, const struct factset *set, const struct artifact *artifact)
{
    struct arena arena;

    arena_init(&arena);
    buf_add_text(out, "<code>");
    escape_html(out, wording_path(&arena, set, artifact->root, artifact->path));
    buf_add_text(out, "</code>");
    arena_release(&arena);
}

static void add_quote(struct buf *out, struct str text)
{
    size_t keep = TEXT_MAX;

    if (text.len > keep)
        while (keep && ((unsigned char)text.ptr[keep] & 0xc0) == 0x80)
            keep--;
    buf_add_text(out, ": <code>");
    escape_html(out, str_slice(text, 0, text.len > keep ? keep : text.len));
    buf_add_text(out, text.len > keep ? "\xe2\x80\xa6</code>" : "</code>");
}

static void add_place(struct buf *out, const struct fact *fact)
{
    struct buf pointer;

    buf_init(&pointer, BUF_NO_LIMIT);
    if (fact_row_number(fact))
        buf_addf(out, " row %u", fact_row_number(fact));
    if (fact_column(fact).len) {
        buf_add_text(out, " column ");
        escape_html(out, fact_column(fact));
    }
    if (fact_pointer(fact, &pointer)) {
        buf_add_text(out, " ");
        escape_html(out, buf_str(&pointer));
    }
    buf_release(&pointer);
}

/* The file's name is written where it changes only. */
static void add_operand(
    struct buf *out, const struct operands *operands, size_t i, const struct artifact **file)
{
    size_t at = operands->index ? operands->index[i] : i;
    const struct fact *fact;
    struct failure_mark mark;

    if (operands->kind == OPERANDS_FILES) {
        add_path(out, operands->set, operands->set->artifacts[at]);
        return;
    }
    fact = &operands->pool[at];
    if (fact->artifact != *file)
        add_path(out, operands->set, fact->artifact);
    *file = fact->artifact;
    if (operands->kind == OPERANDS_MARKS && fact_failure(fact, &mark)) {
        if (fact_row_number(fact))
            buf_addf(out, " row %u", fact_row_number(fact));
        buf_addf(out, " byte %llu", (unsigned long long)mark.offset);
        add_quote(out, mark.text);
        return;
    }
    add_place(out, fact);
    buf_addf(out, " byte %llu", (unsigned long long)fact_offset(fact));
    add_quote(out, fact->text);
}

static void add_list(struct buf *out, const struct operands *operands)
{
    size_t shown = operands->count < SHOWN_MAX ? operands->count : SHOWN_MAX;
    const struct artifact *file = NULL;

    buf_addf(out, "<details><summary>%zu sources</summary><ul>\n", operands->count);
    for (size_t i = 0; i < shown; i++) {
        buf_add_text(out, "<li>");
        add_operand(out, operands, i, &file);
        buf_add_text(out, "</li>\n");
    }
    if (shown < operands->count)
        buf_addf(
            out, "<li>and %zu more: report.facts.jsonl has all</li>\n", operands->count - shown);
    buf_add_text(out, "</ul></details>");
}

static void add_operands(struct buf *out, const struct operands *operands)
{
    const struct artifact *file = NULL;

    if (operands->kind == OPERANDS_NONE) {
        buf_add_text(out, "<p>measured by this run itself</p>");
    } else if (operands->count == 0) {
        buf_add_text(out, "<p>nothing of the kind was found</p>");
    } else if (operands->count == 1) {
        buf_add_text(out, "<p>");
        add_operand(out, operands, 0, &file);
        buf_add_text(out, "</p>");
    } else {
        add_list(out, operands);
    }
}

static void add_about(struct buf *out, const struct cite *cite)
{
    if (!cite->metric.len && !cite->subject_count)
        return;
    buf_add_text(out, "<span class=\"about\">");
    escape_html(out, cite->metric);
    for (size_t i = 0; i < cite->subject_count; i++) {
        buf_add_text(out, i || cite->metric.len ? ", " : "");
        escape_html(out, cite->subject[i].key);
        buf_add_text(out, "=");
        escape_html(out, cite->subject[i].value);
    }
    buf_add_text(out, "</span> ");
}

static void add_number(struct buf *out, const struct cite *cite)
{
    buf_addf(out, "<span class=\"num\" id=\"n%u\"><a href=\"#c%u\">", cite->id, cite->id);
    escape_html(out, cite->text);
    buf_add_text(out, "</a> <i>");
    escape_html(out, str_from(cite->formula));
    buf_add_text(out, "</i></span>");
}

static void find_chains(const struct document *doc, struct chain *ret)
{
    for (size_t i = 0; i < doc->cites.len; i++) {
        const struct cite *cite = doc->cites.ptr[i];
        size_t first = cite->operands->first_id - 1;

        ret->last[i] = i;
        if (first == i)
            continue;
        ret->next[ret->last[first]] = i + 1;
        ret->last[first] = i;
    }
}

void html_sources(const struct document *doc, struct buf *out)
{
    struct arena arena;
    struct chain chain;

    arena_init(&arena);
    chain.next = arena_array(&arena, doc->cites.len + 1, size_t);
    chain.last = arena_array(&arena, doc->cites.len + 1, size_t);
    find_chains(doc, &chain);
    buf_add_text(out, "<section><h2 id=\"sources\">Sources</h2>\n<p>What each number of this "
                      "report was computed from: file, place, byte, and the text as written there. "
                      "A number leads back to where it is used.</p>\n");
    for (size_t i = 0; i < doc->cites.len; i++) {
        const struct cite *cite = doc->cites.ptr[i];

        if (cite->operands->first_id != cite->id)
            continue;
        buf_add_text(out, "<div class=\"src\"><p>");
        add_about(out, cite);
        for (size_t k = i + 1; k; k = chain.next[k - 1])
            add_number(out, doc->cites.ptr[k - 1]);
        buf_add_text(out, "</p>");
        add_operands(out, cite->operands);
        buf_add_text(out, "</div>\n");
    }
    buf_add_text(out, "</section>\n");
    arena_release(&arena);
}
