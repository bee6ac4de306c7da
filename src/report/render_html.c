/* report/render_html.c - the document as one HTML page. Escaping is the default. */
#include "report/chart_svg.h"
#include "report/escape.h"
#include "report/html_page.h"
#include "report/render.h"

static void cite(struct buf *out, const struct cite *cite)
{
    buf_addf(out, "<a class=\"n\" id=\"c%u\" href=\"#n%u\" title=\"", cite->id, cite->id);
    escape_html(out, str_from(cite->formula));
    buf_add_text(out, "\">");
    escape_html(out, cite->text);
    buf_add_text(out, "</a>");
}

static void wrapped(struct buf *out, const char *open, struct str text, const char *close)
{
    buf_add_text(out, open);
    escape_html(out, text);
    buf_add_text(out, close);
}

static void inlines(struct buf *out, const struct node *parent)
{
    for (const struct node *node = parent->first; node; node = node->next) {
        switch (node->kind) {
        case NODE_TEXT:
            escape_html(out, node->text);
            break;
        case NODE_EXEMPT:
            wrapped(out, node->reason == EXEMPT_DATE ? "<span class=\"d\">" : "", node->text,
                node->reason == EXEMPT_DATE ? "</span>" : "");
            break;
        case NODE_CODE:
            wrapped(out, "<code>", node->text, "</code>");
            break;
        case NODE_BADGE:
            wrapped(out, "<span class=\"badge\">", node->text, "</span>");
            break;
        case NODE_CITE:
            cite(out, node->cite);
            break;
        case NODE_STRONG: /* one level: strong text holds no strong text */
            buf_add_text(out, "<strong>");
            for (const struct node *child = node->first; child; child = child->next)
                if (child->kind == NODE_EXEMPT || child->kind == NODE_TEXT)
                    escape_html(out, child->text);
            buf_add_text(out, "</strong>");
            break;
        default:
            break;
        }
    }
}

static void heading_number(struct buf *out, const struct node *node, char join)
{
    buf_addf(out, "%u", node->number[0]);
    if (node->number[1])
        buf_addf(out, "%c%u", join, node->number[1]);
}

static void heading(struct buf *out, const struct node *node)
{
    buf_addf(out, "<h%d id=\"s", node->level);
    heading_number(out, node, '-');
    buf_add_text(out, "\"><span class=\"no\">");
    heading_number(out, node, '.');
    buf_add_text(out, "</span>");
    inlines(out, node);
    buf_addf(out, "</h%d>\n", node->level);
}

static void row(struct buf *out, const struct node *node, struct str columns, const char *cell_tag)
{
    size_t i = 0;

    buf_add_text(out, "<tr>");
    for (const struct node *cell = node->first; cell; cell = cell->next, i++) {
        bool right = i < columns.len && columns.ptr[i] == 'r';

        buf_addf(out, "<%s%s>", cell_tag, right ? " class=\"r\"" : "");
        inlines(out, cell);
        buf_addf(out, "</%s>", cell_tag);
    }
    buf_add_text(out, "</tr>\n");
}

static void table(struct buf *out, const struct node *node)
{
    buf_add_text(out, "<div class=\"box\" tabindex=\"0\"><table>\n<thead>");
    for (const struct node *child = node->first; child; child = child->next) {
        bool head = child == node->first;

        row(out, child, node->text, head ? "th" : "td");
        if (head)
            buf_add_text(out, "</thead>\n<tbody>");
    }
    buf_add_text(out, "</tbody>\n</table></div>\n");
}

static void list(struct buf *out, const struct node *node)
{
    buf_add_text(out, "<ul>\n");
    for (const struct node *item = node->first; item; item = item->next) {
        buf_add_text(out, "<li>");
        inlines(out, item);
        buf_add_text(out, "</li>\n");
    }
    buf_add_text(out, "</ul>\n");
}

static void figures(struct buf *out, const struct node *node)
{
    buf_add_text(out, "<dl class=\"figures\">\n");
    for (const struct node *item = node->first; item; item = item->next) {
        wrapped(out, "<dt>", item->text, "</dt><dd>");
        inlines(out, item);
        buf_add_text(out, "</dd>\n");
    }
    buf_add_text(out, "</dl>\n");
}

/* Where the sections are; behind the head of the report. */
static void contents(struct buf *out, const struct document *doc)
{
    buf_add_text(out, "<nav aria-label=\"Contents\"><ol>\n");
    for (const struct node *node = doc->root->first; node; node = node->next)
        if (node->kind == NODE_HEADING && node->level == 2) {
            buf_addf(out, "<li><a href=\"#s%u\">", node->number[0]);
            inlines(out, node);
            buf_add_text(out, "</a></li>\n");
        }
    buf_add_text(out, "<li><a href=\"#sources\">Sources</a></li>\n</ol></nav>\n");
}

static void enclosed(struct buf *out, const char *open, const struct node *node, const char *close)
{
    buf_add_text(out, open);
    inlines(out, node);
    buf_add_text(out, close);
}

static void block(struct buf *out, const struct node *node)
{
    switch (node->kind) {
    case NODE_TITLE:
        enclosed(out, "<h1>", node, "</h1>\n");
        break;
    case NODE_HEADING:
        heading(out, node);
        break;
    case NODE_PARAGRAPH:
        enclosed(out, "<p>", node, "</p>\n");
        break;
    case NODE_NOTICE:
        enclosed(out, "<p class=\"notice\">", node, "</p>\n");
        break;
    case NODE_LIST:
        list(out, node);
        break;
    case NODE_FIGURES:
        figures(out, node);
        break;
    case NODE_TABLE:
        table(out, node);
        break;
    case NODE_CHART:
        chart_svg(out, node->chart);
        break;
    default:
        break;
    }
}

static void details(struct buf *out, const struct node *node)
{
    wrapped(out, "<details><summary>", node->text, node->name.len ? " " : "");
    wrapped(out, "", node->name, "</summary>\n");
    for (const struct node *child = node->first; child; child = child->next)
        block(out, child);
    buf_add_text(out, "</details>\n");
}

enum err_code render_html(struct document *doc, struct str title, struct buf *out, struct err *err)
{
    enum err_code code = document_check(doc, err);
    bool listed = false;

    if (code)
        return code;
    html_page_begin(out, title);
    for (const struct node *node = doc->root->first; node; node = node->next) {
        if (!listed && node->kind == NODE_HEADING) {
            contents(out, doc);
            listed = true;
        }
        if (node->kind == NODE_DETAILS)
            details(out, node);
        else
            block(out, node);
    }
    html_sources(doc, out);
    html_page_end(out);
    if (out->full)
        return err_set(err, ERR_LIMIT, "the HTML report is larger than its limit");
    return ERR_NONE;
}
