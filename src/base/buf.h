/*
 * base/buf.h - a growing byte buffer, born with its limit.
 *
 * Past the limit nothing more is added and `full` is set: check it once, at the
 * end. The bytes are always followed by a NUL that is not counted.
 */
#ifndef CHIMERA_BASE_BUF_H
#define CHIMERA_BASE_BUF_H

#include "base/err.h"
#include "base/str.h"

struct buf {
    char *ptr;
    size_t len, cap, limit;
    bool full;
};

#define BUF_NO_LIMIT (SIZE_MAX / 4)

void buf_init(struct buf *buf, size_t limit_bytes);
void buf_release(struct buf *buf);
void buf_reset(struct buf *buf); /* len = 0, memory kept */
void buf_add(struct buf *buf, const void *ptr, size_t len);
void buf_add_str(struct buf *buf, struct str s);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Room for n more bytes behind len; the caller writes there and adds to len. NULL past the limit.
 */
char *buf_reserve(struct buf *buf, size_t n);

static inline struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->ptr ? buf->ptr : "", buf->len};
}

#endif
