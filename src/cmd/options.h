/*
 * cmd/options.h - long options from a table: reading them, and the --help that the same table
 * makes.
 *
 * --name value and --name=value; options and operands in any order; -- ends the options; -h is
 * --help; an abbreviation is unknown and answered with a suggestion.
 */
#ifndef CHIMERA_CMD_OPTIONS_H
#define CHIMERA_CMD_OPTIONS_H

#include "base/buf.h"

enum { OPTIONS_MAX = 32 };

struct option_row {
    const char *name;     /* without the dashes */
    const char *argument; /* "N", "EXPR"; NULL = takes none */
    const char *line;     /* one line of help */
};

struct options_spec {
    const char *command;  /* "scan" */
    const char *operands; /* "DIR..." */
    const char *examples; /* lines, each ending in \n */
    const char *about;    /* a paragraph; NULL = none */
    const struct option_row *rows;
    size_t count;
};

struct options {
    const char *values[OPTIONS_MAX]; /* per row: NULL = not given; "" where it takes none */
    char **operands;                 /* points into argv */
    size_t operand_count;
};

/*
 * Returns -1 to go on; else the exit code, and what was wrong (or the help) has been printed.
 * argv[0] is skipped; argv is reordered.
 */
int options_read(const struct options_spec *spec, int argc, char **argv, struct options *ret);

/* The value as a whole number from 1 to max; -1 to go on, else the exit code (said why). */
int options_number(const struct options_spec *spec, const char *name, const char *value,
    uint64_t max, uint64_t *ret);

/* Says "chimera COMMAND: ..." with a pointer to --help; returns EXIT_USAGE. */
int options_usage(const struct options_spec *spec, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
