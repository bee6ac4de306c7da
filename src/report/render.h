/*
 * report/render.h - the document as Markdown and as HTML, and the ledger of its numbers.
 *
 * The Markdown comes first: it gives every citation its byte offset, which the ledger states. All
 * three number the citations alike.
 */
#ifndef CHIMERA_REPORT_RENDER_H
#define CHIMERA_REPORT_RENDER_H

#include "report/document.h"

/* Appends the Markdown to `out`; fills cite->at and doc->exempt. ERR_BUG: document_check(). */
MUST_USE enum err_code render_md(struct document *doc, struct buf *out, struct err *err);

/*
 * Appends one self-contained page: no script, nothing from elsewhere. Sources of more than 20
 * operands show the first 20.
 */
MUST_USE enum err_code render_html(
    struct document *doc, struct str title, struct buf *out, struct err *err);
/* The list of sources that stands at the end of the page (report/html_sources.c). */
void html_sources(const struct document *doc, struct buf *out);

/*
 * Writes the ledger line by line through write(); a false answer of write() stops it (ERR_IO is
 * then the caller's to describe). Call after render_md(). `report` is the Markdown's file name.
 */
MUST_USE enum err_code ledger_write(const struct document *doc, const struct factset *set,
    const char *report, bool (*write)(void *ctx, struct str line), void *ctx, struct err *err);

#endif
