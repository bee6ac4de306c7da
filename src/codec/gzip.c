/* codec/gzip.c - inflating by zlib. The only file that includes zlib.h. */
#include "codec/gzip.h"

#include <zlib.h>

enum { STEP_BYTES = 1 << 16 };

bool gzip_is(struct str data)
{
    return str_starts(data, STR("\x1f\x8b\x08"));
}

/* zlib counts in 32 bits: hands it the next piece when it has used up the last one. */
static void feed(z_stream *stream, struct str *rest)
{
    size_t bytes = rest->len < (1u << 30) ? rest->len : 1u << 30;

    if (stream->avail_in)
        return;
    stream->next_in = (z_const Bytef *)rest->ptr;
    stream->avail_in = (uInt)bytes;
    *rest = str_slice(*rest, bytes, rest->len);
}

/* Room for the next output; at the limit one byte of scrap, which tells a bomb from a full glass.
 */
static void make_room(z_stream *stream, struct buf *buf, Bytef *scrap)
{
    size_t room = buf->limit > buf->len ? buf->limit - buf->len : 0;

    if (room > STEP_BYTES)
        room = STEP_BYTES;
    stream->next_out = room ? (Bytef *)buf_reserve(buf, room) : scrap;
    stream->avail_out = room ? (uInt)room : 1;
}

/* Inflates one member; *rest and the stream's input then stand behind it. */
static enum err_code inflate_member(
    z_stream *stream, struct str *rest, struct buf *buf, struct err *err)
{
    Bytef scrap;

    for (;;) {
        uInt room;
        size_t made;
        int code;

        feed(stream, rest);
        make_room(stream, buf, &scrap);
        room = stream->avail_out;
        code = inflate(stream, Z_NO_FLUSH);
        made = room - stream->avail_out;
        if (made && buf->len >= buf->limit) {
            buf->full = true;
            return err_set(err, ERR_LIMIT,
                "the compressed data holds more than the limit of %zu bytes", buf->limit);
        }
        buf->len += made;
        if (code == Z_STREAM_END)
            return ERR_NONE;
        if (code == Z_MEM_ERROR)
            err_no_memory();
        if (code == Z_BUF_ERROR && !stream->avail_in && !rest->len)
            return err_set(err, ERR_DATA, "the gzip data is cut: its end is missing");
        if (code != Z_OK && code != Z_BUF_ERROR)
            return err_set(err, ERR_DATA, "the gzip data is damaged (%s)",
                stream->msg ? stream->msg : "no reason given");
    }
}

/* What is left of the input, seen as one piece. */
static struct str left_over(const z_stream *stream, struct str rest)
{
    return (struct str){(const char *)stream->next_in, stream->avail_in + rest.len};
}

static bool is_padding(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != '\0')
            return false;
    return true;
}

enum err_code gzip_inflate(struct str data, struct buf *buf, struct err *err)
{
    struct str rest = data;
    size_t before = buf->len;
    z_stream stream = {0};
    enum err_code code;

    if (!gzip_is(data))
        return err_set(err, ERR_DATA, "this is no gzip data");
    if (buf->full)
        return err_set(err, ERR_LIMIT, "the buffer for the inflated data is full");
    if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK)
        err_no_memory();
    for (;;) {
        struct str left;

        code = inflate_member(&stream, &rest, buf, err);
        if (code)
            break;
        left = left_over(&stream, rest);
        /* Tapes and block devices fill up with NULs; gzip(1) passes over them too. */
        if (is_padding(left))
            break;
        if (!gzip_is(left)) {
            code = err_set(err, ERR_DATA, "the gzip data is followed by bytes that are none");
            break;
        }
        (void)inflateReset(&stream);
    }
    inflateEnd(&stream);
    if (code)
        buf->len = before;
    if (buf->ptr)
        buf->ptr[buf->len] = '\0';
    return code;
}
