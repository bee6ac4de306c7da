/*
 * codec/encoding.c - recognising and decoding the encodings of result files.
 *
 * One function, step(), decodes one character of any kind; decoding, sizing and
 * the way back to the raw offset all use it, so they cannot disagree.
 */
#include "codec/encoding.h"

enum {
    PATTERN_BYTES = 1024, /* where the NULs of UTF-16 are looked for */
    BINARY_BYTES = 8192,  /* where control bytes are looked for */
    REPLACEMENT = 0xfffd,
};

/* Windows-1252 for 0x80..0x9f; its five holes stay what they are in Latin-1. */
static const uint16_t windows_1252[32] = {0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020,
    0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c,
    0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178};

static uint32_t from_1252(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte;
}

/* The byte that was once taken for the character c; UINT32_MAX = none. */
static uint32_t to_byte(uint32_t c)
{
    if (c < 0x100)
        return c;
    for (uint32_t i = 0; i < 32; i++)
        if (windows_1252[i] == c)
            return 0x80 + i;
    return UINT32_MAX;
}

/* ---- one character ---- */

enum { NO_BYTE = 0x100, BAD_BYTE = 0x200, BAD_UNIT = 0x10000 };

/* The next byte of a UTF-16 stream, which may itself stand as a UTF-8 character. */
static uint32_t stream_byte(const struct encoding *from, size_t *at)
{
    uint32_t byte;

    if (*at >= from->raw.len)
        return NO_BYTE;
    if (from->kind != ENCODING_UTF16_IN_UTF8)
        return (unsigned char)from->raw.ptr[(*at)++];
    byte = to_byte(utf8_next(from->raw, at));
    return byte == UINT32_MAX ? BAD_BYTE : byte;
}

/*
 * The next UTF-16 unit, at least one byte; BAD_UNIT when half of it is missing.
 *
 * A C runtime that writes in text mode puts a CR byte before each LF byte, also inside UTF-16
 * (redirected output of ncu has 0D 00 0D 0A 00): such a CR is dropped. In sound UTF-16 these bytes
 * would be U+0A0D, which is no character, or a line end of CR alone right before Gurmukhi or
 * Gujarati.
 */
static uint32_t stream_unit(const struct encoding *from, size_t *at)
{
    uint32_t first = stream_byte(from, at), second = stream_byte(from, at);
    size_t ahead = *at;

    if (from->big_endian) {
        if (first == 0 && second == '\r' && stream_byte(from, &ahead) == '\n') {
            second = '\n';
            *at = ahead;
        }
    } else if (first == '\r' && second == '\n') {
        first = second;
        second = stream_byte(from, at);
    }
    if (first > 0xff || second > 0xff)
        return BAD_UNIT;
    return from->big_endian ? first << 8 | second : second << 8 | first;
}

static uint32_t step_utf16(const struct encoding *from, size_t *at)
{
    uint32_t unit = stream_unit(from, at), low;
    size_t ahead = *at;

    if (unit == BAD_UNIT || (unit & 0xfc00) == 0xdc00)
        return UINT32_MAX;
    if ((unit & 0xfc00) != 0xd800)
        return unit;
    low = stream_unit(from, &ahead);
    if (low == BAD_UNIT || (low & 0xfc00) != 0xdc00)
        return UINT32_MAX;
    *at = ahead;
    return 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
}

/* Decodes the character at *at < raw.len and moves *at behind it; UINT32_MAX = broken. */
static uint32_t step(const struct encoding *from, size_t *at)
{
    size_t start = *at;
    uint32_t c;

    switch (from->kind) {
    case ENCODING_LATIN1:
        return from_1252((unsigned char)from->raw.ptr[(*at)++]);
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
    case ENCODING_UTF16_IN_UTF8:
        return step_utf16(from, at);
    default:
        c = utf8_next(from->raw, at);
        return c == REPLACEMENT && *at == start + 1 ? UINT32_MAX : c;
    }
}

/* ---- recognising ---- */

