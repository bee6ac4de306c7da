/* tests/fuzz/fuzz_json.c - the tape of every text that the JSON reader takes has the shape that
 * codec/json.h promises; a stream of values and a whole document agree; what json_out writes reads
 * back the same. */
#include "base/num.h"
#include "codec/encoding.h"
#include "codec/json.h"
#include "codec/json_out.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* num_parse() refuses what no file has: more than 4096 digits. */
static double number(const struct json *json, uint32_t node)
{
    double value = 0;

    check(num_parse(json_raw(json, node), &value) || json->nodes[node].len > 4096);
    return value;
}

static void check_string(const struct json *json, uint32_t i, struct arena *arena, bool valid)
{
    struct str raw = json_raw(json, i), text = json_text(json, i, arena);

    check(raw.ptr[-1] == '"' && raw.ptr[raw.len] == '"');
    check(json->nodes[i].escaped == (str_find_char(raw, '\\', 0) != SIZE_MAX));
    check(json->nodes[i].escaped ? text.len < raw.len : text.ptr == raw.ptr && text.len == raw.len);
    if (valid)
        check(utf8_valid(text));
}

static void check_scalar(const struct json *json, uint32_t i, struct arena *arena, bool valid)
{
    static const char *const WORDS[] = {"null", "false", "true"};

    check(json->nodes[i].next == i + 1);
    if (json->nodes[i].type == JSON_STRING)
        check_string(json, i, arena, valid);
    else if (json->nodes[i].type == JSON_NUMBER)
        (void)number(json, i);
    else
        check(str_eq(json_raw(json, i), str_from(WORDS[json->nodes[i].type])));
}

static void check_container(const struct json *json, uint32_t c, struct arena *arena)
{
    bool object = json->nodes[c].type == JSON_OBJECT;
    struct str raw = json_raw(json, c);
    size_t children = 0;
    uint32_t i;

    check(raw.len >= 2 && raw.ptr[0] == (object ? '{' : '['));
    check(raw.ptr[raw.len - 1] == (object ? '}' : ']'));
    for (i = json_first(json, c); i < json->nodes[c].next; i = json_after(json, i), children++) {
        check(json->nodes[i].at > json->nodes[c].at);
        check(json->nodes[i].at + json->nodes[i].len < json->nodes[c].at + raw.len);
        check(!object || children % 2 || json->nodes[i].type == JSON_STRING);
        if (object && children % 2 == 0 && children < 32) {
            struct str key = json_text(json, i, arena);
            uint32_t found = json_find(json, c, key);

            check(found <= i + 1 && str_eq(json_text(json, found - 1, arena), key));
        }
    }
    check(i == json->nodes[c].next);
    check(!object || children % 2 == 0);
}

/* Nodes first .. count: one value. */
static void check_value(const struct json *json, uint32_t first, struct arena *arena, bool valid)
{
    check(first < json->count && json->nodes[first].next == json->count);
    for (uint32_t i = first; i < json->count; i++) {
        const struct json_node *node = &json->nodes[i];

        check(node->at + node->len <= json->text.len);
        check(i == first || node->at > node[-1].at);
        check(node->next > i && node->next <= json->count);
        if (node->type >= JSON_ARRAY)
            check_container(json, i, arena);
        else
            check_scalar(json, i, arena, valid);
    }
}

static void write_scalar(
    struct json_out *out, const struct json *json, uint32_t i, struct arena *arena)
{
    switch ((enum json_type)json->nodes[i].type) {
    case JSON_STRING:
        json_out_str(out, json_text(json, i, arena));
        break;
    case JSON_NUMBER:
        json_out_double(out, number(json, i));
        break;
    case JSON_NULL:
        json_out_null(out);
        break;
    default:
        json_out_bool(out, json->nodes[i].type == JSON_TRUE);
    }
}

