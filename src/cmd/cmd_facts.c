/* cmd/cmd_facts.c - chimera facts: the numbers in result files, filtered, grouped, with statistics.
 */
#include "cmd/cmd.h"

#include "cmd/facts_out.h"
#include "cmd/options.h"
#include "cmd/print.h"

enum {
    OPT_WHERE,
    OPT_GROUP,
    OPT_STAT,
    OPT_ALL,
    OPT_JSON,
    OPT_CSV,
    OPT_EXPLAIN,
    OPT_WIDE,
    OPT_LIMIT,
};

static const struct option_row ROWS[] = {
    [OPT_WHERE] = {"where", "EXPR",
        "only facts that fulfil all conditions: blank-separated KEY OP VALUE, OP one of = != < <= "
        "> "
        ">= ~ (~ is a glob). Keys: path type format metric unit statistic definition flag, and "
        "every "
        "subject key (model, num_ctx, ...)"},
    [OPT_GROUP] = {"group", "KEYS", "with --stat: a row for each value of these keys (a,b,...)"},
    [OPT_STAT] = {"stat", "LIST",
        "statistics in place of facts: count mean stddev cv median min max sum pNN (p95, p99.9)"},
    [OPT_ALL] = {"all", NULL, "use failed rows and copies like any other"},
    [OPT_JSON] = {"json", NULL, "write one JSON document (chimera.facts/1)"},
    [OPT_CSV] = {"csv", NULL, "write CSV with a header"},
    [OPT_EXPLAIN] = {"explain", NULL, "say which files, rows and rules made the answer"},
    [OPT_WIDE] = {"wide", NULL, "every column, not cut to the width of the terminal"},
    [OPT_LIMIT] = {"limit", "N", "print at most N rows"},
};

static const struct options_spec SPEC = {"facts", "DIR...",
    "  chimera facts results --where 'metric=ttft num_ctx>=2048'\n"
    "  chimera facts results --where metric=decode_tps --group model --stat mean,p95\n"
    "  chimera facts results --group metric --stat count\n",
    "Values are in base units: s, byte, tok/s, W, J, Hz; shares are ratios from 0 to 1. Numbers of "
    "failed rows and copies are left out and counted.",
    ROWS, sizeof ROWS / sizeof *ROWS};

/* "a,b" as words, without empty ones. */
static size_t split(struct arena *arena, const char *text, struct str **ret)
{
    struct str rest = str_from(text), word;
    size_t count = 0;

    *ret = arena_array(arena, rest.len + 1, struct str);
    while ((word = str_next(&rest, ',')).ptr) {
        word = str_trim(word);
        if (word.len)
            (*ret)[count++] = word;
    }
    return count;
}

static int read_statistics(struct arena *arena, const char *text, struct facts_request *request)
{
    static const char *const NAMES[] = {
        "count", "mean", "stddev", "cv", "median", "min", "max", "sum", "p90", "p95", "p99"};

    request->statistic_count = split(arena, text, &request->statistics);
    if (!request->statistic_count)
        return options_usage(&SPEC, "--stat names no statistic: --stat mean,p95.");
    for (size_t i = 0; i < request->statistic_count; i++) {
        struct str name = request->statistics[i];
        const char *near;

        if (group_knows(name))
            continue;
        near = cmd_nearest(name, NAMES, sizeof NAMES / sizeof *NAMES);
        return options_usage(&SPEC, "there is no statistic '%.*s'.%s%s%s",
            name.len < 60 ? (int)name.len : 60, name.ptr, near ? " Did you mean " : "",
            near ? near : "", near ? "?" : "");
    }
    return -1;
}

static int read_request(struct arena *arena, const struct options *options,
    struct facts_request *request, struct query *query)
{
    const char *const *values = options->values;
    struct err err = {0};

    *request = (struct facts_request){
        .query = query, .all = values[OPT_ALL], .wide = values[OPT_WIDE], .limit = UINT64_MAX};
    if (!options->operand_count)
        return options_usage(&SPEC, "the folder to read is missing: chimera facts DIR.");
    if (values[OPT_JSON] && values[OPT_CSV])
        return options_usage(&SPEC, "--json and --csv exclude each other.");
    if (values[OPT_EXPLAIN] && (values[OPT_JSON] || values[OPT_CSV]))
        return options_usage(&SPEC, "--explain is text for people; leave --json and --csv out.");
    if (values[OPT_GROUP] && !values[OPT_STAT])
        return options_usage(&SPEC, "--group needs statistics, e.g. --stat count,mean.");
    if (query_parse(arena, str_from(values[OPT_WHERE] ? values[OPT_WHERE] : ""), query, &err))
        return cmd_fail(&err);
    if (values[OPT_GROUP])
        request->key_count = split(arena, values[OPT_GROUP], &request->keys);
    if (values[OPT_LIMIT]) {
        int code =
            options_number(&SPEC, "limit", values[OPT_LIMIT], UINT64_MAX - 1, &request->limit);

        if (code >= 0)
            return code;
    }
    return values[OPT_STAT] ? read_statistics(arena, values[OPT_STAT], request) : -1;
}

static bool write_groups(const struct facts_request *request, const struct options *options)
{
    struct group_options group_options = {
        .keys = request->keys, .key_count = request->key_count, .use_all = request->all};
    struct grouping grouping;

    group_facts(request->set, request->query, &group_options, &grouping);
    if (options->values[OPT_JSON])
        facts_groups_json(request, &grouping);
    else if (options->values[OPT_CSV])
        facts_groups_csv(request, &grouping);
    else
        facts_groups_text(request, &grouping);
    grouping_release(&grouping);
    return true;
}

static int answer(const struct facts_request *request, const struct options *options)
{
    bool whole;

    if (options->values[OPT_STAT])
        whole = write_groups(request, options);
    else if (options->values[OPT_JSON])
        whole = facts_write_json(request);
    else if (options->values[OPT_CSV])
        whole = facts_write_csv(request);
    else
        whole = facts_write_text(request);
    if (whole && options->values[OPT_EXPLAIN])
        whole = facts_explain(request);
    return whole ? EXIT_OK : EXIT_INTERRUPTED;
}

static int read_and_answer(struct facts_request *request, const struct options *options)
{
    struct scan scan;
    int code = cmd_read(options->operands, options->operand_count, 0, false, &scan);

    if (code >= 0) {
        scan_release(&scan);
        return code;
    }
    request->set = &scan.facts;
    if (scan.stopped) {
        print_complaint(STR("interrupted; no answer is given from a part of the files."));
        code = EXIT_INTERRUPTED;
    } else {
        code = answer(request, options);
    }
    scan_release(&scan);
    return code;
}

int cmd_facts(int argc, char **argv)
{
    struct facts_request request;
    struct options options;
    struct query query;
    struct arena arena;
    int code = options_read(&SPEC, argc, argv, &options);

    if (code >= 0)
        return code;
    arena_init(&arena);
    code = read_request(&arena, &options, &request, &query);
    if (code < 0)
        code = read_and_answer(&request, &options);
    arena_release(&arena);
    return code;
}
