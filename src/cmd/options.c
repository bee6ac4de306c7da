/* cmd/options.c - long options from a table. */
#include "cmd/options.h"

#include "base/num.h"
#include "cmd/cmd.h"
#include "cmd/print.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- help */

static size_t name_width(const struct option_row *row)
{
    return 2 + strlen(row->name) + (row->argument ? 1 + strlen(row->argument) : 0);
}

static void add_row(struct buf *buf, size_t width, const char *name, const char *line)
{
    struct buf text;

    buf_init(&text, BUF_NO_LIMIT);
    buf_addf(&text, "  %-*s  ", (int)width, name);
    buf_add_text(&text, line);
    print_wrap(buf, buf_str(&text), 80, width + 4);
    buf_release(&text);
}

static void print_help(const struct options_spec *spec)
{
    size_t width = strlen("-h, --help");
    struct buf buf, name;

    buf_init(&buf, BUF_NO_LIMIT);
    buf_init(&name, BUF_NO_LIMIT);
    buf_addf(&buf, "Examples:\n%s\nUsage: chimera %s %s [options]\n\n", spec->examples,
        spec->command, spec->operands);
    if (spec->about) {
        print_wrap(&buf, str_from(spec->about), 80, 0);
        buf_add_char(&buf, '\n');
    }
    buf_add_text(&buf, "Options:\n");
    for (size_t i = 0; i < spec->count; i++)
        if (name_width(&spec->rows[i]) > width)
            width = name_width(&spec->rows[i]);
    for (size_t i = 0; i < spec->count; i++) {
        const struct option_row *row = &spec->rows[i];

        buf_reset(&name);
        buf_addf(&name, "--%s%s%s", row->name, row->argument ? " " : "",
            row->argument ? row->argument : "");
        add_row(&buf, width, name.ptr, row->line);
    }
    add_row(&buf, width, "-h, --help", "this text");
    print_out(&buf);
    buf_release(&name);
    buf_release(&buf);
}

/* ---- reading */

int options_usage(const struct options_spec *spec, const char *fmt, ...)
{
    struct buf buf;
    char text[400];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    buf_init(&buf, BUF_NO_LIMIT);
    buf_addf(&buf, "%s chimera %s --help lists the options.", text, spec->command);
    print_complaint(buf_str(&buf));
    buf_release(&buf);
    return EXIT_USAGE;
}

static int unknown(const struct options_spec *spec, const char *given, struct str name)
{
    const char *names[OPTIONS_MAX + 1] = {"help"}, *near;

    for (size_t i = 0; i < spec->count; i++)
        names[i + 1] = spec->rows[i].name;
    near = cmd_nearest(name, names, spec->count + 1);
    if (near)
        return options_usage(spec, "there is no option '%.60s'. Did you mean --%s?", given, near);
    return options_usage(spec, "there is no option '%.60s'.", given);
}

/* One option at argv[*at]; moves *at over a value of its own. */
static int read_option(const struct options_spec *spec, int argc, char **argv, int *at,
    struct options *ret, bool *ret_help)
{
    const char *given = argv[*at], *value = "";
    struct str rest = str_from(given), name;
    const struct option_row *row = NULL;
    size_t i;

    if (!strcmp(given, "-h") || !strcmp(given, "--help")) {
        *ret_help = true;
        return -1;
    }
    if (given[1] != '-')
        return unknown(spec, given, str_slice(rest, 1, rest.len));
    rest = str_slice(rest, 2, rest.len);
    name = str_next(&rest, '=');
    for (i = 0; i < spec->count && !row; i++)
        if (str_eq(str_from(spec->rows[i].name), name))
            row = &spec->rows[i];
    if (!row)
        return unknown(spec, given, name);
    if (!row->argument && rest.ptr)
        return options_usage(spec, "--%s takes no value.", row->name);
    if (row->argument) {
        value = rest.ptr;
        if (!value && *at + 1 < argc)
            value = argv[++*at];
        if (!value)
            return options_usage(
                spec, "--%s needs a value: --%s %s.", row->name, row->name, row->argument);
        if (ret->values[i - 1])
            return options_usage(spec, "--%s is given twice. Put both into one value.", row->name);
    }
    ret->values[i - 1] = value;
    return -1;
}

int options_read(const struct options_spec *spec, int argc, char **argv, struct options *ret)
{
    bool open = true, wants_help = false;

    *ret = (struct options){.operands = argv};
    for (int i = 1; i < argc; i++) {
        int code;

        if (open && !strcmp(argv[i], "--")) {
            open = false;
            continue;
        }
        if (!open || argv[i][0] != '-' || !argv[i][1]) {
            ret->operands[ret->operand_count++] = argv[i];
            continue;
        }
        code = read_option(spec, argc, argv, &i, ret, &wants_help);
        if (code >= 0)
            return code;
    }
    if (!wants_help)
        return -1;
    print_help(spec);
    return EXIT_OK;
}

int options_number(const struct options_spec *spec, const char *name, const char *value,
    uint64_t max, uint64_t *ret)
{
    uint64_t number;

    if (!num_parse_u64(str_from(value), &number) || number < 1 || number > max)
        return options_usage(spec, "--%s takes a whole number from 1 to %llu, not '%.40s'.", name,
            (unsigned long long)max, value);
    *ret = number;
    return -1;
}
