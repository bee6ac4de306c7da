/*
 * codec/encoding.h - bytes of a file to UTF-8 text, and back to their places.
 *
 * Known: UTF-8 with or without a byte order mark; UTF-16 of either order, by mark or by its pattern
 * of NULs; UTF-16 whose bytes were once taken for Latin-1 and written again as UTF-8 (it begins
 * with U+00FF U+00FE and every other character is U+0000: tools that redirect a Windows console do
 * that); else Latin-1 (Windows-1252 for 0x80..0x9f). The text is valid UTF-8 whatever the bytes
 * were. UTF-8 with no more bad places than characters of several bytes stays UTF-8, repaired.
 * In UTF-16, the CR bytes that a C runtime in text mode put before LF bytes are dropped.
 */
#ifndef CHIMERA_CODEC_ENCODING_H
#define CHIMERA_CODEC_ENCODING_H

#include "base/arena.h"

enum encoding_kind {
    ENCODING_UTF8,
    ENCODING_UTF8_BOM,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_UTF16_IN_UTF8,
    ENCODING_LATIN1,
    ENCODING_BINARY, /* control bytes that no text has: nothing was decoded */
};

struct encoding {
    enum encoding_kind kind;
    struct str text;          /* valid UTF-8; borrowed from raw where nothing had to change */
    struct str raw;           /* borrowed */
    uint64_t *checkpoints;    /* raw offset of text byte i * ENCODING_STEP, where the two differ */
    bool repaired;            /* lone surrogates or broken ends were replaced by U+FFFD */
    bool big_endian;          /* of UTF-16 in all its forms */
    unsigned char mark_bytes; /* of the byte order mark that raw begins with */
};

enum { ENCODING_STEP = 4096 };

/* Decodes raw; what is new is allocated in the arena. Never fails: ENCODING_BINARY has empty text.
 */
void encoding_decode(struct arena *arena, struct str raw, struct encoding *ret);

/* Offset in raw of the character that byte `at` of the text belongs to (at == text.len: the end).
 */
uint64_t encoding_raw_at(const struct encoding *encoding, uint64_t at);

/* Bytes in the file for one ASCII character: 2 for the UTF-16 kinds, else 1. */
static inline unsigned char encoding_width(enum encoding_kind kind)
{
    return kind == ENCODING_UTF16LE || kind == ENCODING_UTF16BE || kind == ENCODING_UTF16_IN_UTF8
               ? 2
               : 1;
}

/* "utf-8", "utf-8-bom", "utf-16le", "utf-16be", "utf-16-in-utf-8", "latin-1", "binary". */
const char *encoding_name(enum encoding_kind kind);

/* True when s is valid UTF-8 (no overlong forms, no surrogates, at most U+10FFFF). Fast on ASCII.
 */
bool utf8_valid(struct str s);
/* Appends code point c as UTF-8 (1 to 4 bytes) at to; returns the bytes written. */
size_t utf8_put(char *to, uint32_t c);
/* Decodes the character at s.ptr[*at] and moves *at behind it; an invalid byte gives U+FFFD. */
uint32_t utf8_next(struct str s, size_t *at);
/* Columns that a terminal uses for s: 0 for combining marks, 2 for East Asian wide and emoji,
 * else 1. */
size_t utf8_width(struct str s);

#endif
