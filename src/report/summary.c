/* report/summary.c - the head of the report, sections 1 and 2, and the order of all sections. */
#include "report/summary.h"

#include "report/metric_rows.h"

enum { HEADLINES_MAX = 10, HEADLINE_MIN_N = 6 };

struct str summary_title(const struct report_input *input)
{
    return input->title.len ? input->title : STR("Benchmark report");
}

static void labelled(struct document *doc, const char *label)
{
    doc_open(doc, NODE_FIGURE)->text = str_from(label);
}

static void write_names(struct document *doc, const struct str *names, size_t count)
{
    if (!count)
        doc_text(doc, "none named");
    for (size_t i = 0; i < count; i++) {
        if (i == 40) {
            doc_text(doc, " and further ones");
            return;
        }
        doc_text(doc, i ? ", " : "");
        doc_code(doc, EXEMPT_NAME, wording_quote(&doc->arena, names[i]));
    }
}

static void write_head(
    struct document *doc, const struct report_input *input, const struct gathered *g)
{
    doc_open(doc, NODE_TITLE);
    doc_exempt(doc, EXEMPT_NAME, summary_title(input));
    doc_close(doc);
    doc_open(doc, NODE_FIGURES);
    labelled(doc, "Date");
    doc_exempt(doc, EXEMPT_DATE, wording_date(&doc->arena, input->date_ns));
    doc_close(doc);
    labelled(doc, "Data");
    for (size_t i = 0; i < g->set->roots.len; i++) {
        doc_text(doc, i ? ", " : "");
        doc_code(doc, EXEMPT_PATH, wording_root(&doc->arena, g->set, i));
    }
    doc_close(doc);
    if (input->where.len) {
        labelled(doc, "Filter");
        doc_code(doc, EXEMPT_QUOTE, input->where);
        doc_close(doc);
    }
    labelled(doc, "Models");
    write_names(doc, g->models, g->model_count);
    doc_close(doc);
    doc_close(doc);
}

/* ---- 1 Executive summary */

static void say_what(struct document *doc, struct gathered *g)
{
    doc_open(doc, NODE_ITEM);
    doc_text(doc, "Files read: ");
    figure_count(doc, NULL, &g->all_files);
    doc_text(doc, " (");
    figure_bytes(doc, &g->all_files);
    doc_text(doc, "): ");
    figure_count(doc, NULL, &g->files[TYPE_CSV]);
    doc_text(doc, " CSV with ");
    figure_count(doc, NULL, &g->by_type[TYPE_CSV]);
    doc_text(doc, " numbers, ");
    figure_count(doc, NULL, &g->files[TYPE_JSON]);
    doc_text(doc, " JSON with ");
    figure_count(doc, NULL, &g->by_type[TYPE_JSON]);
    doc_text(doc, " numbers, ");
    figure_count(doc, NULL, &g->files[TYPE_MARKDOWN]);
    doc_text(doc, " Markdown.");
    doc_close(doc);
}

static void say_set_aside(struct document *doc, struct gathered *g)
{
    if (!g->by_type[TYPE_MARKDOWN].count)
        return;
    doc_open(doc, NODE_ITEM);
    figure_count(doc, NULL, &g->by_type[TYPE_MARKDOWN]);
    doc_text(doc, g->by_type[TYPE_MARKDOWN].count == 1 ? " number in " : " numbers in ");
    figure_count(doc, NULL, &g->set_aside_files);
    doc_text(doc, g->set_aside_files.count == 1 ? " Markdown file" : " Markdown files");
    doc_text(doc, " set aside: what a text says is a statement to be audited, not evidence.");
    doc_close(doc);
}

static void say_failed(struct document *doc, struct gathered *g)
{
    doc_open(doc, NODE_ITEM);
    if (g->failures.count) {
        figure_count(doc, NULL, &g->failures);
        doc_text(doc, g->failures.count == 1
                          ? " record failed; it is listed under failures and enters no statistic."
                          : " records failed; they are listed under failures and enter no "
                            "statistic.");
    } else {
        doc_text(doc, "No record says that it failed.");
    }
    doc_close(doc);
}

static void say_copies(struct document *doc, struct gathered *g)
{
    if (!g->duplicates.count)
        return;
    doc_open(doc, NODE_ITEM);
    figure_count(doc, NULL, &g->duplicates);
    doc_text(doc, g->duplicates.count == 1 ? " number is a copy" : " numbers are copies");
    doc_text(doc, " of others, in the same bytes or in another format; each counts once.");
    doc_close(doc);
}

static void say_guessed(struct document *doc, struct gathered *g)
{
    if (!g->unit_guessed.count)
        return;
    doc_open(doc, NODE_ITEM);
    figure_count(doc, NULL, &g->unit_guessed);
    doc_text(doc, g->unit_guessed.count == 1 ? " number has no unit" : " numbers have no unit");
    doc_text(doc, " in the files; the base unit was guessed. The tables mark them. Write the unit "
                  "into the name of the column, as in ");
    doc_code(doc, EXEMPT_NAME, STR("ttft_ms"));
    doc_text(doc, ".");
    doc_close(doc);
}

