/*
 * codec/md_break.h - where a Markdown text needs a line break that somebody lost.
 *
 * A table's header is found by its delimiter row (| --- | :-: |). When the header
 * is glued to the end of another line, or stands right under a line that would
 * swallow it (a paragraph, the last row of another table), the text must be broken
 * in front of it. Fenced code is left alone.
 */
#ifndef CHIMERA_CODEC_MD_BREAK_H
#define CHIMERA_CODEC_MD_BREAK_H

#include "base/str.h"
#include "base/vec.h"

struct md_breaks {
    VEC(size_t) at; /* rising offsets in the text; each is the first byte of a header */
};

/* The caller releases ret->at with vec_release(). */
void md_breaks_find(struct str text, struct md_breaks *ret);

/* Cuts *rest behind its first line (LF, CRLF, lone CR) and returns that line without its end. */
struct str md_next_line(struct str *rest);

/* Number of columns of a delimiter row (| --- | :-: |), 0 if the line is none. */
size_t md_delimiter_columns(struct str line);

#endif
