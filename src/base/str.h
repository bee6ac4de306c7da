/*
 * base/str.h - a borrowed slice of bytes.
 *
 * A struct str owns nothing and needs no NUL at its end; it is valid as long as
 * the bytes that it points to. All comparisons are by bytes, ASCII where they
 * fold case; no locale.
 */
#ifndef CHIMERA_BASE_STR_H
#define CHIMERA_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *ptr;
    size_t len;
};

#define STR(lit) ((struct str){(lit), sizeof(lit) - 1})
#define STR_NONE ((struct str){NULL, 0})
#define STR_ARG(s) (int)(s).len, (s).ptr /* for "%.*s"; only where len < INT_MAX */

static inline struct str str_from(const char *c)
{
    return (struct str){c, c ? strlen(c) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* s[from..to), both cut to s's length. */
struct str str_slice(struct str s, size_t from, size_t to);
/* Without leading and trailing space, tab, CR, LF. */
struct str str_trim(struct str s);
bool str_eq_fold(struct str a, struct str b); /* ASCII case folded */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_starts_fold(struct str s, struct str prefix);
/* Byte order; a prefix comes first. Returns <0, 0, >0. */
int str_cmp(struct str a, struct str b);
/* First place of needle in s at or after from; SIZE_MAX = none. */
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_fold(struct str s, struct str needle, size_t from);
size_t str_find_char(struct str s, char c, size_t from);
/* Glob: '*' any run (crosses '/'), '?' one byte. Linear-time backtracking. */
bool str_glob(struct str pattern, struct str s);
/* FNV-1a 64 with a final mix. */
uint64_t str_hash(struct str s);
/* Cuts *rest at the next sep and returns the part before it; STR_NONE.ptr at the end. */
struct str str_next(struct str *rest, char sep);
/* Number of single-byte edits (insert, delete, replace, swap) between two short words. */
size_t str_distance(struct str a, struct str b);

static inline bool char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool char_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline bool char_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
static inline char char_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

#endif
