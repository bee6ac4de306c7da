/* report/document.c - building the tree, and the law that every number is a citation. */
#include "report/document.h"

#include "base/num.h"

const char *exempt_name(enum exempt reason)
{
    static const char *const NAMES[] = {"section number", "ordinal", "date", "name", "path",
        "percentile name", "method", "version", "quotation", "axis tick"};

    return NAMES[reason];
}

void document_init(struct document *doc)
{
    *doc = (struct document){0};
    arena_init(&doc->arena);
    doc->root = doc->at = arena_new(&doc->arena, struct node);
    doc->root->kind = NODE_ROOT;
}

void document_release(struct document *doc)
{
    vec_release(&doc->cites);
    vec_release(&doc->exempt);
    arena_release(&doc->arena);
    *doc = (struct document){0};
}

static struct node *add(struct document *doc, enum node_kind kind)
{
    struct node *node = arena_new(&doc->arena, struct node), *parent = doc->at;

    node->kind = kind;
    node->parent = parent;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

struct node *doc_open(struct document *doc, enum node_kind kind)
{
    return doc->at = add(doc, kind);
}

void doc_close(struct document *doc)
{
    if (doc->at->parent)
        doc->at = doc->at->parent;
}

void doc_open_details(struct document *doc, const char *words, struct str name)
{
    struct node *node = doc_open(doc, NODE_DETAILS);

    node->text = arena_copy(&doc->arena, str_from(words));
    node->name = arena_copy(&doc->arena, name);
}

void doc_text(struct document *doc, const char *words)
{
    add(doc, NODE_TEXT)->text = arena_copy(&doc->arena, str_from(words));
}

void doc_exempt(struct document *doc, enum exempt reason, struct str text)
{
    struct node *node = add(doc, NODE_EXEMPT);

    node->text = arena_copy(&doc->arena, text);
    node->reason = reason;
}

void doc_code(struct document *doc, enum exempt reason, struct str text)
{
    struct node *node = add(doc, NODE_CODE);

    node->text = arena_copy(&doc->arena, text);
    node->reason = reason;
}

void doc_badge(struct document *doc, const char *words)
{
    add(doc, NODE_BADGE)->text = arena_copy(&doc->arena, str_from(words));
}

void doc_cite(struct document *doc, const struct cite *cite)
{
    struct cite *copy = arena_new(&doc->arena, struct cite);

    *copy = *cite;
    copy->text = arena_copy(&doc->arena, cite->text);
    add(doc, NODE_CITE)->cite = copy;
}

void doc_heading(struct document *doc, int level, const char *words)
{
    struct node *node = doc_open(doc, NODE_HEADING);

    if (level == 2) {
        doc->section++;
        doc->subsection = 0;
    } else {
        doc->subsection++;
    }
    node->level = level;
    node->number[0] = doc->section;
    node->number[1] = level == 2 ? 0 : doc->subsection;
    doc_text(doc, words);
    doc_close(doc);
}

void doc_paragraph(struct document *doc, const char *words)
{
    doc_open(doc, NODE_PARAGRAPH);
    doc_text(doc, words);
    doc_close(doc);
}

void doc_cell(struct document *doc, const char *words)
{
    doc_open(doc, NODE_CELL);
    doc_text(doc, words);
    doc_close(doc);
}

void doc_cell_exempt(struct document *doc, enum exempt reason, struct str text)
{
    doc_open(doc, NODE_CELL);
    doc_exempt(doc, reason, text);
    doc_close(doc);
}

static enum err_code check_words(struct str words, struct err *err)
{
    for (size_t i = 0; i < words.len; i++)
        if (char_is_digit(words.ptr[i]))
            return err_set(err, ERR_BUG, "the report holds a number without a citation: \"%.*s\"",
                (int)(words.len < 300 ? words.len : 300), words.ptr);
    return ERR_NONE;
}

/* Numbers are written plainly: no sign but minus, no grouping; what is not finite has no text. */
static enum err_code check_cite(const struct cite *cite, struct err *err)
{
    double value;

    if (!cite->text.len || !num_parse(cite->text, &value) ||
        !(char_is_digit(cite->text.ptr[0]) || cite->text.ptr[0] == '-'))
        return err_set(err, ERR_BUG, "a citation whose text is no number: \"%.*s\"",
            (int)(cite->text.len < 300 ? cite->text.len : 300), cite->text.ptr);
    if (!cite->formula || !cite->statistic || !cite->operands)
        return err_set(err, ERR_BUG, "the number %.*s stands on nothing", STR_ARG(cite->text));
    return ERR_NONE;
}

static enum err_code check_node(struct document *doc, struct node *node, struct err *err)
{
    enum err_code code;

    if (node->kind == NODE_TEXT || node->kind == NODE_BADGE || node->kind == NODE_DETAILS ||
        node->kind == NODE_FIGURE)
        return check_words(node->text, err);
    if (node->kind != NODE_CITE)
        return ERR_NONE;
    code = check_cite(node->cite, err);
    if (code)
        return code;
    *vec_push(&doc->cites) = node->cite;
    node->cite->id = (unsigned)doc->cites.len;
    if (!node->cite->operands->first_id)
        node->cite->operands->first_id = node->cite->id;
    return ERR_NONE;
}

/* The next node in the order of the document; no recursion, the tree may be large. */
static struct node *next_of(struct node *node)
{
    if (node->first)
        return node->first;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

enum err_code document_check(struct document *doc, struct err *err)
{
    for (size_t i = 0; i < doc->cites.len; i++)
        doc->cites.ptr[i]->operands->first_id = 0;
    doc->cites.len = 0;
    for (struct node *node = doc->root; node; node = next_of(node)) {
        enum err_code code = check_node(doc, node, err);

        if (code)
            return code;
    }
    return ERR_NONE;
}
