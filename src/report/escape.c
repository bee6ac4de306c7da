/* report/escape.c - see the header. One decoder in front, then what the target needs. */
#include "report/escape.h"

#include "codec/encoding.h"

enum { REPLACEMENT = 0xfffd };

/* Controls, and the marks that reverse the direction of the text behind them. */
static bool is_harmful(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0xfeff;
}

static uint32_t next_clean(struct str s, size_t *at)
{
    uint32_t c = utf8_next(s, at);

    if (c == '\n' || c == '\r' || c == '\t')
        return ' ';
    return is_harmful(c) ? REPLACEMENT : c;
}

static void put(struct buf *buf, uint32_t c)
{
    char bytes[4];

    buf_add(buf, bytes, utf8_put(bytes, c));
}

/* The characters that both languages write as entities. */
static const char *entity(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    default:
        return NULL;
    }
}

void escape_html(struct buf *buf, struct str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t c = next_clean(s, &at);

        if (entity(c))
            buf_add_text(buf, entity(c));
        else if (c == '"')
            buf_add_text(buf, "&quot;");
        else if (c == '\'')
            buf_add_text(buf, "&apos;");
        else
            put(buf, c);
    }
}

static bool is_word(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || (unsigned char)c >= 0x80;
}

/* An underscore inside a word is no emphasis: num_ctx stays readable. */
static bool inside_word(struct str s, size_t i)
{
    return i > 0 && i + 1 < s.len && is_word(s.ptr[i - 1]) && is_word(s.ptr[i + 1]);
}

/* "1." and "1)" at the start of a line make a list. */
static bool ends_ordinal(struct str s, size_t i)
{
    if (i == 0)
        return false;
    for (size_t k = 0; k < i; k++)
        if (!char_is_digit(s.ptr[k]))
            return false;
    return true;
}

static bool md_special(struct str s, size_t i, bool at_start)
{
    char c = s.ptr[i];

    if (c && strchr("\\`*[]|~$", c))
        return true;
    if (c == '_')
        return !inside_word(s, i);
    if (at_start && i == 0 && c && strchr("#+-=:", c))
        return true;
    return at_start && (c == '.' || c == ')') && ends_ordinal(s, i);
}

void escape_md(struct buf *buf, struct str s, bool at_start)
{
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        uint32_t c = next_clean(s, &at);

        if (entity(c)) {
            buf_add_text(buf, entity(c));
            continue;
        }
        if (c < 0x80 && c != ' ' && md_special(s, start, at_start))
            buf_add_char(buf, '\\');
        put(buf, c);
    }
}

static size_t longest_run(struct str s, char c)
{
    size_t longest = 0, run = 0;

    for (size_t i = 0; i < s.len; i++) {
        run = s.ptr[i] == c ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    return longest;
}

void escape_md_code(struct buf *buf, struct str s, bool in_table)
{
    size_t fence = longest_run(s, '`') + 1;
    bool pad = s.len == 0 || s.ptr[0] == '`' || s.ptr[s.len - 1] == '`';

    for (size_t i = 0; i < fence; i++)
        buf_add_char(buf, '`');
    buf_add_text(buf, pad ? " " : "");
    for (size_t at = 0; at < s.len;) {
        uint32_t c = next_clean(s, &at);

        if (c == '|' && in_table)
            buf_add_char(buf, '\\');
        put(buf, c);
    }
    buf_add_text(buf, pad ? " " : "");
    for (size_t i = 0; i < fence; i++)
        buf_add_char(buf, '`');
}