static bool has_magic(struct str raw)
{
    /* ELF, PNG, ZIP, gzip, PDF, SQLite, UTF-32, JPEG, xz, zstd */
    static const struct str magics[] = {{"\177ELF", 4}, {"\x89PNG", 4}, {"PK\3\4", 4},
        {"\x1f\x8b\x08", 3}, {"%PDF-", 5}, {"SQLite format 3", 16}, {"\xff\xfe\0\0", 4},
        {"\xff\xd8\xff", 3}, {"\xfd\x37zXZ", 5}, {"\x28\xb5\x2f\xfd", 4}};

    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(raw, magics[i]))
            return true;
    return false;
}

static bool has_nul(struct str raw, size_t bytes)
{
    raw = str_slice(raw, 0, bytes);
    return raw.len && memchr(raw.ptr, '\0', raw.len);
}

/* NULs, or 10 % of control bytes that neither text nor a terminal's colours use. */
static bool is_binary(struct str raw)
{
    size_t odd = 0;

    raw = str_slice(raw, 0, BINARY_BYTES);
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char c = (unsigned char)raw.ptr[i];

        if (c == 0)
            return true;
        odd += c == 0x7f || (c < 0x20 && !(c >= '\b' && c <= '\r') && c != 0x1b);
    }
    return odd * 10 > raw.len;
}

/* Mostly UTF-8: a cut end or a damaged place in a text that is otherwise nothing else. */
static bool is_mostly_utf8(struct str raw)
{
    size_t good = 0, bad = 0;
    bool was_bad = false;

    for (size_t at = 0; at < raw.len;) {
        size_t from = at;
        bool is_bad = utf8_next(raw, &at) == REPLACEMENT && at - from == 1;

        good += at - from > 1;
        bad += is_bad && !was_bad;
        was_bad = is_bad;
    }
    return good > 0 && good >= bad;
}

/* True when 30 % of the stream's bytes of one parity are NUL and none of the other. */
static bool has_pattern(struct encoding *from)
{
    size_t nuls[2] = {0}, bytes = 0;

    for (size_t at = 0; at < from->raw.len && at < PATTERN_BYTES;) {
        uint32_t byte = stream_byte(from, &at);

        /* Passed over for the reason given at stream_unit(). */
        if (byte == '\r' && at < from->raw.len && from->raw.ptr[at] == '\n')
            continue;
        nuls[bytes++ & 1] += byte == 0;
    }
    if (!nuls[0] == !nuls[1])
        return false;
    from->big_endian = nuls[0] > 0;
    return bytes > 1 && (nuls[0] + nuls[1]) * 10 >= bytes / 2 * 3;
}

static bool find_mark(struct encoding *ret)
{
    static const struct {
        struct str bytes;
        enum encoding_kind kind;
        bool big_endian;
    } marks[] = {
        {{"\xef\xbb\xbf", 3}, ENCODING_UTF8_BOM, false},
        {{"\xff\xfe", 2}, ENCODING_UTF16LE, false},
        {{"\xfe\xff", 2}, ENCODING_UTF16BE, true},
        {{"\xc3\xbf\xc3\xbe", 4}, ENCODING_UTF16_IN_UTF8, false},
        {{"\xc3\xbe\xc3\xbf", 4}, ENCODING_UTF16_IN_UTF8, true},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!str_starts(ret->raw, marks[i].bytes))
            continue;
        /* The last two are letters that a text may begin with; NULs decide. */
        if (marks[i].kind == ENCODING_UTF16_IN_UTF8 && !has_nul(ret->raw, PATTERN_BYTES))
            continue;
        ret->kind = marks[i].kind;
        ret->big_endian = marks[i].big_endian;
        ret->mark_bytes = (unsigned char)marks[i].bytes.len;
        return true;
    }
    return false;
}

static bool find_utf16(struct encoding *ret)
{
    if (!has_nul(ret->raw, PATTERN_BYTES))
        return false;
    /* UTF-16 beyond ASCII is hardly ever valid UTF-8 as well: if it is, it was encoded twice. */
    ret->kind = ENCODING_UTF16_IN_UTF8;
    if (is_mostly_utf8(ret->raw) && has_pattern(ret))
        return true;
    ret->kind = ENCODING_UTF16LE;
    if (!has_pattern(ret))
        return false;
    if (ret->big_endian)
        ret->kind = ENCODING_UTF16BE;
    return true;
}