/* The models whose settings were swept with one run each: what cannot be said. */
static void say_single_runs(struct document *doc, const struct gathered *g)
{
    struct map models;

    map_init(&models, &doc->arena);
    for (size_t i = 0; i < g->sweep_count; i++)
        if (g->sweeps[i].collapsed && g->sweeps[i].single_runs && g->sweeps[i].series->model.len)
            (void)map_add(&models, g->sweeps[i].series->model);
    if (models.count) {
        doc_open(doc, NODE_ITEM);
        doc_text(doc, "Settings were swept with one run each for ");
        write_names(doc, models.keys, models.count);
        doc_text(doc, ": which setting is best cannot be said from these files.");
        doc_close(doc);
    }
    map_release(&models);
}

/* Series i of a sweep, or all of a collapsed one; NULL where it is no headline. */
static struct series *headline_at(struct sweep *sweep, size_t i, struct operands **ret_warm)
{
    struct series *series = &sweep->series[i];

    *ret_warm = sweep->collapsed ? &sweep->warm : &series->warm;
    if (!str_eq(series->metric, STR("decode_tps")) || (*ret_warm)->count < HEADLINE_MIN_N)
        return NULL;
    return series;
}

static void write_swept(struct document *doc, const struct sweep *sweep)
{
    doc_open(doc, NODE_CELL);
    doc_text(doc, "all of ");
    doc_exempt(doc, EXEMPT_NAME, metric_varied_keys(&doc->arena, sweep));
    if (sweep->single_runs) {
        doc_text(doc, " ");
        doc_badge(doc, "one run each");
    }
    doc_close(doc);
}

static void write_headline(struct document *doc, const struct series *series, struct operands *warm,
    const struct sweep *all)
{
    struct about about = wording_about(doc, series, !all);
    struct shown shown = shown_unit(series->unit, 1);
    struct str config = wording_config(&doc->arena, series->config, series->config_count, NULL, 0);
    struct operands none = {0}, *files = metric_files(doc, warm, &none);
    struct spread spread;

    spread_of(warm, &spread);
    doc_open(doc, NODE_ROW);
    wording_model_cell(doc, series->model);
    if (all)
        write_swept(doc, all);
    else if (config.len)
        wording_cell(doc, config);
    else
        doc_cell(doc, "not stated");
    doc_open(doc, NODE_CELL);
    figure_count(doc, &about, warm);
    if (files->count > 1) {
        doc_text(doc, " from ");
        figure_count(doc, NULL, files);
        doc_text(doc, " files");
    }
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    figure(doc, &about, shown, spread.median, "median", "median(x)", warm);
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    figure(doc, &about, shown, spread.low, "median_low", "median_low(x,0.95)", warm);
    doc_text(doc, " to ");
    figure(doc, &about, shown, spread.high, "median_high", "median_high(x,0.95)", warm);
    doc_close(doc);
    doc_close(doc);
}

static void headline_head(struct document *doc)
{
    doc_open(doc, NODE_PARAGRAPH);
    doc_text(doc, "Generation speed of warm requests, where there are at least ");
    doc_exempt(doc, EXEMPT_METHOD, STR("6"));
    doc_text(doc, " samples (in the order of the names, no ranking):");
    doc_close(doc);
    doc_open(doc, NODE_TABLE)->text = STR("llrrr");
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "Model");
    doc_cell(doc, "Configuration");
    doc_cell(doc, "n");
    doc_cell(doc, "Median (tok/s)");
    doc_open(doc, NODE_CELL);
    doc_exempt(doc, EXEMPT_METHOD, STR("95 %"));
    doc_text(doc, " interval");
    doc_close(doc);
    doc_close(doc);
}

static void write_headlines(struct document *doc, struct gathered *g)
{
    struct operands *warm;
    size_t rows = 0;

    for (size_t i = 0; i < g->sweep_count; i++) {
        struct sweep *sweep = &g->sweeps[i];
        size_t count = sweep->collapsed ? 1 : sweep->count;

        for (size_t k = 0; k < count && rows < HEADLINES_MAX; k++) {
            struct series *series = headline_at(sweep, k, &warm);

            if (!series)
                continue;
            if (rows++ == 0)
                headline_head(doc);
            write_headline(doc, series, warm, sweep->collapsed ? sweep : NULL);
        }
    }
    if (rows)
        doc_close(doc);
}

static void write_summary(struct document *doc, struct gathered *g)
{
    doc_heading(doc, 2, "Executive summary");
    doc_open(doc, NODE_LIST);
    say_what(doc, g);
    say_failed(doc, g);
    say_copies(doc, g);
    say_guessed(doc, g);
    say_set_aside(doc, g);
    say_single_runs(doc, g);
    doc_close(doc);
    write_headlines(doc, g);
}

/* ---- 2 Data ingestion summary */

static struct str latest_of(struct document *doc, const struct operands *files)
{
    int64_t latest = INT64_MIN;

    for (size_t i = 0; i < files->count; i++) {
        int64_t at = files->set->artifacts[files->index[i]]->modified_ns;

        if (at > latest)
            latest = at;
    }
    return files->count ? wording_date(&doc->arena, latest) : STR("");
}

