/*
 * codec/json.h - JSON (RFC 8259) read into a flat tape whose nodes know their bytes.
 *
 * A tape is an array of nodes in document order. A container is followed by its
 * contents and knows the index behind them; in an object, key nodes (strings) and
 * values alternate. Numbers and strings stay text in the source until asked for.
 * The tape borrows the source text. No recursion: nesting is bounded by
 * JSON_DEPTH_MAX. Also read, because real tools write them: bare NaN, Infinity,
 * -Infinity (JSON_NUMBER nodes). Nothing else is tolerated: no comments, no
 * trailing commas, no single quotes. Duplicate keys are kept, both; the caller
 * decides. UTF-8 inside strings is not checked here (codec/encoding did that), but
 * \u escapes are: a lone surrogate unescapes to U+FFFD.
 */
#ifndef CHIMERA_CODEC_JSON_H
#define CHIMERA_CODEC_JSON_H

#include "base/arena.h"

enum { JSON_DEPTH_MAX = 128, JSON_NODES_MAX = 1 << 27 };

enum json_type {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

struct json_node {
    uint64_t
        at : 56; /* offset in the text of the token's first byte; of a string: behind its quote */
    uint64_t type : 7;    /* enum json_type */
    uint64_t escaped : 1; /* string that holds backslashes: use json_text() */
    uint32_t
        len; /* bytes of a scalar's token; of a container: from '{' to behind '}' (cut at 4 GiB) */
    uint32_t next; /* index of the node behind this one and all that it holds */
};

struct json {
    struct str text;         /* the source, borrowed */
    struct json_node *nodes; /* heap, grown by json_parse_value() */
    size_t count, cap;
};

void json_init(struct json *json, struct str text);
void json_release(struct json *json);
void json_reset(struct json *json, struct str text); /* forgets the nodes, keeps the memory */

/*
 * Reads one value that starts at or behind *at (white space is skipped) and appends its nodes; *at
 * is then the byte behind it. ERR_DATA with a sentence without a position when it is malformed (no
 * node stays), and *at is the byte of the mistake. ERR_LIMIT past JSON_DEPTH_MAX or JSON_NODES_MAX.
 */
MUST_USE enum err_code json_parse_value(struct json *json, size_t *at, struct err *err);

/* A whole document: one value, nothing but white space around it. Otherwise as above. */
MUST_USE enum err_code json_parse(struct json *json, size_t *ret_bad_at, struct err *err);

/* The token as written: digits of a number, the inside of a string with its escapes. */
static inline struct str json_raw(const struct json *json, uint32_t node)
{
    return (struct str){json->text.ptr + json->nodes[node].at, json->nodes[node].len};
}

/* A string's meaning: borrowed from the source when nothing is escaped, else unescaped in the
 * arena. */
struct str json_text(const struct json *json, uint32_t node, struct arena *arena);

/* First value of an object with this key (unescaped comparison); UINT32_MAX = none or no object. */
uint32_t json_find(const struct json *json, uint32_t object, struct str key);

/* Iterating: for (i = json_first(j, c); i < j->nodes[c].next; i = json_after(j, i)) visits an
 * array's elements; in an object it visits key, value, key, value... */
static inline uint32_t json_first(const struct json *json, uint32_t container)
{
    (void)json;
    return container + 1;
}
static inline uint32_t json_after(const struct json *json, uint32_t node)
{
    return json->nodes[node].next;
}

#endif
