/*
 * report/document.h - a report as a tree: blocks, and inline content that is text or a citation.
 *
 * The law of the house: no number reaches a report except as a citation of facts. doc_text() takes
 * words only; a digit in it is ERR_BUG when the document is rendered. Digits that state nothing
 * (section numbers, dates, names, quoted text) enter by doc_exempt(), which names the reason; the
 * ledger lists their places.
 *
 * The tree is built with a cursor: doc_open() goes one level down, doc_close() up. Everything lives
 * in the document's arena except what citations stand on (borrowed until the last rendering).
 */
#ifndef CHIMERA_REPORT_DOCUMENT_H
#define CHIMERA_REPORT_DOCUMENT_H

#include "base/arena.h"
#include "base/vec.h"
#include "fact/factset.h"

enum operand_kind {
    OPERANDS_NONE,  /* formula "run": measured by this run itself */
    OPERANDS_FACTS, /* the bytes of facts */
    OPERANDS_MARKS, /* the marks of failure of facts (the fact itself where there is none) */
    OPERANDS_FILES, /* whole artifacts */
};

/*
 * What a number was computed from: facts pool[index[i]], or artifacts number index[i] of the fact
 * set. Citations that point to the same struct operands share its lines in the ledger.
 */
struct operands {
    enum operand_kind kind;
    const struct fact *pool;
    const struct factset *set;
    const uint32_t *index; /* NULL: i itself */
    size_t count;
    unsigned
        first_id; /* set by document_check(): the first citation that stands on them; 0 = none */
};

struct pair {
    struct str key, value;
};

/* A number of the report: `text` is `value * print_scale` rounded to the digits written. */
struct cite {
    struct str text;
    double value;
    double print_scale; /* 1 = printed in `unit` */
    const char *unit;   /* of value: a base unit; NULL or "-" = none */
    struct str metric;  /* empty = a count of files, rows, bytes */
    const struct pair *subject;
    size_t subject_count;
    const char *statistic, *formula;
    struct operands *operands;
    unsigned id; /* set by document_check(): 1, 2, ... in the order of the document */
    uint64_t at; /* set by render_md(): byte offset of text in the Markdown */
};

enum exempt {
    EXEMPT_SECTION,    /* number of a section or a table */
    EXEMPT_ORDINAL,    /* 1st, 2nd; a list's own numbers */
    EXEMPT_DATE,       /* a date or a time of day */
    EXEMPT_NAME,       /* model, metric, format, configuration value: an identifier */
    EXEMPT_PATH,       /* a file, and a line in it */
    EXEMPT_PERCENTILE, /* p95 */
    EXEMPT_METHOD,     /* a constant of the method: a level, the n that an interval needs */
    EXEMPT_VERSION,
    EXEMPT_QUOTE, /* the words of a file or of a message, quoted */
    EXEMPT_AXIS,  /* an axis tick of a chart */
};

const char *exempt_name(enum exempt reason);

enum node_kind {
    NODE_ROOT,
    NODE_TITLE,
    NODE_HEADING, /* numbered by the document */
    NODE_PARAGRAPH,
    NODE_LIST,
    NODE_ITEM,
    NODE_FIGURES, /* the few numbers at the head of a report */
    NODE_FIGURE,  /* label (`text`): inline content */
    NODE_TABLE,   /* its first row is the header */
    NODE_ROW,
    NODE_CELL,
    NODE_DETAILS, /* collapsed in HTML, `label` is its line */
    NODE_NOTICE,  /* a warning in a box */
    NODE_CHART,
    NODE_STRONG, /* inline from here on */
    NODE_TEXT,
    NODE_EXEMPT,
    NODE_CODE, /* exempt text, set as code */
    NODE_BADGE,
    NODE_CITE,
};

struct chart;

struct node {
    enum node_kind kind;
    struct node *parent, *first, *last, *next;
    struct str text; /* TEXT, EXEMPT, CODE, BADGE; TABLE: 'l' or 'r' a column; label of others */
    struct str name; /* DETAILS: a name behind the label, exempt */
    enum exempt reason;
    int level;           /* HEADING: 2 or 3 */
    unsigned number[2];  /* HEADING */
    struct cite *cite;   /* CITE */
    struct chart *chart; /* CHART */
};

struct exempt_span {
    uint64_t start, end; /* bytes of the Markdown */
    enum exempt reason;
};

struct document {
    struct arena arena;
    struct node *root, *at; /* at: the open node */
    unsigned section, subsection;
    VEC(struct cite *) cites;       /* in the order of the document */
    VEC(struct exempt_span) exempt; /* set by render_md() */
};

void document_init(struct document *doc);
void document_release(struct document *doc);

/* Opens a NODE_DETAILS: words, and a name behind them (may be empty). */
void doc_open_details(struct document *doc, const char *words, struct str name);
/* Opens a block (or NODE_STRONG) below the open node; the result is for setting its fields. */
struct node *doc_open(struct document *doc, enum node_kind kind);
void doc_close(struct document *doc);

/* Words. A digit is an error when the document is rendered. Constants and copies alike. */
void doc_text(struct document *doc, const char *words);
/* Text from data or with digits that state nothing; it is escaped like any other. */
void doc_exempt(struct document *doc, enum exempt reason, struct str text);
void doc_code(struct document *doc, enum exempt reason, struct str text);
void doc_badge(struct document *doc, const char *words);
/* Copies the citation; its strings and operands are borrowed. */
void doc_cite(struct document *doc, const struct cite *cite);

/* Whole blocks: a numbered heading of level 2 or 3, a paragraph of words, a cell of words. */
void doc_heading(struct document *doc, int level, const char *words);
void doc_paragraph(struct document *doc, const char *words);
void doc_cell(struct document *doc, const char *words);
void doc_cell_exempt(struct document *doc, enum exempt reason, struct str text);

/*
 * Numbers the citations and checks the law: ERR_BUG for a digit in words, with the words; for a
 * citation whose text is no number or that stands on nothing. Both renderers call it.
 */
MUST_USE enum err_code document_check(struct document *doc, struct err *err);

#endif
