/* tests/fuzz/fuzz_gzip.c - inflating anything: within the limit, and nothing left behind on error.
 */
#include "codec/gzip.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void inflate_within(struct str data, size_t limit)
{
    struct buf buf;
    struct err err = {0};
    enum err_code code;

    buf_init(&buf, limit);
    buf_add_text(&buf, "before");
    code = gzip_inflate(data, &buf, &err);
    check(buf.len >= 6 && buf.len <= limit && buf.ptr[buf.len] == '\0');
    check(memcmp(buf.ptr, "before", 6) == 0);
    check(code == err.code && (code == ERR_NONE || (err.text[0] && buf.len == 6)));
    check(code == ERR_NONE || code == ERR_LIMIT || code == ERR_DATA);
    check(code != ERR_LIMIT || buf.full);
    buf_release(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = {(const char *)data, size};

    inflate_within(s, 64);
    inflate_within(s, 4096);
    return 0;
}
