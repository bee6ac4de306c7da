/* report/trouble_section.c - sections 4 and 5: what failed, what could not be read, what is
 * missing.
 */
#include "base/num.h"
#include "report/sections.h"

/* Failed rows of one file with the same error text. */
struct failed_group {
    const struct artifact *artifact;
    struct str text; /* of the mark */
    bool not_finite; /* no row failed: the number itself is no number */
    uint32_t *index;
    size_t count;
};

/* Groups by artifact and mark; `key` is scratch memory. */
struct failed_groups {
    struct failed_group *list;
    size_t count;
    struct map map;
    struct buf key;
};

/* The group of a fact; *ret_text is its mark's text. MAP_NONE: none yet. */
static uint32_t group_of(struct failed_groups *groups, const struct fact *fact,
    struct str *ret_text, bool *ret_not_finite)
{
    struct failure_mark mark = {STR_NONE, 0, 0};

    *ret_not_finite = !fact_failure(fact, &mark);
    *ret_text = mark.text;
    buf_reset(&groups->key);
    buf_addf(&groups->key, "%u %d ", fact->artifact_index, *ret_not_finite);
    buf_add_str(&groups->key, mark.text);
    return map_find(&groups->map, buf_str(&groups->key));
}

static void find_groups(
    struct document *doc, const struct operands *failures, struct failed_groups *ret)
{
    ret->list = arena_array(&doc->arena, failures->count + 1, struct failed_group);
    for (size_t i = 0; i < failures->count; i++) {
        const struct fact *fact = &failures->pool[failures->index[i]];
        bool not_finite;
        struct str text;
        uint32_t id = group_of(ret, fact, &text, &not_finite);

        if (id == MAP_NONE) {
            id = map_add(&ret->map, buf_str(&ret->key));
            ret->list[ret->count++] =
                (struct failed_group){fact->artifact, text, not_finite, NULL, 0};
        }
        ret->list[id].count++;
    }
}

/* The facts of each group, in a second pass. */
static void fill_groups(
    struct document *doc, const struct operands *failures, struct failed_groups *groups)
{
    uint32_t *index = arena_array(&doc->arena, failures->count + 1, uint32_t);

    for (size_t g = 0; g < groups->count; g++) {
        groups->list[g].index = index;
        index += groups->list[g].count;
        groups->list[g].count = 0;
    }
    for (size_t i = 0; i < failures->count; i++) {
        bool not_finite;
        struct str text;
        struct failed_group *group =
            &groups
                 ->list[group_of(groups, &failures->pool[failures->index[i]], &text, &not_finite)];

        group->index[group->count++] = failures->index[i];
    }
}

/* The name of a number that is a mark of failure ("completed"); empty where the mark is words. */
static struct str mark_name(const struct gathered *g, const struct failed_group *group)
{
    const struct fact *row = &g->facts[group->index[0]];
    struct failure_mark mark;
    double number;

    if (!num_parse(str_trim(group->text), &number) || !fact_failure(row, &mark))
        return STR("");
    for (const struct fact *fact = g->facts; fact < g->facts + g->count; fact++)
        if (fact->artifact == row->artifact && fact->text.len && fact_offset(fact) == mark.offset)
            return fact_metric(fact);
    return STR("");
}

static void write_failed(struct document *doc, struct gathered *g, struct failed_group *group)
{
    struct str name;

    doc_open(doc, NODE_ROW);
    wording_file_cell(doc, g->set, group->artifact);
    doc_open(doc, NODE_CELL);
    if (!group->not_finite && (name = mark_name(g, group)).len) {
        doc_exempt(doc, EXEMPT_NAME, name);
        doc_text(doc, ": ");
    }
    if (group->not_finite)
        doc_text(doc, "a value that is no finite number");
    else
        doc_code(doc, EXEMPT_QUOTE, wording_quote(&doc->arena, str_trim(group->text)));
    doc_close(doc);
    doc_open(doc, NODE_CELL);
    figure_count(doc, NULL, figure_operands(doc, &g->failures, group->index, group->count));
    doc_close(doc);
    doc_close(doc);
}

static void write_failed_table(
    struct document *doc, struct gathered *g, const struct failed_groups *groups)
{
    doc_open(doc, NODE_TABLE)->text = STR("llr");
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "File");
    doc_cell(doc, "Mark of failure, as written");
    doc_cell(doc, "Records");
    doc_close(doc);
    for (size_t i = 0; i < groups->count && i < TABLE_ROWS_MAX; i++)
        write_failed(doc, g, &groups->list[i]);
    doc_close(doc);
    if (groups->count > TABLE_ROWS_MAX)
        doc_paragraph(doc, "Further kinds of failure are left out.");
}

