/*
 * ingest/understand_rows.c - which rows failed, which began with a cold model, and which numbers of
 * a record are one number written twice. The rules stand in docs/facts.md.
 */
#include "ingest/understand.h"

#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

static bool word_is_false(struct str text)
{
    static const char *const WORDS[] = {"false", "no", "failed", "fail", "failure", "error",
        "errored", "timeout", "timed_out", "cancelled", "canceled", "aborted", "crashed"};

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_eq_fold(text, str_from(WORDS[i])))
            return true;
    return false;
}

/* 400 to 599, as a status */
static bool is_http_error(struct str text)
{
    return text.len == 3 && (text.ptr[0] == '4' || text.ptr[0] == '5') &&
           char_is_digit(text.ptr[1]) && char_is_digit(text.ptr[2]);
}

static bool error_says_nothing(struct str text)
{
    static const char *const WORDS[] = {"false", "no", "ok", "0", "no error", "nan", "[]", "{}"};

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_eq_fold(text, str_from(WORDS[i])))
            return true;
    return cell_word_is_absent(text);
}

/* Nothing succeeded where such a number is 0, whether it counts requests or stands for "false". */
static bool counts_successes(const struct column_use *use)
{
    static const char *const WORDS[] = {
        "completed", "success", "succeeded", "successful", "is_success", "ok"};

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_eq(use->meaning.name, str_from(WORDS[i])))
            return true;
    return false;
}

/* Does this cell say that its row failed? */
bool understand_cell_fails(
    const struct understanding *u, const struct column_use *use, const struct cell *cell)
{
    struct cell_number n;
    struct str text;

    switch (use->role) {
    case ROLE_ERROR:
        return !error_says_nothing(grids_text(u->grids, cell));
    case ROLE_SUCCESS:
        text = grids_text(u->grids, cell);
        return word_is_false(text) || is_http_error(text);
    case ROLE_EXIT:
        return !str_eq(grids_text(u->grids, cell), STR("0"));
    case ROLE_REPLY:
        text = grids_text(u->grids, cell);
        return str_starts_fold(text, STR("error ")) || str_starts_fold(text, STR("error:"));
    case ROLE_MEASURE: /* "timed out" where a number should stand */
        if (cell->kind < CELL_STRING ||
            cell_number(u->grids, cell, &use->style, &n) != CELL_IS_TEXT)
            return counts_successes(use) && str_eq(grids_text(u->grids, cell), STR("0"));
        return cell_text_is_error(grids_text(u->grids, cell));
    case ROLE_SUBJECT:
    case ROLE_TIME:
    case ROLE_SAMPLES:
    case ROLE_IGNORE:
        break;
    }
    return false;
}

/*
 * The first cell of each row that fails becomes the row's mark. Called for the error columns first:
 * a text that tells the reason says more than a false success.
 */
static void mark_own_failures(
    const struct understanding *u, struct grid_use *use, struct mark *marks, bool errors)
{
    const struct grid *grid = use->grid;

    for (size_t c = 0; c < grid->columns.len; c++) {
        const struct column *column = &grid->columns.ptr[c];
        enum role role = use->columns[c].role;

        if (role == ROLE_SUBJECT || role == ROLE_TIME || role == ROLE_SAMPLES)
            continue;
        if ((role == ROLE_ERROR) != errors)
            continue;
        if (role == ROLE_MEASURE && use->columns[c].number_count == column->cells.len &&
            !counts_successes(&use->columns[c]))
            continue;
        for (size_t i = 0; i < column->cells.len; i++) {
            const struct cell *cell = &column->cells.ptr[i];

            if (use->row_flags[cell->row] & ROW_FAILED ||
                !understand_cell_fails(u, &use->columns[c], cell))
                continue;
            use->row_flags[cell->row] |= ROW_FAILED;
            marks[cell->row] =
                (struct mark){cell->row, cell->len, cell->at, grids_raw(u->grids, cell)};
        }
    }
}

