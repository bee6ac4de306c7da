/* base/buf.c - growing byte buffers. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *buf, size_t limit_bytes)
{
    *buf = (struct buf){.limit = limit_bytes};
}

void buf_release(struct buf *buf)
{
    free(buf->ptr);
    buf_init(buf, buf->limit);
}

void buf_reset(struct buf *buf)
{
    buf->len = 0;
    buf->full = false;
    if (buf->ptr)
        buf->ptr[0] = '\0';
}

char *buf_reserve(struct buf *buf, size_t n)
{
    size_t want = buf->len + n + 1;

    if (buf->full || n > buf->limit || buf->len > buf->limit - n) {
        buf->full = true;
        return NULL;
    }
    if (want > buf->cap) {
        size_t cap = buf->cap ? buf->cap * 2 : 256;
        char *ptr;

        while (cap < want)
            cap *= 2;
        ptr = realloc(buf->ptr, cap);
        if (!ptr)
            err_no_memory();
        buf->ptr = ptr;
        buf->cap = cap;
    }
    return buf->ptr + buf->len;
}

void buf_add(struct buf *buf, const void *ptr, size_t len)
{
    char *to = buf_reserve(buf, len);

    if (!to)
        return;
    if (len)
        memcpy(to, ptr, len);
    buf->len += len;
    buf->ptr[buf->len] = '\0';
}

void buf_add_str(struct buf *buf, struct str s)
{
    buf_add(buf, s.ptr, s.len);
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_addf(struct buf *buf, const char *fmt, ...)
{
    char small[512], *to;
    va_list ap;
    int len;

    va_start(ap, fmt);
    len = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (len < 0)
        return;
    if ((size_t)len < sizeof small) {
        buf_add(buf, small, (size_t)len);
        return;
    }
    to = buf_reserve(buf, (size_t)len);
    if (!to)
        return;
    va_start(ap, fmt);
    (void)vsnprintf(to, (size_t)len + 1, fmt, ap);
    va_end(ap);
    buf->len += (size_t)len;
}