static void write_failures(struct document *doc, struct gathered *g)
{
    struct failed_groups groups = {0};

    doc_heading(doc, 3, "Failed records");
    if (!g->failures.count) {
        doc_paragraph(doc, "No record says that it failed.");
        return;
    }
    doc_open(doc, NODE_PARAGRAPH);
    figure_count(doc, NULL, &g->failures);
    doc_text(doc, g->failures.count == 1 ? " failed record is" : " failed records are");
    doc_text(doc, " no sample, whatever numbers stand there. A record is a row, or a summary that "
                  "counts no success. By file and mark:");
    doc_close(doc);
    map_init(&groups.map, &doc->arena);
    buf_init(&groups.key, BUF_NO_LIMIT);
    find_groups(doc, &g->failures, &groups);
    fill_groups(doc, &g->failures, &groups);
    write_failed_table(doc, g, &groups);
    map_release(&groups.map);
    buf_release(&groups.key);
}

/* ---- problems */

static void write_problem(
    struct document *doc, struct str place, uint64_t line, const char *kind, struct str message)
{

    if (line)
        place = arena_printf(&doc->arena, "%.*s:%llu", STR_ARG(place), (unsigned long long)line);
    doc_open(doc, NODE_ROW);
    doc_open(doc, NODE_CELL);
    doc_code(doc, EXEMPT_PATH, place);
    doc_close(doc);
    doc_cell_exempt(doc, EXEMPT_NAME, str_from(kind));
    doc_cell_exempt(doc, EXEMPT_QUOTE, wording_quote(&doc->arena, message));
    doc_close(doc);
}

static size_t count_problems(const struct report_input *input, const struct gathered *g)
{
    size_t count = input->problem_count;

    for (size_t i = 0; i < g->set->count; i++)
        count += g->set->artifacts[i]->problems.len;
    return count;
}

static void write_problems(
    struct document *doc, const struct report_input *input, const struct gathered *g)
{
    size_t rows = 0;

    doc_open(doc, NODE_TABLE)->text = STR("lll");
    doc_open(doc, NODE_ROW);
    doc_cell(doc, "Place");
    doc_cell(doc, "Kind");
    doc_cell(doc, "Problem and remedy");
    doc_close(doc);
    for (size_t i = 0; i < input->problem_count && rows < TABLE_ROWS_MAX; i++, rows++)
        write_problem(
            doc, input->problems[i].path, 0, input->problems[i].kind, input->problems[i].message);
    for (size_t i = 0; i < g->set->count; i++) {
        const struct artifact *artifact = g->set->artifacts[i];

        for (size_t k = 0; k < artifact->problems.len && rows < TABLE_ROWS_MAX; k++, rows++)
            write_problem(doc, wording_path(&doc->arena, g->set, artifact->root, artifact->path),
                artifact->problems.ptr[k].line, artifact->problems.ptr[k].kind,
                artifact->problems.ptr[k].message);
    }
    doc_close(doc);
    if (rows == TABLE_ROWS_MAX)
        doc_paragraph(doc, "Further problems may be left out; chimera scan lists all of them.");
}

void trouble_section(struct document *doc, const struct report_input *input, struct gathered *g)
{
    doc_heading(doc, 2, "Failures and problems");
    write_failures(doc, g);
    doc_heading(doc, 3, "Problems while reading");
    if (count_problems(input, g))
        write_problems(doc, input, g);
    else
        doc_paragraph(doc, "Every file was read whole and without a doubt.");
}

void gap_section(struct document *doc, const struct report_input *input)
{
    doc_heading(doc, 2, "What is missing");
    if (!input->gap_count) {
        doc_paragraph(doc, "The scan found no gap of the kinds that it knows.");
        return;
    }
    doc_paragraph(doc, "An evaluation needs these, and the files do not hold them:");
    doc_open(doc, NODE_LIST);
    for (size_t i = 0; i < input->gap_count; i++) {
        doc_open(doc, NODE_ITEM);
        doc_exempt(doc, EXEMPT_QUOTE, str_from(input->gaps[i].message));
        if (input->gaps[i].needs && *input->gaps[i].needs) {
            doc_text(doc, " \xe2\x80\x93 needed: ");
            doc_exempt(doc, EXEMPT_QUOTE, str_from(input->gaps[i].needs));
        }
        doc_close(doc);
    }
    doc_close(doc);
}