/* Sets kind, big_endian and mark_bytes; returns true when the bytes are the text as they are. */
static bool recognise(struct encoding *ret)
{
    bool valid;

    if (has_magic(ret->raw)) {
        ret->kind = ENCODING_BINARY;
        return false;
    }
    if (find_mark(ret))
        return ret->kind == ENCODING_UTF8_BOM && utf8_valid(ret->raw);
    if (find_utf16(ret))
        return false;
    if (is_binary(ret->raw)) {
        ret->kind = ENCODING_BINARY;
        return false;
    }
    valid = utf8_valid(ret->raw);
    ret->kind = valid || is_mostly_utf8(ret->raw) ? ENCODING_UTF8 : ENCODING_LATIN1;
    return valid;
}

/* ---- decoding ---- */

/* Two passes: the first one finds the size, so that exactly that much is allocated. */
static size_t text_bytes(struct encoding *encoding)
{
    size_t len = 0;
    char scrap[4];

    for (size_t at = encoding->mark_bytes; at < encoding->raw.len;) {
        uint32_t c = step(encoding, &at);

        encoding->repaired |= c == UINT32_MAX;
        len += utf8_put(scrap, c == UINT32_MAX ? REPLACEMENT : c);
    }
    return len;
}

static void decode(struct arena *arena, struct encoding *encoding)
{
    size_t bytes = text_bytes(encoding), len = 0, steps = 0;
    char *to = arena_alloc(arena, bytes + 1);

    encoding->checkpoints =
        arena_alloc(arena, (bytes / ENCODING_STEP + 1) * sizeof *encoding->checkpoints);
    for (size_t at = encoding->mark_bytes; at < encoding->raw.len;) {
        size_t from = at;
        uint32_t c = step(encoding, &at);

        len += utf8_put(to + len, c == UINT32_MAX ? REPLACEMENT : c);
        if (len > steps * ENCODING_STEP)
            encoding->checkpoints[steps++] = from;
    }
    to[len] = '\0';
    encoding->text = (struct str){to, len};
}

void encoding_decode(struct arena *arena, struct str raw, struct encoding *ret)
{
    *ret = (struct encoding){.raw = raw, .text = {"", 0}};
    if (recognise(ret))
        ret->text = str_slice(raw, ret->mark_bytes, raw.len);
    else if (ret->kind != ENCODING_BINARY)
        decode(arena, ret);
}

uint64_t encoding_raw_at(const struct encoding *encoding, uint64_t at)
{
    size_t text_at, raw_at;

    if (at >= encoding->text.len)
        return encoding->raw.len;
    if (!encoding->checkpoints)
        return at + encoding->mark_bytes;
    text_at = at / ENCODING_STEP * ENCODING_STEP;
    raw_at = encoding->checkpoints[at / ENCODING_STEP];
    while (((unsigned char)encoding->text.ptr[text_at] & 0xc0) == 0x80)
        text_at--;
    for (;;) {
        size_t next = raw_at;
        uint32_t c = step(encoding, &next);
        char scrap[4];

        text_at += utf8_put(scrap, c == UINT32_MAX ? REPLACEMENT : c);
        if (text_at > at)
            return raw_at;
        raw_at = next;
    }
}

const char *encoding_name(enum encoding_kind kind)
{
    static const char *const names[] = {
        [ENCODING_UTF8] = "utf-8",
        [ENCODING_UTF8_BOM] = "utf-8-bom",
        [ENCODING_UTF16LE] = "utf-16le",
        [ENCODING_UTF16BE] = "utf-16be",
        [ENCODING_UTF16_IN_UTF8] = "utf-16-in-utf-8",
        [ENCODING_LATIN1] = "latin-1",
        [ENCODING_BINARY] = "binary",
    };

    return names[kind];
}
