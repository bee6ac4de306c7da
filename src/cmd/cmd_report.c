/*
 * cmd/cmd_report.c - chimera report: Markdown, HTML, and the ledger of every number in them.
 */
#include "base/clock.h"
#include "base/fs.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/print.h"
#include "codec/json_out.h"
#include "report/render.h"
#include "report/summary.h"

#include <errno.h>
#include <stdio.h>

enum { ROW_OUT, ROW_WHERE, ROW_TITLE, ROW_JSON };

static const struct option_row ROWS[] = {
    [ROW_OUT] = {"out", "DIR", "where to write (default ./chimera-report)"},
    [ROW_WHERE] = {"where", "EXPR", "only facts that fulfil EXPR, see chimera facts --help"},
    [ROW_TITLE] = {"title", "TEXT", "the report's title"},
    [ROW_JSON] = {"json", NULL, "say what was written as JSON"},
};

static const struct options_spec SPEC = {
    .command = "report",
    .operands = "DIR...",
    .examples = "  chimera report results\n"
                "  chimera report results --out report --where \"model=gemma3:1b\"\n",
    .about = "Reads the result files below the folders and writes report.md, report.html (one "
             "self-contained page) and report.facts.jsonl, the ledger: for every number of the "
             "report its formula and the bytes of the files that it was computed from.",
    .rows = ROWS,
    .count = sizeof ROWS / sizeof *ROWS,
};

enum { LIMIT_BYTES = 1 << 30 };

static const char LEDGER[] = "report.facts.jsonl";
static const char *const NAMES[] = {"report.md", "report.html", LEDGER};

/* One run of the command. */
struct job {
    struct arena arena;
    struct options options;
    const char *folder;
    struct query query;
    struct scan scan;
    struct gathered gathered;
    struct document doc;
    struct report_input input;
    struct buf text;
};

static const char *path_of(struct job *job, const char *name)
{
    return arena_printf(&job->arena, "%s/%s", job->folder, name).ptr;
}

/* What the report needs from the scan, without its type. */
static void fill_input(struct job *job)
{
    const struct scan *scan = &job->scan;
    struct report_place *ignored =
        arena_array(&job->arena, scan->ignored.len + 1, struct report_place);
    struct report_place *problems =
        arena_array(&job->arena, scan->problems.len + 1, struct report_place);
    struct report_gap *gaps = arena_array(&job->arena, scan->gaps.len + 1, struct report_gap);

    for (size_t i = 0; i < scan->ignored.len; i++)
        ignored[i] = (struct report_place){scan->ignored.ptr[i].root, scan->ignored.ptr[i].path,
            scan->ignored.ptr[i].reason, STR_NONE};
    for (size_t i = 0; i < scan->problems.len; i++)
        problems[i] = (struct report_place){scan->problems.ptr[i].root, scan->problems.ptr[i].path,
            scan->problems.ptr[i].kind, scan->problems.ptr[i].message};
    for (size_t i = 0; i < scan->gaps.len; i++)
        gaps[i] = (struct report_gap){scan->gaps.ptr[i].message, scan->gaps.ptr[i].needs};
    job->input.ignored = ignored;
    job->input.ignored_count = scan->ignored.len;
    job->input.problems = problems;
    job->input.problem_count = scan->problems.len;
    job->input.gaps = gaps;
    job->input.gap_count = scan->gaps.len;
    job->input.date_ns = clock_wall_ns();
    job->input.fixed_date = clock_is_fixed();
    job->input.ingest_s = (double)scan->elapsed_ns / 1e9;
}

static void build(struct job *job)
{
    int64_t start = clock_monotonic_ns();

    fill_input(job);
    gather(&job->scan.facts, &job->query, &job->gathered);
    job->input.report_start_ns = clock_monotonic_ns();
    job->input.analysis_s = (double)(job->input.report_start_ns - start) / 1e9;
    summary_build(&job->doc, &job->input, &job->gathered);
}

