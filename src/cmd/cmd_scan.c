/* cmd/cmd_scan.c - chimera scan: what result files are there, and what is wrong with them. */
#include "cmd/cmd.h"

#include "cmd/options.h"
#include "cmd/print.h"
#include "cmd/scan_out.h"

enum { OPT_JSON, OPT_ALL, OPT_STRICT, OPT_QUIET, OPT_THREADS, OPT_NO_CACHE };

static const struct option_row ROWS[] = {
    [OPT_JSON] = {"json", NULL, "write one JSON document (chimera.scan/1)"},
    [OPT_ALL] = {"all", NULL, "name every file that was passed over, not only how many"},
    [OPT_STRICT] = {"strict", NULL, "exit 4 where there is any problem"},
    [OPT_QUIET] = {"quiet", NULL, "no progress, and of the text only the problems"},
    [OPT_THREADS] = {"threads", "N", "read with N threads (default: one for each core)"},
    [OPT_NO_CACHE] = {"no-cache", NULL,
        "read every file again; always so in this version, which keeps no cache"},
};

static const struct options_spec SPEC = {"scan", "DIR...",
    "  chimera scan results\n"
    "  chimera scan results --strict --quiet\n"
    "  chimera scan run1 run2 --json > scan.json\n",
    "Reads every CSV, JSON and Markdown file below the folders and says what was found: files and "
    "facts by folder, type and format, copies, and problems with their place.",
    ROWS, sizeof ROWS / sizeof *ROWS};

static void write_view(const struct scan_view *view, const struct options *options)
{
    if (options->values[OPT_JSON])
        scan_write_json(view);
    else
        scan_write_text(view, options->values[OPT_ALL], options->values[OPT_QUIET]);
}

static int answer(const struct scan *scan, const struct options *options, bool empty)
{
    struct scan_view view;
    bool troubled;

    scan_view_init(&view, scan);
    write_view(&view, options);
    troubled = view.trouble_count > 0;
    scan_view_release(&view);
    if (scan->stopped) {
        print_complaint(STR("interrupted; what was read so far is only a part."));
        return EXIT_INTERRUPTED;
    }
    return empty || (troubled && options->values[OPT_STRICT]) ? EXIT_DATA : EXIT_OK;
}

int cmd_scan(int argc, char **argv)
{
    uint64_t threads = 0;
    struct options options;
    struct scan scan;
    bool empty = false;
    int code = options_read(&SPEC, argc, argv, &options);

    if (code < 0 && !options.operand_count)
        code = options_usage(&SPEC, "the folder to read is missing: chimera scan DIR.");
    if (code < 0 && options.values[OPT_THREADS])
        code = options_number(&SPEC, "threads", options.values[OPT_THREADS], 1024, &threads);
    if (code >= 0)
        return code;
    code = cmd_read_any(options.operands, options.operand_count, (unsigned)threads,
        options.values[OPT_QUIET], &scan, &empty);
    if (code < 0)
        code = answer(&scan, &options, empty);
    scan_release(&scan);
    return code;
}
