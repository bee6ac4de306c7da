/*
 * report/escape.h - text from data, made harmless for HTML and for Markdown.
 *
 * All bytes are allowed: what is not UTF-8, control characters and characters that turn the
 * direction of text become U+FFFD, line breaks and tabs a blank. Nothing that is written holds a
 * digit that the input did not hold.
 */
#ifndef CHIMERA_REPORT_ESCAPE_H
#define CHIMERA_REPORT_ESCAPE_H

#include "base/buf.h"

/* For element content and for attribute values in double quotes. */
void escape_html(struct buf *buf, struct str s);
/* For a place inside a line; `at_start` where s begins the line. */
void escape_md(struct buf *buf, struct str s, bool at_start);
/* A code span with its backticks. In a table, pipes need an escape that is none elsewhere. */
void escape_md_code(struct buf *buf, struct str s, bool in_table);

#endif
