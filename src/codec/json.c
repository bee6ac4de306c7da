/*
 * codec/json.c - the JSON reader: one pass, an explicit stack, a tape of nodes.
 *
 * Does not check UTF-8 and does not look for duplicate keys; see json.h.
 */
#include "codec/json.h"

#include "codec/encoding.h"

#include <assert.h>
#include <stdlib.h>

static_assert(sizeof(struct json_node) == 16, "a node is two words");

struct reader {
    struct json *json;
    const char *p, *end;
    uint32_t stack[JSON_DEPTH_MAX]; /* open containers */
    size_t depth;
    struct err *err;
};

/* An empty text may come without a pointer; the reader computes with pointers. */
static struct str with_pointer(struct str text)
{
    return text.ptr ? text : STR("");
}

void json_init(struct json *json, struct str text)
{
    *json = (struct json){.text = with_pointer(text)};
}

void json_release(struct json *json)
{
    free(json->nodes);
    json_init(json, STR_NONE);
}

void json_reset(struct json *json, struct str text)
{
    json->text = with_pointer(text);
    json->count = 0;
}

static enum err_code expected(struct reader *r, const char *what)
{
    unsigned char c;

    if (r->p >= r->end)
        return err_set(r->err, ERR_DATA, "expected %s, but the text ends", what);
    c = (unsigned char)*r->p;
    if (c >= 0x20 && c < 0x7f)
        return err_set(r->err, ERR_DATA, "expected %s, found '%c'", what, c);
    return err_set(r->err, ERR_DATA, "expected %s, found the byte 0x%02x", what, c);
}

static void skip_space(struct reader *r)
{
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t'))
        r->p++;
}

/* Not vec_grow(): zeroing room that is about to be written costs a third of the reader's time. */
static void __attribute__((noinline)) grow(struct json *json)
{
    json->cap = json->cap ? json->cap * 2 : 64;
    json->nodes = realloc(json->nodes, json->cap * sizeof *json->nodes);
    if (!json->nodes)
        err_no_memory();
}

static struct json_node *push(struct reader *r, enum json_type type)
{
    struct json *json = r->json;
    struct json_node *node;

    if (json->count == json->cap)
        grow(json);
    node = &json->nodes[json->count++];
    *node = (struct json_node){.at = (uint64_t)(r->p - json->text.ptr) & ((UINT64_C(1) << 56) - 1),
        .type = type,
        .next = (uint32_t)json->count};
    return node;
}

/* A string or number that ends where the reader stands. */
static enum err_code end_token(struct reader *r, struct json_node *node, const char *start)
{
    if ((uint64_t)(r->p - start) > UINT32_MAX)
        return err_set(r->err, ERR_LIMIT, "a string or a number is longer than 4 GiB");
    node->len = (uint32_t)(r->p - start);
    return ERR_NONE;
}

static bool take_word(struct reader *r, const char *word, size_t len, enum json_type type)
{
    if ((size_t)(r->end - r->p) < len || memcmp(r->p, word, len) != 0)
        return false;
    push(r, type)->len = (uint32_t)len;
    r->p += len;
    return true;
}

static enum err_code bad_escape(struct reader *r)
{
    return expected(r, "one of \" \\ / b f n r t u behind a backslash");
}

/* Behind the backslash. */
static enum err_code skip_escape(struct reader *r)
{
    if (r->p == r->end || !*r->p || !strchr("\"\\/bfnrtu", *r->p))
        return bad_escape(r);
    if (*r->p++ != 'u')
        return ERR_NONE;
    for (int i = 0; i < 4; i++, r->p++) {
        char c = r->p < r->end ? char_lower(*r->p) : 0;

        if (!char_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return expected(r, "four hex digits behind \\u");
    }
    return ERR_NONE;
}

/* True where one of eight bytes is a quote, a backslash or a control character (Mycroft's test). */
static bool has_special(uint64_t v)
{
    const uint64_t ones = 0x0101010101010101u, highs = 0x8080808080808080u;
    uint64_t quote = v ^ (ones * '"'), slash = v ^ (ones * '\\');

    return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((v - ones * 0x20) & ~v)) &
           highs;
}

/* At the opening quote. */
static enum err_code read_string(struct reader *r)
{
    const char *start;
    bool escaped = false;
    struct json_node *node;