static bool write_line(void *ctx, struct str line)
{
    return fwrite(line.ptr, 1, line.len, ctx) == line.len;
}

/* Beside the target first: readers see the old ledger or the whole new one. */
static enum err_code write_ledger(struct job *job, struct err *err)
{
    const char *path = path_of(job, LEDGER), *beside = path_of(job, "report.facts.jsonl.part");
    FILE *file = fopen(beside, "wb");
    enum err_code code;

    if (!file)
        return err_set(err, ERR_IO, "%s: %s", beside, strerror(errno));
    code = ledger_write(&job->doc, &job->scan.facts, NAMES[0], write_line, file, err);
    if (fclose(file) != 0 && !code)
        code = err_set(err, ERR_IO, "the ledger could not be written whole: %s", strerror(errno));
    if (!code && rename(beside, path) != 0)
        code = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    if (code)
        (void)remove(beside);
    return code;
}

static enum err_code write_all(struct job *job, struct err *err)
{
    enum err_code code = fs_make_folders(job->folder, err);

    if (!code)
        code = render_md(&job->doc, &job->text, err);
    if (!code)
        code = fs_write(path_of(job, NAMES[0]), buf_str(&job->text), err);
    buf_reset(&job->text);
    if (!code)
        code = render_html(&job->doc, summary_title(&job->input), &job->text, err);
    if (!code)
        code = fs_write(path_of(job, NAMES[1]), buf_str(&job->text), err);
    return code ? code : write_ledger(job, err);
}

static void say_json(struct job *job, struct buf *out)
{
    static const char *const KEYS[] = {"markdown", "html", "ledger"};
    struct json_out json;

    json_out_init(&json, out, 2);
    json_out_object(&json);
    json_out_pair_text(&json, "schema", "chimera.report/1");
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        json_out_pair_text(&json, KEYS[i], path_of(job, NAMES[i]));
    json_out_pair_uint(&json, "files", job->scan.facts.count);
    json_out_pair_uint(&json, "facts", job->gathered.count);
    json_out_pair_uint(&json, "numbers", job->doc.cites.len);
    json_out_end(&json, '}');
    buf_add_char(out, '\n');
}

static void say(struct job *job)
{
    buf_reset(&job->text);
    if (job->options.values[ROW_JSON]) {
        say_json(job, &job->text);
    } else {
        for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
            buf_addf(&job->text, "%s\n", path_of(job, NAMES[i]));
        buf_addf(&job->text, "%zu numbers, each with its source\n", job->doc.cites.len);
    }
    print_out(&job->text);
}

static int run(struct job *job)
{
    struct err err = {0};
    const char *const *values = job->options.values;
    int status;

    job->folder = values[ROW_OUT] ? values[ROW_OUT] : "chimera-report";
    job->input.title = str_from(values[ROW_TITLE]);
    job->input.where = str_from(values[ROW_WHERE]);
    if (query_parse(&job->arena, job->input.where, &job->query, &err))
        return cmd_fail(&err);
    status = cmd_read(
        job->options.operands, job->options.operand_count, 0, values[ROW_JSON] != NULL, &job->scan);
    if (status >= 0)
        return status;
    if (job->scan.stopped)
        return EXIT_INTERRUPTED;
    build(job);
    if (write_all(job, &err))
        return cmd_fail(&err);
    say(job);
    return EXIT_OK;
}

int cmd_report(int argc, char **argv)
{
    struct job job = {0};
    int status = options_read(&SPEC, argc, argv, &job.options);

    if (status >= 0)
        return status;
    if (!job.options.operand_count)
        return options_usage(&SPEC, "which folder holds the results?");
    arena_init(&job.arena);
    document_init(&job.doc);
    buf_init(&job.text, LIMIT_BYTES);
    status = run(&job);
    buf_release(&job.text);
    document_release(&job.doc);
    gathered_release(&job.gathered);
    scan_release(&job.scan);
    arena_release(&job.arena);
    return status;
}
