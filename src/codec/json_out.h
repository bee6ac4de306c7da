/*
 * codec/json_out.h - writing JSON straight into a buffer.
 *
 * Commas, colons and escapes are set by the writer. Bytes that are not UTF-8
 * become U+FFFD. Numbers that are not finite become null (JSON has no others).
 * indent 0 writes everything in one line.
 */
#ifndef CHIMERA_CODEC_JSON_OUT_H
#define CHIMERA_CODEC_JSON_OUT_H

#include "base/buf.h"

struct json_out {
    struct buf *buf;
    int indent, depth;
    bool first, after_key;
};

void json_out_init(struct json_out *out, struct buf *buf, int indent);
void json_out_object(struct json_out *out);          /* { */
void json_out_array(struct json_out *out);           /* [ */
void json_out_end(struct json_out *out, char close); /* '}' or ']' */
void json_out_key(struct json_out *out, const char *key);
void json_out_key_str(struct json_out *out, struct str key);
void json_out_str(struct json_out *out, struct str s);
void json_out_text(struct json_out *out, const char *s); /* NULL writes null */
void json_out_double(struct json_out *out, double value);
void json_out_int(struct json_out *out, int64_t value);
void json_out_uint(struct json_out *out, uint64_t value);
void json_out_bool(struct json_out *out, bool value);
void json_out_null(struct json_out *out);
/* A pair at once. */
void json_out_pair_str(struct json_out *out, const char *key, struct str s);
void json_out_pair_text(struct json_out *out, const char *key, const char *s);
void json_out_pair_uint(struct json_out *out, const char *key, uint64_t value);
void json_out_pair_double(struct json_out *out, const char *key, double value);

/* s as a JSON string with its quotes, nothing else. */
void json_out_quote(struct buf *buf, struct str s);

#endif