    r->p++;
    start = r->p;
    node = push(r, JSON_STRING);
    for (;;) {
        uint64_t word;

        while (r->end - r->p >= 8) {
            memcpy(&word, r->p, 8);
            if (has_special(word))
                break;
            r->p += 8;
        }
        while (r->p < r->end && *r->p != '"' && *r->p != '\\' && (unsigned char)*r->p >= 0x20)
            r->p++;
        if (r->p == r->end)
            return expected(r, "a closing quote");
        if (*r->p == '"')
            break;
        if (*r->p != '\\')
            return expected(r, "no control character inside a string");
        r->p++;
        escaped = true;
        if (skip_escape(r))
            return r->err->code;
    }
    node->escaped = escaped;
    if (end_token(r, node, start))
        return r->err->code;
    r->p++;
    return ERR_NONE;
}

static bool skip_digits(struct reader *r)
{
    const char *start = r->p;

    while (r->p < r->end && char_is_digit(*r->p))
        r->p++;
    return r->p > start;
}

static enum err_code read_number(struct reader *r)
{
    const char *start = r->p;
    struct json_node *node = push(r, JSON_NUMBER);

    if (*r->p == '-')
        r->p++;
    if (r->p < r->end && *r->p == 'I' && r->p > start) {
        if (r->end - r->p < 8 || memcmp(r->p, "Infinity", 8) != 0)
            return expected(r, "a digit behind the minus sign");
        r->p += 8;
        return end_token(r, node, start);
    }
    if (r->p < r->end && *r->p == '0') {
        r->p++;
        if (r->p < r->end && char_is_digit(*r->p))
            return expected(r, "no digit behind a leading zero");
    } else if (!skip_digits(r)) {
        return expected(r, "a digit");
    }
    if (r->p < r->end && *r->p == '.') {
        r->p++;
        if (!skip_digits(r))
            return expected(r, "a digit behind the decimal point");
    }
    if (r->p < r->end && (*r->p == 'e' || *r->p == 'E')) {
        r->p++;
        if (r->p < r->end && (*r->p == '+' || *r->p == '-'))
            r->p++;
        if (!skip_digits(r))
            return expected(r, "a digit in the exponent");
    }
    return end_token(r, node, start);
}

/* A scalar, or the opening of a container (then *ret_opened). */
static enum err_code read_token(struct reader *r, bool *ret_opened)
{
    *ret_opened = false;
    if (r->json->count >= JSON_NODES_MAX)
        return err_set(r->err, ERR_LIMIT, "more than %d values in one text", JSON_NODES_MAX);
    if (r->p == r->end)
        return expected(r, "a value");
    switch (*r->p) {
    case '"':
        return read_string(r);
    case '{':
    case '[':
        if (r->depth == JSON_DEPTH_MAX)
            return err_set(r->err, ERR_LIMIT, "nested deeper than %d levels", JSON_DEPTH_MAX);
        r->stack[r->depth++] = (uint32_t)r->json->count;
        (void)push(r, *r->p == '{' ? JSON_OBJECT : JSON_ARRAY);
        r->p++;
        *ret_opened = true;
        return ERR_NONE;
    case '-':
        return read_number(r);
    default:
        if (char_is_digit(*r->p))
            return read_number(r);
        if (take_word(r, "true", 4, JSON_TRUE) || take_word(r, "false", 5, JSON_FALSE) ||
            take_word(r, "null", 4, JSON_NULL) || take_word(r, "NaN", 3, JSON_NUMBER) ||
            take_word(r, "Infinity", 8, JSON_NUMBER))
            return ERR_NONE;
        return expected(r, "a value");
    }
}

static bool in_object(const struct reader *r)
{
    return r->json->nodes[r->stack[r->depth - 1]].type == JSON_OBJECT;
}

static void close_container(struct reader *r)
{
    struct json_node *node = &r->json->nodes[r->stack[--r->depth]];
    uint64_t len;

    r->p++;
    len = (uint64_t)(r->p - r->json->text.ptr) - node->at;
    node->len = len > UINT32_MAX ? UINT32_MAX : (uint32_t)len;
    node->next = (uint32_t)r->json->count;
}

/* The key and colon of a member; the reader stands in front of the key. */
static enum err_code read_key(struct reader *r)
{
    if (r->p == r->end || *r->p != '"')
        return expected(r, "a key in quotes");
    if (read_string(r))
        return r->err->code;
    skip_space(r);
    if (r->p == r->end || *r->p != ':')
        return expected(r, "':' behind a key");
    r->p++;
    skip_space(r);
    return ERR_NONE;
}

/* Behind an opening bracket: it closes at once, or its first element begins. */
static enum err_code enter(struct reader *r, bool *ret_closed)
{
    char close = in_object(r) ? '}' : ']';

