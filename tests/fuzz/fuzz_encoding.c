/* tests/fuzz/fuzz_encoding.c - whatever the bytes are, the text is valid UTF-8 and every character
 * of it knows its place in them. */
#include "codec/encoding.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* Validity by the book: shortest form, no surrogate, no more than U+10FFFF. */
static bool is_valid(struct str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        char again[4];

        check(at > from && at <= s.len && c <= 0x10ffff && !(c >= 0xd800 && c < 0xe000));
        if (utf8_put(again, c) != at - from || memcmp(again, s.ptr + from, at - from) != 0)
            return false;
    }
    return true;
}

/* Each place is a walk from the last checkpoint: of long texts only some characters are asked. */
static void check_places(const struct encoding *encoding)
{
    size_t stride = 1 + encoding->text.len / 16, next = 0;
    uint64_t before = 0;

    for (size_t at = 0; at < encoding->text.len;) {
        size_t from = at;
        uint64_t place;

        if (from < next) {
            (void)utf8_next(encoding->text, &at);
            continue;
        }
        next = from + stride;
        place = encoding_raw_at(encoding, from);

        check(place < encoding->raw.len && (from ? place > before : place == encoding->mark_bytes));
        (void)utf8_next(encoding->text, &at);
        for (size_t inside = from + 1; inside < at; inside++)
            check(encoding_raw_at(encoding, inside) == place || !encoding->checkpoints);
        before = place;
    }
    check(encoding_raw_at(encoding, encoding->text.len) == encoding->raw.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str raw = {(const char *)data, size};
    struct encoding encoding;
    struct arena arena;

    arena_init(&arena);
    check(utf8_valid(raw) == is_valid(raw));
    encoding_decode(&arena, raw, &encoding);
    check(utf8_valid(encoding.text));
    check(encoding.kind != ENCODING_BINARY || encoding.text.len == 0);
    check(encoding_name(encoding.kind) != NULL);
    if (encoding.kind != ENCODING_BINARY)
        check_places(&encoding);
    check(utf8_width(encoding.text) <= 2 * encoding.text.len);
    arena_release(&arena);
    return 0;
}
