/* cmd/cmd.c - the table of subcommands, and what they share. */
#include "cmd/cmd.h"

#include "cmd/options.h"
#include "cmd/print.h"
#include "cmd/progress.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>

#ifndef CHIMERA_VERSION
#define CHIMERA_VERSION "dev"
#endif

static const struct command {
    const char *name, *line;
    int (*run)(int argc, char **argv);
} COMMANDS[] = {
    {"scan", "what result files are there, and what is wrong with them", cmd_scan},
    {"facts", "the numbers in them, filtered, grouped, with statistics", cmd_facts},
    {"report", "a report in Markdown and HTML in which every number is cited", cmd_report},
};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

/* ---- Ctrl-C */

static volatile sig_atomic_t stopped;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

bool cmd_stopped(void)
{
    return stopped != 0;
}

static void set_signals(void)
{
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};

    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGINT, &action, NULL);
    /* A reader that had enough (head, less) ends the program without a word. */
    (void)signal(SIGPIPE, SIG_DFL);
}

/* ---- errors */

int cmd_fail(const struct err *err)
{
    static const enum exit_code EXITS[] = {[ERR_NONE] = EXIT_OK,
        [ERR_USAGE] = EXIT_USAGE,
        [ERR_NET] = EXIT_NET,
        [ERR_DATA] = EXIT_DATA,
        [ERR_IO] = EXIT_DATA,
        [ERR_LIMIT] = EXIT_DATA,
        [ERR_BUG] = EXIT_BUG};

    print_complaint(str_from(err->text));
    return (int)EXITS[err->code];
}

const char *cmd_nearest(struct str word, const char *const *candidates, size_t count)
{
    size_t best = word.len / 3 + 2;
    const char *ret = NULL;

    for (size_t i = 0; i < count; i++) {
        struct str candidate = str_from(candidates[i]);
        size_t distance = str_distance(word, candidate);

        if (word.len > 1 && str_starts(candidate, word))
            distance = 0;
        if (distance < best && distance < candidate.len) {
            best = distance;
            ret = candidates[i];
        }
    }
    return ret;
}

/* ---- reading */

static bool on_progress(void *ctx, const struct scan_progress *progress)
{
    progress_show(ctx, progress);
    return cmd_stopped();
}

static bool has_facts(const struct scan *scan)
{
    for (size_t i = 0; i < scan->facts.count; i++)
        if (scan->facts.artifacts[i]->fact_count)
            return true;
    return false;
}

static void say_no_facts(const struct scan *scan)
{
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    if (scan->facts.count)
        buf_addf(&buf, "%zu result files, but no fact in any of them. ", scan->facts.count);
    else
        buf_add_text(&buf, "No result file (CSV, JSON, Markdown) was found. ");
    buf_add_text(&buf, "Name the folder that holds the results of your benchmarks; ");
    buf_add_text(&buf, "chimera scan --all DIR lists what was passed over.");
    print_complaint(buf_str(&buf));
    buf_release(&buf);
}

int cmd_read_any(
    char **roots, size_t count, unsigned threads, bool quiet, struct scan *ret, bool *ret_empty)
{
    struct progress progress;
    struct scan_options options = {
        .threads = threads, .progress = on_progress, .progress_ctx = &progress};
    struct err err = {0};
    enum err_code code;

    progress_init(&progress, quiet);
    code = scan_run((const char *const *)roots, count, &options, ret, &err);
    progress_end(&progress);
    if (code)
        return cmd_fail(&err);
    *ret_empty = !ret->stopped && !has_facts(ret);
    if (*ret_empty)
        say_no_facts(ret);
    return -1;
}

int cmd_read(char **roots, size_t count, unsigned threads, bool quiet, struct scan *ret)
{
    bool empty = false;
    int code = cmd_read_any(roots, count, threads, quiet, ret, &empty);

    return code < 0 && empty ? (int)EXIT_DATA : code;
}

/* ---- the program's own words */

static void print_help(void)
{
    struct buf buf;

    buf_init(&buf, BUF_NO_LIMIT);
    buf_add_text(&buf, "Examples:\n"
                       "  chimera scan results\n"
                       "  chimera facts results --where metric=ttft --group model --stat mean\n\n"
                       "Usage: chimera COMMAND [options]\n\n"
                       "Reads the result files of LLM benchmarks; every number can be traced to\n"
                       "the byte that it came from.\n\n"
                       "Commands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        buf_addf(&buf, "  %-8s  %s\n", COMMANDS[i].name, COMMANDS[i].line);
    buf_add_text(&buf, "\nOptions:\n"
                       "  -h, --help  this text; chimera COMMAND --help tells more\n"
                       "  --version   the version\n");
    print_out(&buf);
    buf_release(&buf);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (!strcmp(COMMANDS[i].name, name))
            return &COMMANDS[i];
    return NULL;
}

static int unknown_command(const char *word)
{
    const char *names[COMMAND_COUNT + 1] = {"help"}, *near;
    struct err err;

    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i + 1] = COMMANDS[i].name;
    near = cmd_nearest(str_from(word), names, COMMAND_COUNT + 1);
    (void)err_set(&err, ERR_USAGE,
        "there is no %s '%.60s'.%s%s%s chimera --help lists the commands.",
        word[0] == '-' ? "option" : "command", word, near ? " Did you mean " : "", near ? near : "",
        near ? "?" : "");
    return cmd_fail(&err);
}

static int help(int argc, char **argv)
{
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;
    char option[] = "--help", *args[3];

    if (argc < 2) {
        print_help();
        return EXIT_OK;
    }
    if (!command)
        return unknown_command(argv[1]);
    args[0] = argv[1];
    args[1] = option;
    args[2] = NULL;
    return command->run(2, args);
}

static int run(int argc, char **argv)
{
    const struct command *command;

    if (argc < 2) {
        struct err err;

        (void)err_set(&err, ERR_USAGE, "a command is missing. chimera --help lists them.");
        return cmd_fail(&err);
    }
    if (!strcmp(argv[1], "--version")) {
        (void)printf("chimera %s\n", CHIMERA_VERSION);
        return EXIT_OK;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
        print_help();
        return EXIT_OK;
    }
    if (!strcmp(argv[1], "help"))
        return help(argc - 1, argv + 1);
    command = find_command(argv[1]);
    return command ? command->run(argc - 1, argv + 1) : unknown_command(argv[1]);
}

int cmd_main(int argc, char **argv)
{
    struct err err;
    int code;

    set_signals();
    code = run(argc, argv);
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    (void)err_set(&err, ERR_IO, "the output could not be written (%s). Is the disk full?",
        errno ? strerror(errno) : "an earlier write failed");
    return cmd_fail(&err);
}