    skip_space(r);
    *ret_closed = r->p < r->end && *r->p == close;
    if (*ret_closed) {
        close_container(r);
        return ERR_NONE;
    }
    return close == '}' ? read_key(r) : ERR_NONE;
}

/* Behind a value: closes what ends here; stands in front of the next value, or depth is 0. */
static enum err_code leave(struct reader *r)
{
    while (r->depth) {
        bool object = in_object(r);

        skip_space(r);
        if (r->p < r->end && *r->p == ',') {
            r->p++;
            skip_space(r);
            return object ? read_key(r) : ERR_NONE;
        }
        if (r->p == r->end || *r->p != (object ? '}' : ']'))
            return expected(r, object ? "',' or '}' behind a value" : "',' or ']' behind a value");
        close_container(r);
    }
    return ERR_NONE;
}

static enum err_code read_value(struct reader *r)
{
    skip_space(r);
    do {
        bool opened, closed = true;

        if (read_token(r, &opened))
            return r->err->code;
        if (opened) {
            if (enter(r, &closed))
                return r->err->code;
        }
        if (closed && leave(r))
            return r->err->code;
    } while (r->depth);
    return ERR_NONE;
}

enum err_code json_parse_value(struct json *json, size_t *at, struct err *err)
{
    struct reader r = {.json = json, .err = err};
    size_t count = json->count;
    enum err_code code;

    r.p = json->text.ptr + *at;
    r.end = json->text.ptr + json->text.len;
    code = read_value(&r);
    if (code)
        json->count = count;
    *at = (size_t)(r.p - json->text.ptr);
    return code;
}

enum err_code json_parse(struct json *json, size_t *ret_bad_at, struct err *err)
{
    struct reader r = {.json = json, .err = err};
    size_t at = 0;

    json->count = 0;
    if (json_parse_value(json, &at, err)) {
        *ret_bad_at = at;
        return err->code;
    }
    r.p = json->text.ptr + at;
    r.end = json->text.ptr + json->text.len;
    skip_space(&r);
    if (r.p == r.end)
        return ERR_NONE;
    *ret_bad_at = (size_t)(r.p - json->text.ptr);
    json->count = 0;
    return expected(&r, "nothing behind the document");
}

static uint32_t hex4(const char *p)
{
    uint32_t value = 0;

    for (int i = 0; i < 4; i++) {
        char c = char_lower(p[i]);

        value = value * 16 + (uint32_t)(char_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* At the u of \uXXXX; moves behind it, and behind its second half if it is one of a pair. */
static uint32_t unescape_unit(const char **p, const char *end)
{
    uint32_t c = hex4(*p + 1);

    *p += 5;
    if (c >= 0xd800 && c < 0xdc00 && end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u') {
        uint32_t low = hex4(*p + 2);

        if (low >= 0xdc00 && low < 0xe000) {
            *p += 6;
            return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        }
    }
    return c >= 0xd800 && c < 0xe000 ? 0xfffd : c;
}

struct str json_text(const struct json *json, uint32_t node, struct arena *arena)
{
    static const char NAMES[] = "bfnrt", MEANS[] = "\b\f\n\r\t";
    struct str raw = json_raw(json, node);
    const char *p = raw.ptr, *end = raw.ptr + raw.len;
    char *out, *to;

    if (!json->nodes[node].escaped)
        return raw;
    /* No escape is shorter than what it stands for. */
    to = out = arena_alloc(arena, raw.len + 1);
    while (p < end) {
        const char *name;

        if (*p != '\\') {
            *to++ = *p++;
            continue;
        }
        p++;
        if (*p == 'u') {
            to += utf8_put(to, unescape_unit(&p, end));
            continue;
        }
        name = strchr(NAMES, *p);
        *to++ = name ? MEANS[name - NAMES] : *p;
        p++;
    }
    *to = '\0';
    return (struct str){out, (size_t)(to - out)};
}

static bool key_is(const struct json *json, uint32_t node, struct str key)
{
    struct arena arena;
    bool same;

    if (!json->nodes[node].escaped)
        return str_eq(json_raw(json, node), key);
    arena_init(&arena);
    same = str_eq(json_text(json, node, &arena), key);
    arena_release(&arena);
    return same;
}

uint32_t json_find(const struct json *json, uint32_t object, struct str key)
{
    if (json->nodes[object].type != JSON_OBJECT)
        return UINT32_MAX;
    for (uint32_t i = object + 1; i < json->nodes[object].next;
         i = json_after(json, json_after(json, i)))
        if (key_is(json, i, key))
            return json_after(json, i);
    return UINT32_MAX;
}
