/*
 * codec/utf8.c - checking, writing and reading single UTF-8 characters
 * (declared in codec/encoding.h; the widths are in codec/utf8_width.c).
 */
#include "codec/encoding.h"

#define HIGHS 0x8080808080808080u

/* The place of the first byte at or behind `at` that is not ASCII. */
static size_t skip_ascii(struct str s, size_t at)
{
    uint64_t words[4];

    for (; s.len - at >= sizeof words; at += sizeof words) {
        memcpy(words, s.ptr + at, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & HIGHS)
            break;
    }
    while (at < s.len && (unsigned char)s.ptr[at] < 0x80)
        at++;
    return at;
}

static bool is_continuation(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/*
 * Length of the valid character at p, 0 if there is none (n >= 1 bytes are left). The second byte
 * tells overlong forms, surrogates and what is past U+10FFFF (Unicode, table 3-7).
 */
static size_t valid_length(const unsigned char *p, size_t n)
{
    unsigned char low = 0x80, high = 0xbf;
    size_t len;

    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4)
        return 0;
    len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] == 0xe0)
        low = 0xa0;
    else if (p[0] == 0xed)
        high = 0x9f;
    else if (p[0] == 0xf0)
        low = 0x90;
    else if (p[0] == 0xf4)
        high = 0x8f;
    if (n < len || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if (!is_continuation(p[i]))
            return 0;
    return len;
}

bool utf8_valid(struct str s)
{
    for (size_t at = 0;;) {
        size_t len;

        at = skip_ascii(s, at);
        if (at == s.len)
            return true;
        /* Texts in other scripts come in runs: stay here as long as one lasts. */
        do {
            len = valid_length((const unsigned char *)s.ptr + at, s.len - at);
            if (!len)
                return false;
            at += len;
        } while (at < s.len && (unsigned char)s.ptr[at] >= 0x80);
    }
}

size_t utf8_put(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3f));
    to[2] = (char)(0x80 | (c >> 6 & 0x3f));
    to[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

uint32_t utf8_next(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t len = valid_length(p, s.len - *at);
    uint32_t c;

    if (len == 1 || len == 0) {
        ++*at;
        return len ? p[0] : 0xfffd;
    }
    c = p[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (p[i] & 0x3f);
    *at += len;
    return c;
}
