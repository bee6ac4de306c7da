/*
 * ingest/understand_lists.c - lists that lie beside each other: "ttfts": [..], "errors": [..].
 * Where both have one element for each request, the error at one place is that of the number at the
 * same place.
 */
#include "ingest/understand.h"

/* The column that tells failures in a list of lone values, or SIZE_MAX. */
static size_t outcome_column(const struct grid_use *use)
{
    for (size_t c = 0; use->grid->bare && c < use->grid->columns.len; c++)
        if (use->columns[c].role == ROLE_ERROR || use->columns[c].role == ROLE_EXIT)
            return c;
    return SIZE_MAX;
}

/* The place of the object that holds the list. */
static struct str holder(const struct grid *grid)
{
    struct str place = grid->place;

    for (int level = 0; level < 2; level++)
        while (place.len && place.ptr[--place.len] != '/')
            ;
    return place;
}

static bool lie_together(const struct grid *a, const struct grid *b)
{
    return a != b && a->parent == b->parent && a->bare && b->bare && a->depth == b->depth &&
           str_eq(holder(a), holder(b));
}

/* One past the last row of the list that begins at `row`. */
static uint32_t list_end(const struct grid *grid, uint32_t row)
{
    uint32_t end = row;

    while (end < grid->parent_row.len && grid->parent_row.ptr[end] == grid->parent_row.ptr[row])
        end++;
    return end;
}

static void mark_row(const struct understanding *u, struct grid_use *use, uint32_t row,
    const struct cell *cell, struct mark *marks)
{
    if (use->row_flags[row] & ROW_FAILED)
        return;
    use->row_flags[row] |= ROW_FAILED;
    marks[row] = (struct mark){row, cell->len, cell->at, grids_raw(u->grids, cell)};
}

/* An error that belongs to nobody: the numbers beside it cannot be told from good ones. */
static void tell_uneven(const struct understanding *u, const struct grid_use *use,
    const struct grid_use *from, size_t c, uint32_t row, uint32_t end)
{
    const struct column *outcome = &from->grid->columns.ptr[c];

    for (size_t i = 0; i < outcome->cells.len && !grids_quiet(u->grids, NOISE_RAGGED); i++) {
        const struct cell *cell = &outcome->cells.ptr[i];

        if (cell->row < row || cell->row >= end ||
            !understand_cell_fails(u, &from->columns[c], cell))
            continue;
        grids_problem(u->grids, NOISE_RAGGED, grids_line(u->grids, cell->at), "uneven_lists",
            "the lists %.*s and %.*s have different lengths, so it is unknown which number failed",
            (int)(use->grid->record.len > 60 ? 60 : use->grid->record.len), use->grid->record.ptr,
            (int)(outcome->leaf.len > 60 ? 60 : outcome->leaf.len), outcome->leaf.ptr);
        return;
    }
}

/* Lists of one holder and of the same length; cells are ascending by row. */
static void carry(const struct understanding *u, struct grid_use *use, const struct grid_use *from,
    size_t c, struct mark *marks)
{
    const struct column *outcome = &from->grid->columns.ptr[c];
    uint32_t mine = 0, theirs = 0, next, end;
    size_t i = 0;

    while (mine < use->rows && theirs < from->rows) {
        uint32_t a = use->grid->parent_row.ptr[mine], b = from->grid->parent_row.ptr[theirs];

        next = list_end(use->grid, mine);
        end = list_end(from->grid, theirs);
        if (a == b && next - mine != end - theirs)
            tell_uneven(u, use, from, c, theirs, end);
        while (a == b && next - mine == end - theirs && i < outcome->cells.len &&
               outcome->cells.ptr[i].row < end) {
            const struct cell *cell = &outcome->cells.ptr[i++];

            if (cell->row >= theirs && understand_cell_fails(u, &from->columns[c], cell))
                mark_row(u, use, mine + (cell->row - theirs), cell, marks);
        }
        while (b <= a && i < outcome->cells.len && outcome->cells.ptr[i].row < end)
            i++;
        mine = a <= b ? next : mine;
        theirs = b <= a ? end : theirs;
    }
}

void understand_lists_beside(
    const struct understanding *u, struct grid_use *use, struct mark *marks)
{
    for (size_t i = 0; use->grid->bare && i < u->count; i++) {
        size_t c =
            lie_together(use->grid, u->uses[i].grid) ? outcome_column(&u->uses[i]) : SIZE_MAX;

        if (c != SIZE_MAX)
            carry(u, use, &u->uses[i], c, marks);
    }
}
