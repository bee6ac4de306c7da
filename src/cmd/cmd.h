/*
 * cmd/cmd.h - the subcommands, and what they share: exit codes, errors, Ctrl-C, the scan they
 * begin with.
 *
 * Where do I add a subcommand? Copy cmd_scan.c, declare cmd_X() here, add a row to COMMANDS in
 * cmd.c, write man/chimera-X.1.
 */
#ifndef CHIMERA_CMD_CMD_H
#define CHIMERA_CMD_CMD_H

#include "ingest/scan.h"

enum exit_code {
    EXIT_OK = 0,
    EXIT_FINDINGS = 1, /* ran, and the answer is "worse" or "findings" */
    EXIT_USAGE = 2,
    EXIT_NET = 3,
    EXIT_DATA = 4,
    EXIT_BUG = 70,
    EXIT_INTERRUPTED = 130,
};

int cmd_main(int argc, char **argv);

/* argv[0] is the subcommand's name. They return the exit code. */
int cmd_scan(int argc, char **argv);
int cmd_facts(int argc, char **argv);
int cmd_report(int argc, char **argv);

/* Prints the error's sentence on stderr; returns its exit code. */
int cmd_fail(const struct err *err);

/* True after the first Ctrl-C; the second one ends the program. */
bool cmd_stopped(void);

/*
 * Reads the roots with progress on stderr. Returns -1 to go on (also after Ctrl-C: see
 * scan.stopped), else the exit code, and the error was printed; roots without any fact are one.
 * Release the scan in every case.
 */
int cmd_read(char **roots, size_t count, unsigned threads, bool quiet, struct scan *ret);
/* The same, but no fact is no error: *ret_empty says so, and the sentence was printed. */
int cmd_read_any(
    char **roots, size_t count, unsigned threads, bool quiet, struct scan *ret, bool *ret_empty);

/* The candidate that a mistyped word most probably meant; NULL = none is near. */
const char *cmd_nearest(struct str word, const char *const *candidates, size_t count);

#endif