static void write_type(struct document *doc, struct gathered *g, int type)
{
    static const char *const LABELS[] = {"CSV", "JSON", "Markdown"};

    doc_open(doc, NODE_ROW);
    doc_cell(doc, LABELS[type]);
    doc_open(doc, NODE_CELL);
    figure_count(doc, NULL, &g->files[type]);
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    figure_bytes(doc, &g->files[type]);
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    figure_count(doc, NULL, &g->by_type[type]);
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    if (g->files[type].count)
        doc_exempt(doc, EXEMPT_DATE, latest_of(doc, &g->files[type]));
    else
        doc_text(doc, "\xe2\x80\x93");
    doc_close(doc);
    doc_close(doc);
}

static void write_types(struct document *doc, struct gathered *g)
{
    doc_open(doc, NODE_TABLE)->text = STR("lrrrl");
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "Type");
    doc_cell(doc, "Files");
    doc_cell(doc, "Size");
    doc_cell(doc, "Numbers");
    doc_cell(doc, "Latest modified");
    doc_close(doc);
    for (int type = 0; type < TYPE_COUNT; type++)
        write_type(doc, g, type);
    doc_close(doc);
}

static void write_file_copies(struct document *doc, struct gathered *g)
{
    if (!g->copied_files.count)
        return;
    doc_open(doc, NODE_PARAGRAPH);
    figure_count(doc, NULL, &g->copied_files);
    doc_text(doc, g->copied_files.count == 1 ? " file is a copy" : " files are copies");
    doc_text(doc, " of another, byte by byte:");
    doc_close(doc);
    doc_open(doc, NODE_TABLE)->text = STR("ll");
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "Copy");
    doc_cell(doc, "Used instead");
    doc_close(doc);
    for (size_t i = 0; i < g->copied_files.count && i < TABLE_ROWS_MAX; i++) {
        const struct artifact *copy = g->set->artifacts[g->copied_files.index[i]];

        doc_open(doc, NODE_ROW);
        wording_file_cell(doc, g->set, copy);
        wording_file_cell(doc, g->set, g->set->artifacts[copy->duplicate_of]);
        doc_close(doc);
    }
    doc_close(doc);
}

static void write_files(struct document *doc, const struct gathered *g)
{
    doc_open_details(doc, "All files that were read", STR(""));
    doc_open(doc, NODE_TABLE)->text = STR("llll");
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "File");
    doc_cell(doc, "Type");
    doc_cell(doc, "Format");
    doc_cell(doc, "Modified");
    doc_close(doc);
    for (size_t i = 0; i < g->set->count && i < TABLE_ROWS_MAX; i++) {
        const struct artifact *artifact = g->set->artifacts[i];

        doc_open(doc, NODE_ROW);
        wording_file_cell(doc, g->set, artifact);
        doc_cell(doc, artifact_type_name(artifact->type));
        doc_cell_exempt(doc, EXEMPT_NAME, str_from(artifact->format));
        doc_cell_exempt(doc, EXEMPT_DATE, wording_date(&doc->arena, artifact->modified_ns));
        doc_close(doc);
    }
    doc_close(doc);
    if (g->set->count > TABLE_ROWS_MAX)
        doc_paragraph(doc, "Further files are left out here; chimera scan lists all of them.");
    doc_close(doc);
}

static void write_ignored(
    struct document *doc, const struct report_input *input, const struct gathered *g)
{
    if (!input->ignored_count)
        return;
    doc_open_details(doc, "Files that are no results and were not read", STR(""));
    doc_open(doc, NODE_TABLE)->text = STR("ll");
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "File");
    doc_cell(doc, "Reason");
    doc_close(doc);
    for (size_t i = 0; i < input->ignored_count && i < TABLE_ROWS_MAX; i++) {
        doc_open(doc, NODE_ROW);
        wording_path_cell(doc, g->set, input->ignored[i].root, input->ignored[i].path);
        doc_cell_exempt(doc, EXEMPT_QUOTE, str_from(input->ignored[i].kind));
        doc_close(doc);
    }
    doc_close(doc);
    if (input->ignored_count > TABLE_ROWS_MAX)
        doc_paragraph(doc, "Further ones are left out here; chimera scan lists all of them.");
    doc_close(doc);
}

static void write_ingestion(
    struct document *doc, const struct report_input *input, struct gathered *g)
{
    doc_heading(doc, 2, "Data ingestion summary");
    write_types(doc, g);
    if (input->where.len) {
        doc_open(doc, NODE_NOTICE);
        doc_text(doc, "Numbers are counted behind the filter; files are not.");
        doc_close(doc);
    }
    write_file_copies(doc, g);
    write_files(doc, g);
    write_ignored(doc, input, g);
}

void summary_build(struct document *doc, const struct report_input *input, struct gathered *g)
{
    write_head(doc, input, g);
    write_summary(doc, g);
    write_ingestion(doc, input, g);
    metric_section(doc, g);
    trouble_section(doc, input, g);
    gap_section(doc, input);
    appendix_section(doc, input, g);
}
