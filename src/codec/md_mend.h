/*
 * codec/md_mend.h - what must be put into a Markdown text so that md4c finds its tables.
 *
 * A table's header is found by its delimiter row (| --- | :-: |). When the header
 * is glued to the end of another line, or stands right under a line that would
 * swallow it (a paragraph, the last row of another table), the text must be broken
 * in front of it; so it must where md4c would go on with a table over headings, code
 * or plain text. And md4c wants three characters in each cell of a delimiter row,
 * where GFM is content with one dash. Fenced code is left alone.
 */
#ifndef CHIMERA_CODEC_MD_MEND_H
#define CHIMERA_CODEC_MD_MEND_H

#include "base/str.h"
#include "base/vec.h"

enum { MD_INSERT_BYTES = 2 };

struct md_insert {
    size_t at;   /* offset in the text; of a break: the first byte behind it */
    bool dashes; /* two dashes, else two line ends */
};

struct md_mend {
    VEC(struct md_insert) inserts; /* in rising order of their places, which all differ */
};

/* The caller releases ret->inserts with vec_release(). */
void md_mend_find(struct str text, struct md_mend *ret);

/* Cuts *rest behind its first line (LF, CRLF, lone CR) and returns that line without its end. */
struct str md_next_line(struct str *rest);

#endif
