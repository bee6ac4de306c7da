/* codec/md_entity.c - HTML entities. */
#include "codec/md_entity.h"

#include "codec/encoding.h"

static const struct {
    const char *name;
    uint32_t c;
} entities[] = {
    {"amp", '&'},
    {"lt", '<'},
    {"gt", '>'},
    {"quot", '"'},
    {"apos", '\''},
    {"nbsp", 0xa0},
    {"num", '#'},
    {"percnt", '%'},
    {"lowbar", '_'},
    {"ast", '*'},
    {"vert", '|'},
    {"verbar", '|'},
    {"grave", '`'},
    {"lsqb", '['},
    {"rsqb", ']'},
    {"bsol", '\\'},
    {"sol", '/'},
    {"plus", '+'},
    {"equals", '='},
    {"comma", ','},
    {"period", '.'},
    {"colon", ':'},
    {"semi", ';'},
    {"dollar", '$'},
    {"cent", 0xa2},
    {"pound", 0xa3},
    {"euro", 0x20ac},
    {"copy", 0xa9},
    {"reg", 0xae},
    {"trade", 0x2122},
    {"deg", 0xb0},
    {"plusmn", 0xb1},
    {"pm", 0xb1},
    {"sup1", 0xb9},
    {"sup2", 0xb2},
    {"sup3", 0xb3},
    {"micro", 0xb5},
    {"middot", 0xb7},
    {"frac12", 0xbd},
    {"frac14", 0xbc},
    {"frac34", 0xbe},
    {"times", 0xd7},
    {"divide", 0xf7},
    {"alpha", 0x3b1},
    {"beta", 0x3b2},
    {"gamma", 0x3b3},
    {"Delta", 0x394},
    {"delta", 0x3b4},
    {"epsilon", 0x3b5},
    {"lambda", 0x3bb},
    {"mu", 0x3bc},
    {"pi", 0x3c0},
    {"Sigma", 0x3a3},
    {"sigma", 0x3c3},
    {"tau", 0x3c4},
    {"Omega", 0x3a9},
    {"omega", 0x3c9},
    {"ndash", 0x2013},
    {"mdash", 0x2014},
    {"minus", 0x2212},
    {"hellip", 0x2026},
    {"bull", 0x2022},
    {"lsquo", 0x2018},
    {"rsquo", 0x2019},
    {"ldquo", 0x201c},
    {"rdquo", 0x201d},
    {"laquo", 0xab},
    {"raquo", 0xbb},
    {"larr", 0x2190},
    {"uarr", 0x2191},
    {"rarr", 0x2192},
    {"darr", 0x2193},
    {"harr", 0x2194},
    {"rArr", 0x21d2},
    {"infin", 0x221e},
    {"asymp", 0x2248},
    {"approx", 0x2248},
    {"ne", 0x2260},
    {"le", 0x2264},
    {"ge", 0x2265},
    {"sum", 0x2211},
    {"radic", 0x221a},
    {"permil", 0x2030},
    {"ensp", 0x2002},
    {"emsp", 0x2003},
    {"thinsp", 0x2009},
    {"zwj", 0x200d},
    {"zwnj", 0x200c},
    {"shy", 0xad},
    {"check", 0x2713},
    {"cross", 0x2717},
};

/* The code point of the name between & and ;, 0 if it is not known. */
static uint32_t find_name(struct str name)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (str_eq(name, str_from(entities[i].name)))
            return entities[i].c;
    return 0;
}

static uint32_t digit_of(char c)
{
    if (char_is_digit(c))
        return (uint32_t)(c - '0');
    c = char_lower(c);
    return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : 16;
}

/* The number between &# and ;. What is no character becomes U+FFFD, as HTML has it. */
static uint32_t read_number(struct str digits)
{
    uint32_t base = 10, c = 0;

    if (digits.len && char_lower(digits.ptr[0]) == 'x') {
        base = 16;
        digits = str_slice(digits, 1, digits.len);
    }
    for (size_t i = 0; i < digits.len; i++) {
        uint32_t digit = digit_of(digits.ptr[i]);

        if (digit >= base || c > 0x10ffff)
            return 0xfffd;
        c = c * base + digit;
    }
    return c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0xfffd : c;
}

void md_entity_add(struct buf *buf, struct str entity)
{
    struct str name = str_slice(entity, 1, entity.len ? entity.len - 1 : 0);
    char utf8[4];
    uint32_t c;

    if (name.len && name.ptr[0] == '#')
        c = read_number(str_slice(name, 1, name.len));
    else
        c = find_name(name);
    if (c)
        buf_add(buf, utf8, utf8_put(utf8, c));
    else
        buf_add_str(buf, entity);
}