static const struct mark *mark_of(const struct grid_use *use, uint32_t row)
{
    uint32_t low = 0, high = use->mark_count;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (use->marks[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    return &use->marks[low];
}

/* A record that failed taints the lists and maps inside it; the document itself does not. */
static void inherit_failures(
    const struct grid_use *parent, struct grid_use *use, struct mark *marks)
{
    if (!parent || (!parent->grid->depth && !parent->grid->lines) || !parent->mark_count)
        return;
    for (uint32_t row = 0; row < use->rows; row++) {
        uint32_t above = use->grid->parent_row.ptr[row];

        if (!(parent->row_flags[above] & ROW_FAILED) || use->row_flags[row] & ROW_FAILED)
            continue;
        use->row_flags[row] |= ROW_FAILED;
        marks[row] = *mark_of(parent, above);
        marks[row].row = row;
    }
}

static void keep_marks(
    const struct understanding *u, struct grid_use *use, const struct mark *marks)
{
    uint32_t n = 0;

    for (uint32_t row = 0; row < use->rows; row++)
        n += (use->row_flags[row] & ROW_FAILED) != 0;
    use->marks = arena_array(u->grids->arena, n, struct mark);
    for (uint32_t row = 0; row < use->rows; row++)
        if (use->row_flags[row] & ROW_FAILED)
            use->marks[use->mark_count++] = marks[row];
}

static void find_failures(struct understanding *u, struct grid_use *use)
{
    struct mark *marks = arena_array(u->grids->arena, use->rows, struct mark);

    mark_own_failures(u, use, marks, true);
    mark_own_failures(u, use, marks, false);
    understand_lists_beside(u, use, marks);
    inherit_failures(understanding_parent(u, use), use, marks);
    keep_marks(u, use, marks);
}

static bool is_sample_of(const struct column_use *use, const char *metric)
{
    return use->role == ROLE_MEASURE && str_eq(use->meaning.name, str_from(metric)) &&
           !strcmp(use->meaning.statistic, "sample");
}

static const struct column_use *find_samples(const struct grid_use *use, const char *metric)
{
    for (size_t c = 0; c < use->grid->columns.len; c++)
        if (is_sample_of(&use->columns[c], metric))
            return &use->columns[c];
    return NULL;
}

/* cold: the load time is more than 3 times the table's median load time. */
static void find_cold(struct understanding *u, struct grid_use *use)
{
    const struct column_use *load = find_samples(use, "load_time");
    double *values, median;
    size_t n = 0;

    if (!load || load->number_count < 2)
        return;
    values = arena_array(u->grids->arena, load->number_count, double);
    for (size_t i = 0; i < load->number_count; i++)
        if (!(use->row_flags[load->numbers[i].row] & ROW_FAILED) &&
            isfinite(load->numbers[i].value))
            values[n++] = load->numbers[i].value;
    stats_sort(values, n);
    if (!stats_quantile(values, n, 0.5, &median))
        return;
    for (size_t i = 0; i < load->number_count; i++)
        if (!(use->row_flags[load->numbers[i].row] & ROW_FAILED) &&
            load->numbers[i].value > 3 * median)
            use->row_flags[load->numbers[i].row] |= ROW_COLD;
}

/* A compile time of zero is no measurement: nothing was compiled. */
static void drop_zero_compile_times(struct grid_use *use)
{
    for (size_t c = 0; c < use->grid->columns.len; c++) {
        struct column_use *column = &use->columns[c];

        if (column->role != ROLE_MEASURE || !str_eq(column->meaning.name, STR("compile_time")))
            continue;
        for (size_t i = 0; i < column->number_count; i++)
            if (column->numbers[i].value == 0 &&
                !(use->row_flags[column->numbers[i].row] & ROW_FAILED))
                column->numbers[i].gone = true;
    }
}

static struct str number_text(const struct understanding *u, const struct number *n)
{
    struct cell cell = {.at = n->at & ((UINT64_C(1) << 56) - 1), .len = n->len};

    return grids_raw(u->grids, &cell);
}

/* Two columns of one quantity: equal texts in a row are one fact; different ones are two parts. */
static void merge_columns(const struct understanding *u, struct column_use *a, struct column_use *b)
{
    size_t i = 0, j = 0;

    while (i < a->number_count && j < b->number_count) {
        struct number *x = &a->numbers[i], *y = &b->numbers[j];

        if (x->row != y->row) {
            i += x->row < y->row;
            j += y->row < x->row;
            continue;
        }
        if (!x->gone && !y->gone && !strcmp(a->meaning.unit, b->meaning.unit) &&
            str_eq(number_text(u, x), number_text(u, y)))
            (x->at < y->at ? y : x)->gone = true; /* the first place in the file is kept */
        else if (!x->gone && !y->gone)
            a->part = b->part = true;
        i++;
        j++;
    }
}

enum { HOMONYMS_MAX = 16 };

/* Earlier columns of the same metric and statistic. */
struct homonyms {
    uint32_t column[HOMONYMS_MAX], count;
};

/* A column is compared with the first few of its quantity: a file of a thousand copies stays cheap.
 */
static void merge_twice_written(const struct understanding *u, struct grid_use *use)
{
    size_t count = use->grid->columns.len;
    struct homonyms *all = arena_array(u->grids->arena, count, struct homonyms);
    struct map quantities;

    map_init(&quantities, u->grids->arena);
    for (uint32_t c = 0; c < count; c++) {
        struct column_use *cu = &use->columns[c];
        struct homonyms *same;

        if (cu->role != ROLE_MEASURE)
            continue;
        same = &all[map_add(&quantities, arena_printf(u->grids->arena, "%.*s %s",
                                             STR_ARG(cu->meaning.name), cu->meaning.statistic))];
        for (uint32_t i = 0; i < same->count; i++)
            merge_columns(u, &use->columns[same->column[i]], cu);
        if (same->count < HOMONYMS_MAX)
            same->column[same->count++] = c;
    }
    map_release(&quantities);
}

/* Half a unit of the last digit written, in the base unit. */
static double half_unit(
    const struct understanding *u, const struct column_use *use, const struct number *n)
{
    struct str text = number_text(u, n);
    size_t point = str_find_char(text, '.', 0);
    double half = 0.5;

    for (size_t i = point; i != SIZE_MAX && i + 1 < text.len && char_is_digit(text.ptr[i + 1]); i++)
        half /= 10;
    return scale_apply(use->meaning.scale, half);
}

/* ttft = load + prompt evaluation in every row that has all three: then that is its definition. */
static void find_ttft_definition(const struct understanding *u, struct grid_use *use)
{
    struct column_use *ttft = (struct column_use *)find_samples(use, "ttft");
    const struct column_use *load = find_samples(use, "load_time");
    const struct column_use *prompt = find_samples(use, "prompt_eval_time");
    size_t i = 0, j = 0, seen = 0;

    if (!ttft || !load || !prompt || ttft->meaning.definition)
        return;
    for (size_t k = 0; k < ttft->number_count; k++) {
        const struct number *t = &ttft->numbers[k], *l, *p;
        double slack;

        while (i < load->number_count && load->numbers[i].row < t->row)
            i++;
        while (j < prompt->number_count && prompt->numbers[j].row < t->row)
            j++;
        if (i == load->number_count || j == prompt->number_count)
            break;
        l = &load->numbers[i];
        p = &prompt->numbers[j];
        if (l->row != t->row || p->row != t->row || (use->row_flags[t->row] & ROW_FAILED))
            continue;
        slack = half_unit(u, ttft, t) + half_unit(u, load, l) + half_unit(u, prompt, p);
        if (!(fabs(t->value - l->value - p->value) <= slack * 1.01 + 1e-12 * t->value))
            return;
        seen++;
    }
    if (seen)
        ttft->meaning.definition = "load+prompt_eval";
}

/* Words in a measure column that are neither numbers nor errors. */
static void tell_odd_words(struct understanding *u, const struct grid_use *use)
{
    struct grids *grids = u->grids;

    for (size_t c = 0; c < use->grid->columns.len; c++) {
        const struct column *column = &use->grid->columns.ptr[c];
        const struct column_use *cu = &use->columns[c];

        if (cu->role != ROLE_MEASURE || cu->number_count == column->cells.len)
            continue;
        for (size_t i = 0; i < column->cells.len && !grids_quiet(grids, NOISE_NOT_A_NUMBER); i++) {
            struct cell_number n;
            struct str text;

            if (use->row_flags[column->cells.ptr[i].row] & ROW_FAILED ||
                cell_number(grids, &column->cells.ptr[i], &cu->style, &n) != CELL_IS_TEXT)
                continue;
            if (u->artifact->type == TYPE_MARKDOWN) { /* prose: one sentence for all */
                artifact_problem(u->artifact, use->grid->row_line.ptr[column->cells.ptr[i].row],
                    "mixed_cells",
                    "cells of the file's tables hold words beside their numbers; they were not "
                    "read as facts");
                grids->noise[NOISE_NOT_A_NUMBER] = UINT32_MAX;
                return;
            }
            text = grids_text(grids, &column->cells.ptr[i]);
            grids_problem(grids, NOISE_NOT_A_NUMBER, grids_line(grids, column->cells.ptr[i].at),
                "not_a_number",
                "the column %.*s holds the text %.*s where a number was expected; the cell was "
                "left out",
                (int)(column->leaf.len > 60 ? 60 : column->leaf.len), column->leaf.ptr,
                (int)(text.len > 60 ? 60 : text.len), text.ptr);
        }
    }
}

void understand_rows(struct understanding *u)
{
    for (size_t i = 0; i < u->count; i++) {
        struct grid_use *use = &u->uses[i];

        use->row_flags = arena_array(u->grids->arena, use->rows, unsigned char);
        find_failures(u, use);
        drop_zero_compile_times(use);
        merge_twice_written(u, use);
        find_cold(u, use);
        find_ttft_definition(u, use);
        tell_odd_words(u, use);
    }
}