static void write_tape(struct buf *buf, const struct json *json, int indent, struct arena *arena)
{
    uint32_t stack[JSON_DEPTH_MAX], children[JSON_DEPTH_MAX];
    size_t depth = 0;
    struct json_out out;

    json_out_init(&out, buf, indent);
    for (uint32_t i = 0; i < json->count; i++) {
        unsigned type = json->nodes[i].type;
        bool key = depth && json->nodes[stack[depth - 1]].type == JSON_OBJECT &&
                   children[depth - 1]++ % 2 == 0;

        if (key) {
            json_out_key_str(&out, json_text(json, i, arena));
        } else if (type >= JSON_ARRAY) {
            type == JSON_OBJECT ? json_out_object(&out) : json_out_array(&out);
            stack[depth] = i;
            children[depth++] = 0;
        } else {
            write_scalar(&out, json, i, arena);
        }
        for (; depth && json->nodes[stack[depth - 1]].next == i + 1; depth--)
            json_out_end(&out, json->nodes[stack[depth - 1]].type == JSON_OBJECT ? '}' : ']');
    }
}

static void check_same(
    const struct json *a, const struct json *b, uint32_t i, struct arena *arena, bool valid)
{
    bool lost = a->nodes[i].type == JSON_NUMBER && !isfinite(number(a, i));

    check(b->nodes[i].type == (lost ? JSON_NULL : a->nodes[i].type));
    check(b->nodes[i].next == a->nodes[i].next);
    if (a->nodes[i].type == JSON_NUMBER && !lost) {
        double x = number(a, i), y = number(b, i);

        check(memcmp(&x, &y, sizeof x) == 0);
    }
    if (a->nodes[i].type == JSON_STRING && valid)
        check(str_eq(json_text(a, i, arena), json_text(b, i, arena)));
}

/* Written, read, and written again. */
static void check_written(const struct json *json, struct arena *arena, bool valid)
{
    struct buf first, second;
    struct json again;
    struct err err;
    size_t bad;

    buf_init(&first, BUF_NO_LIMIT);
    buf_init(&second, BUF_NO_LIMIT);
    write_tape(&first, json, 0, arena);
    check(utf8_valid(buf_str(&first)));
    json_init(&again, buf_str(&first));
    check(!json_parse(&again, &bad, &err) && again.count == json->count);
    for (uint32_t i = 0; i < json->count; i++)
        check_same(json, &again, i, arena, valid);
    write_tape(&second, &again, 0, arena);
    check(str_eq(buf_str(&first), buf_str(&second)));
    buf_reset(&second);
    write_tape(&second, json, 2, arena);
    json_reset(&again, buf_str(&second));
    check(!json_parse(&again, &bad, &err) && again.count == json->count);
    buf_reset(&first);
    write_tape(&first, &again, 2, arena);
    check(str_eq(buf_str(&first), buf_str(&second)));
    json_release(&again);
    buf_release(&first);
    buf_release(&second);
}

static size_t behind_space(struct str text, size_t at)
{
    while (at < text.len && char_is_space(text.ptr[at]))
        at++;
    return at;
}

/* All values from the start of the text; true when the text is one value and nothing else. */
static bool check_stream(struct json *json, struct arena *arena, bool valid)
{
    struct str text = json->text;
    size_t at = behind_space(text, 0), values = 0;
    struct err err;

    for (; at < text.len; at = behind_space(text, at), values++) {
        size_t start = at, count = json->count;
        enum err_code code = json_parse_value(json, &at, &err);

        check(at >= start && at <= text.len);
        if (code) {
            check((code == ERR_DATA || code == ERR_LIMIT) && err.code == code && err.text[0]);
            check(json->count == count);
            return false;
        }
        check(at > start);
        check_value(json, (uint32_t)count, arena, valid);
    }
    return values == 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    bool valid = utf8_valid(text), one;
    struct json json, stream;
    struct arena arena;
    struct err err;
    size_t bad = SIZE_MAX;

    arena_init(&arena);
    json_init(&stream, text);
    one = check_stream(&stream, &arena, valid);
    json_init(&json, text);
    if (json_parse(&json, &bad, &err)) {
        check(!one && bad <= size && json.count == 0 && err.text[0]);
    } else {
        check(one && bad == SIZE_MAX && json.count == stream.count);
        check_value(&json, 0, &arena, valid);
        check_written(&json, &arena, valid);
    }
    json_release(&json);
    json_release(&stream);
    arena_release(&arena);
    return 0;
}
