/* fact/percent.c - paths as text. */
#include "fact/percent.h"

#include "codec/encoding.h"

bool percent_is_needed(struct str path)
{
    return !utf8_valid(path);
}

void percent_encode(struct buf *buf, struct str path)
{
    size_t at = 0;

    while (at < path.len) {
        size_t from = at;

        (void)utf8_next(path, &at);
        if (utf8_valid(str_slice(path, from, at)))
            buf_add(buf, path.ptr + from, at - from);
        else
            for (size_t i = from; i < at; i++)
                buf_addf(buf, "%%%02X", (unsigned)(unsigned char)path.ptr[i]);
    }
}
