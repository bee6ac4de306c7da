/* cmd/print.c - words for people. Tables stand in print_table.c. */
#include "cmd/print.h"

#include "base/num.h"
#include "codec/encoding.h"
#include "fact/percent.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { NARROWEST = 40, WIDEST = 200, USUAL = 80, OFTEN = 64 << 10 };

bool print_is_terminal(bool error)
{
    return isatty(error ? STDERR_FILENO : STDOUT_FILENO) == 1;
}

bool print_has_color(void)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    return print_is_terminal(false) && (!no_color || !*no_color) && term && strcmp(term, "dumb");
}

size_t print_width(void)
{
    const char *columns = getenv("COLUMNS");
    uint64_t width = 0;
    struct winsize size;

    if (!columns || !num_parse_u64(str_from(columns), &width))
        width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    if (!width)
        return USUAL;
    return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : (size_t)width;
}

/* ---- out */

void print_out(struct buf *buf)
{
    if (buf->len)
        (void)fwrite(buf->ptr, 1, buf->len, stdout);
    buf_reset(buf);
}

void print_out_often(struct buf *buf)
{
    if (buf->len >= OFTEN)
        print_out(buf);
}

void print_complaint(struct str sentence)
{
    struct buf text, lines;

    (void)fflush(stdout);
    buf_init(&text, BUF_NO_LIMIT);
    buf_init(&lines, BUF_NO_LIMIT);
    buf_add_text(&text, "chimera: ");
    print_safe(&text, sentence);
    if (print_is_terminal(true)) {
        print_wrap(&lines, buf_str(&text), print_width(), 2);
    } else {
        buf_add_str(&lines, buf_str(&text));
        buf_add_char(&lines, '\n');
    }
    (void)fwrite(lines.ptr, 1, lines.len, stderr);
    buf_release(&text);
    buf_release(&lines);
}

/* ---- text */

/* C1 controls, and the marks that turn the direction of what stands behind them. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

void print_safe(struct buf *buf, struct str s)
{
    size_t at = 0;

    while (at < s.len && s.ptr[at] >= 0x20 && s.ptr[at] < 0x7f)
        at++;
    buf_add_str(buf, str_slice(s, 0, at));
    while (at < s.len) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        char utf8[4];

        if (c == '\n' || c == '\t' || c == '\r')
            buf_add_char(buf, ' ');
        else if (c < 0x100 && is_control(c))
            buf_addf(buf, "\\x%02x", (unsigned)c);
        else if (is_control(c))
            buf_addf(buf, "\\u%04x", (unsigned)c);
        else if (c == 0xfffd)
            buf_add(buf, utf8, utf8_put(utf8, c));
        else
            buf_add(buf, s.ptr + from, at - from);
    }
}

void print_path(struct buf *buf, struct str path)
{
    struct buf encoded;

    buf_init(&encoded, BUF_NO_LIMIT);
    percent_encode(&encoded, path);
    print_safe(buf, buf_str(&encoded));
    buf_release(&encoded);
}

/* End of the longest beginning of s, from `at`, that takes at most `width` columns. */
static size_t fit(struct str s, size_t at, size_t width)
{
    size_t used = 0;

    while (at < s.len) {
        size_t next = at;

        (void)utf8_next(s, &next);
        used += utf8_width(str_slice(s, at, next));
        if (used > width)
            break;
        at = next;
    }
    return at;
}

void print_cut(struct buf *buf, struct str s, size_t width, enum print_cut where)
{
    size_t head, tail;

    if (utf8_width(s) <= width) {
        buf_add_str(buf, s);
        return;
    }
    if (!width)
        return;
    head = where == CUT_END ? width - 1 : where == CUT_BEGINNING ? 0 : (width - 1) / 2;
    tail = width - 1 - head;
    buf_add_str(buf, str_slice(s, 0, fit(s, 0, head)));
    buf_add_text(buf, "\u2026");
    for (size_t at = 0; tail && at < s.len;) {
        if (utf8_width(str_slice(s, at, s.len)) <= tail) {
            buf_add_str(buf, str_slice(s, at, s.len));
            break;
        }
        (void)utf8_next(s, &at);
    }
}

/* Where the line that begins at `from` ends: at its last blank that fits, else in a word. */
static size_t line_end(struct str s, size_t from, size_t width)
{
    size_t end = fit(s, from, width), blank = end;

    if (end == s.len || s.ptr[end] == ' ')
        return end;
    while (blank > from && s.ptr[blank - 1] != ' ')
        blank--;
    if (blank > from && str_trim(str_slice(s, from, blank)).len)
        return blank;
    return end > from ? end : from + 1;
}

void print_wrap(struct buf *buf, struct str s, size_t width, size_t indent)
{
    size_t from = 0, room = width;

    do {
        size_t end = line_end(s, from, room), text_end = end;

        while (text_end > from && s.ptr[text_end - 1] == ' ')
            text_end--;
        if (from)
            buf_addf(buf, "%*s", (int)indent, "");
        buf_add_str(buf, str_slice(s, from, text_end));
        buf_add_char(buf, '\n');
        for (from = end; from < s.len && s.ptr[from] == ' ';)
            from++;
        room = width > indent + 10 ? width - indent : 10;
    } while (from < s.len);
}

void print_heading(struct buf *buf, const char *text)
{
    bool color = print_has_color();

    buf_addf(buf, "%s%s%s\n", color ? "\033[1m" : "", text, color ? "\033[0m" : "");
}

void print_count(struct buf *buf, uint64_t count)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);

    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0)
            buf_add_char(buf, ',');
        buf_add_char(buf, digits[i]);
    }
}

void print_bytes(struct buf *buf, uint64_t bytes)
{
    static const char *const UNITS[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = (double)bytes;
    size_t unit = 0;

    if (bytes < 1000) {
        buf_addf(buf, "%u B", (unsigned)bytes);
        return;
    }
    for (value /= 1000; value >= 999.5 && unit < 5; unit++)
        value /= 1000;
    buf_addf(buf, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
}
