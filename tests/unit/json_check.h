/*
 * tests/unit/json_check.h - what must hold for every JSON tape, and tapes written out.
 *
 * Shared by test_json.c and test_json_out.c. The checks return NULL or what is
 * wrong.
 */
#ifndef CHIMERA_TESTS_UNIT_JSON_CHECK_H
#define CHIMERA_TESTS_UNIT_JSON_CHECK_H

#include "base/num.h"
#include "codec/json.h"
#include "codec/json_out.h"

#include <math.h>

/* The token of a scalar, a string with its quotes, read alone, is the same scalar. */
static inline const char *json_check_token(const struct json *json, uint32_t node)
{
    const struct json_node *n = &json->nodes[node];
    bool string = n->type == JSON_STRING;
    struct str raw = json_raw(json, node), token = {raw.ptr - string, raw.len + 2 * string};
    struct json alone;
    struct err err;
    size_t bad;
    const char *wrong = NULL;

    if (string && (raw.ptr[-1] != '"' || raw.ptr[raw.len] != '"'))
        return "a string without its quotes";
    if (n->escaped != (string && str_find_char(raw, '\\', 0) != SIZE_MAX))
        return "the mark for escapes is wrong";
    json_init(&alone, token);
    if (json_parse(&alone, &bad, &err) || alone.count != 1 || alone.nodes[0].type != n->type ||
        alone.nodes[0].len != n->len || alone.nodes[0].escaped != n->escaped)
        wrong = "a token reads differently alone";
    json_release(&alone);
    return wrong;
}

static inline const char *json_check_node(const struct json *json, uint32_t i)
{
    const struct json_node *n = &json->nodes[i];
    bool container = n->type == JSON_ARRAY || n->type == JSON_OBJECT;
    struct str raw;

    if (n->at > json->text.len || n->len > json->text.len - n->at)
        return "a token outside of the text";
    if (n->next <= i || n->next > json->count || (!container && n->next != i + 1))
        return "next is wrong";
    if (!container)
        return json_check_token(json, i);
    raw = json_raw(json, i);
    if (raw.len < 2 || raw.ptr[0] != "[{"[n->type == JSON_OBJECT] ||
        raw.ptr[raw.len - 1] != "]}"[n->type == JSON_OBJECT])
        return "a container without its brackets";
    return NULL;
}

/* The whole tape: nodes nest, stand in the order of the text, keys and values alternate. */
static inline const char *json_check(const struct json *json)
{
    uint32_t open[JSON_DEPTH_MAX], depth = 0;
    bool key_next[JSON_DEPTH_MAX];
    uint64_t last = 0;

    for (uint32_t i = 0; i < json->count; i++) {
        const struct json_node *n = &json->nodes[i], *parent;
        const char *wrong = json_check_node(json, i);

        if (wrong)
            return wrong;
        while (depth && json->nodes[open[depth - 1]].next == i)
            if (!key_next[--depth] && json->nodes[open[depth]].type == JSON_OBJECT)
                return "a key without a value";
        if (i && n->at <= last)
            return "nodes are not in the order of the text";
        last = n->at;
        parent = depth ? &json->nodes[open[depth - 1]] : NULL;
        if (parent && (n->next > parent->next || n->at + n->len >= parent->at + parent->len))
            return "a node reaches out of its container";
        if (parent && parent->type == JSON_OBJECT) {
            if (key_next[depth - 1] && n->type != JSON_STRING)
                return "a key that is no string";
            key_next[depth - 1] = !key_next[depth - 1];
        }
        if (n->type == JSON_ARRAY || n->type == JSON_OBJECT) {
            if (depth == JSON_DEPTH_MAX)
                return "nested too deep";
            key_next[depth] = true;
            open[depth++] = i;
        }
    }
    return NULL;
}

static inline void json_write_scalar(
    const struct json *json, uint32_t node, struct json_out *out, struct arena *arena)
{
    double value = NAN;

    switch ((enum json_type)json->nodes[node].type) {
    case JSON_NUMBER:
        (void)num_parse(json_raw(json, node), &value);
        json_out_double(out, value);
        break;
    case JSON_STRING:
        json_out_str(out, json_text(json, node, arena));
        break;
    case JSON_NULL:
        json_out_null(out);
        break;
    default:
        json_out_bool(out, json->nodes[node].type == JSON_TRUE);
    }
}

/* Writes the values of a tape with json_out: numbers as doubles, strings by their meaning. */
static inline void json_write_tape(
    const struct json *json, struct json_out *out, struct arena *arena)
{
    uint32_t open[JSON_DEPTH_MAX], depth = 0;

    for (uint32_t i = 0; i <= json->count; i++) {
        bool object;

        while (depth && json->nodes[open[depth - 1]].next == i)
            json_out_end(out, json->nodes[open[--depth]].type == JSON_OBJECT ? '}' : ']');
        if (i == json->count)
            return;
        object = depth && json->nodes[open[depth - 1]].type == JSON_OBJECT;
        if (object && !out->after_key) {
            json_out_key_str(out, json_text(json, i, arena));
        } else if (json->nodes[i].type == JSON_OBJECT || json->nodes[i].type == JSON_ARRAY) {
            if (json->nodes[i].type == JSON_OBJECT)
                json_out_object(out);
            else
                json_out_array(out);
            open[depth++] = i;
        } else {
            json_write_scalar(json, i, out, arena);
        }
    }
}

#endif
