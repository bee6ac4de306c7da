/*
 * report/render_md.c - the document as Markdown (CommonMark with GitHub's tables).
 *
 * Every cited number's byte offset is noted, and every span of exempt text that holds a digit.
 */
#include "report/escape.h"
#include "report/render.h"

struct md {
    struct document *doc;
    struct buf *out;
    size_t line_start;
    bool in_table;
};

static bool has_digit(const struct buf *buf, size_t from)
{
    for (size_t i = from; i < buf->len; i++)
        if (char_is_digit(buf->ptr[i]))
            return true;
    return false;
}

static void note_exempt(struct md *md, size_t start, enum exempt reason)
{
    struct exempt_span *span;

    if (!has_digit(md->out, start))
        return;
    span = vec_push(&md->doc->exempt);
    *span = (struct exempt_span){start, md->out->len, reason};
}

static void exempt_text(struct md *md, struct str text, enum exempt reason)
{
    size_t start = md->out->len;

    escape_md(md->out, text, start == md->line_start);
    note_exempt(md, start, reason);
}

static void inlines(struct md *md, const struct node *parent)
{
    for (const struct node *node = parent->first; node; node = node->next) {
        size_t start = md->out->len;

        switch (node->kind) {
        case NODE_TEXT:
            escape_md(md->out, node->text, start == md->line_start);
            break;
        case NODE_EXEMPT:
            exempt_text(md, node->text, node->reason);
            break;
        case NODE_CODE:
            escape_md_code(md->out, node->text, md->in_table);
            note_exempt(md, start, node->reason);
            break;
        case NODE_BADGE:
            buf_add_text(md->out, "*(");
            escape_md(md->out, node->text, false);
            buf_add_text(md->out, ")*");
            break;
        case NODE_CITE:
            node->cite->at = start;
            buf_add_str(md->out, node->cite->text);
            break;
        case NODE_STRONG: /* one level: strong text holds no strong text */
            buf_add_text(md->out, "**");
            for (const struct node *child = node->first; child; child = child->next)
                if (child->kind == NODE_EXEMPT)
                    exempt_text(md, child->text, child->reason);
                else if (child->kind == NODE_TEXT)
                    escape_md(md->out, child->text, false);
            buf_add_text(md->out, "**");
            break;
        default:
            break;
        }
    }
}

static void start_line(struct md *md, const char *mark)
{
    buf_add_text(md->out, mark);
    md->line_start = md->out->len;
}

static void heading(struct md *md, const struct node *node)
{
    size_t start;

    start_line(md, node->level == 2 ? "## " : "### ");
    start = md->out->len;
    buf_addf(md->out, "%u", node->number[0]);
    if (node->number[1])
        buf_addf(md->out, ".%u", node->number[1]);
    note_exempt(md, start, EXEMPT_SECTION);
    buf_add_text(md->out, node->number[1] ? " " : ". ");
    inlines(md, node);
    buf_add_text(md->out, "\n\n");
}

static void row(struct md *md, const struct node *node)
{
    start_line(md, "|");
    for (const struct node *cell = node->first; cell; cell = cell->next) {
        buf_add_char(md->out, ' ');
        inlines(md, cell);
        buf_add_text(md->out, " |");
    }
    buf_add_char(md->out, '\n');
}

static void table(struct md *md, const struct node *node)
{
    md->in_table = true;
    for (const struct node *child = node->first; child; child = child->next) {
        row(md, child);
        if (child != node->first)
            continue;
        buf_add_char(md->out, '|');
        for (size_t i = 0; i < node->text.len; i++)
            buf_add_text(md->out, node->text.ptr[i] == 'r' ? " ---: |" : " --- |");
        buf_add_char(md->out, '\n');
    }
    md->in_table = false;
    buf_add_char(md->out, '\n');
}

static void list(struct md *md, const struct node *node)
{
    for (const struct node *item = node->first; item; item = item->next) {
        start_line(md, "- ");
        if (item->kind == NODE_FIGURE) {
            buf_add_text(md->out, "**");
            escape_md(md->out, item->text, false);
            buf_add_text(md->out, ":** ");
        }
        inlines(md, item);
        buf_add_char(md->out, '\n');
    }
    buf_add_char(md->out, '\n');
}

static void paragraph(struct md *md, const struct node *node, const char *mark)
{
    start_line(md, mark);
    inlines(md, node);
    buf_add_text(md->out, "\n\n");
}

/* One block; the blocks inside a NODE_DETAILS follow it in the walk below. */
static void block(struct md *md, const struct node *node)
{
    switch (node->kind) {
    case NODE_TITLE:
        paragraph(md, node, "# ");
        break;
    case NODE_HEADING:
        heading(md, node);
        break;
    case NODE_PARAGRAPH:
        paragraph(md, node, "");
        break;
    case NODE_NOTICE:
        paragraph(md, node, "> **Note:** ");
        break;
    case NODE_LIST:
    case NODE_FIGURES:
        list(md, node);
        break;
    case NODE_TABLE:
        table(md, node);
        break;
    case NODE_DETAILS:
        start_line(md, "**");
        escape_md(md->out, node->text, false);
        if (node->name.len)
            buf_add_char(md->out, ' ');
        exempt_text(md, node->name, EXEMPT_NAME);
        buf_add_text(md->out, "**\n\n");
        break;
    default:
        break;
    }
}

enum err_code render_md(struct document *doc, struct buf *out, struct err *err)
{
    struct md md = {doc, out, out->len, false};
    enum err_code code = document_check(doc, err);

    if (code)
        return code;
    doc->exempt.len = 0;
    for (const struct node *node = doc->root->first; node; node = node->next) {
        block(&md, node);
        for (const struct node *child = node->kind == NODE_DETAILS ? node->first : NULL; child;
             child = child->next)
            block(&md, child);
    }
    while (out->len && out->ptr[out->len - 1] == '\n')
        out->len--;
    buf_add_char(out, '\n');
    if (out->full)
        return err_set(err, ERR_LIMIT, "the Markdown report is larger than its limit");
    return ERR_NONE;
}
