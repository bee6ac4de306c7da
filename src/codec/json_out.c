/* codec/json_out.c - the JSON writer. Streams into a buffer; keeps no tree. */
#include "codec/json_out.h"

#include "base/num.h"
#include "codec/encoding.h"

#include <inttypes.h>
#include <math.h>

void json_out_init(struct json_out *out, struct buf *buf, int indent)
{
    *out = (struct json_out){.buf = buf, .indent = indent, .first = true};
}

static void new_line(struct json_out *out)
{
    if (!out->indent)
        return;
    buf_add_char(out->buf, '\n');
    for (int i = 0; i < out->depth * out->indent; i++)
        buf_add_char(out->buf, ' ');
}

/* What stands between the previous token and the next value or key. */
static void separate(struct json_out *out)
{
    if (out->after_key) {
        out->after_key = false;
        return;
    }
    if (!out->first)
        buf_add_char(out->buf, ',');
    if (out->depth)
        new_line(out);
    out->first = false;
}

static void open(struct json_out *out, char c)
{
    separate(out);
    buf_add_char(out->buf, c);
    out->depth++;
    out->first = true;
}

void json_out_object(struct json_out *out)
{
    open(out, '{');
}

void json_out_array(struct json_out *out)
{
    open(out, '[');
}

void json_out_end(struct json_out *out, char close)
{
    bool empty = out->first;

    out->depth--;
    out->first = false;
    if (!empty)
        new_line(out);
    buf_add_char(out->buf, close);
}

static void quote_byte(struct buf *buf, unsigned char c)
{
    switch (c) {
    case '"':
        buf_add_text(buf, "\\\"");
        break;
    case '\\':
        buf_add_text(buf, "\\\\");
        break;
    case '\n':
        buf_add_text(buf, "\\n");
        break;
    case '\r':
        buf_add_text(buf, "\\r");
        break;
    case '\t':
        buf_add_text(buf, "\\t");
        break;
    default:
        buf_addf(buf, "\\u%04x", c);
    }
}

void json_out_quote(struct buf *buf, struct str s)
{
    size_t plain = 0, i = 0;
    bool valid = utf8_valid(s);

    buf_add_char(buf, '"');
    while (i < s.len) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c >= 0x20 && c != '"' && c != '\\' && (c < 0x80 || valid)) {
            i++;
            continue;
        }
        buf_add(buf, s.ptr + plain, i - plain);
        if (c < 0x80) {
            quote_byte(buf, c);
            i++;
        } else {
            char utf8[4];

            buf_add(buf, utf8, utf8_put(utf8, utf8_next(s, &i)));
        }
        plain = i;
    }
    if (plain < s.len)
        buf_add(buf, s.ptr + plain, s.len - plain);
    buf_add_char(buf, '"');
}

void json_out_key_str(struct json_out *out, struct str key)
{
    separate(out);
    json_out_quote(out->buf, key);
    buf_add_text(out->buf, out->indent ? ": " : ":");
    out->after_key = true;
}

void json_out_key(struct json_out *out, const char *key)
{
    json_out_key_str(out, str_from(key));
}

void json_out_str(struct json_out *out, struct str s)
{
    separate(out);
    json_out_quote(out->buf, s);
}

void json_out_text(struct json_out *out, const char *s)
{
    if (s)
        json_out_str(out, str_from(s));
    else
        json_out_null(out);
}

void json_out_double(struct json_out *out, double value)
{
    separate(out);
    if (isfinite(value))
        num_format(out->buf, value);
    else
        buf_add_text(out->buf, "null");
}

void json_out_int(struct json_out *out, int64_t value)
{
    separate(out);
    buf_addf(out->buf, "%" PRId64, value);
}

void json_out_uint(struct json_out *out, uint64_t value)
{
    separate(out);
    buf_addf(out->buf, "%" PRIu64, value);
}

void json_out_bool(struct json_out *out, bool value)
{
    separate(out);
    buf_add_text(out->buf, value ? "true" : "false");
}

void json_out_null(struct json_out *out)
{
    separate(out);
    buf_add_text(out->buf, "null");
}

void json_out_pair_str(struct json_out *out, const char *key, struct str s)
{
    json_out_key(out, key);
    json_out_str(out, s);
}

void json_out_pair_text(struct json_out *out, const char *key, const char *s)
{
    json_out_key(out, key);
    json_out_text(out, s);
}

void json_out_pair_uint(struct json_out *out, const char *key, uint64_t value)
{
    json_out_key(out, key);
    json_out_uint(out, value);
}

void json_out_pair_double(struct json_out *out, const char *key, double value)
{
    json_out_key(out, key);
    json_out_double(out, value);
}
