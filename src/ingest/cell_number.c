/* ingest/cell_number.c - the ways in which tools write numbers into cells. */
#include "ingest/cell_number.h"

#include "base/num.h"
#include "fact/unit.h"

bool cell_word_is_absent(struct str text)
{
    static const char *const WORDS[] = {"", "-", "--", "na", "n/a", "none", "null", "nil",
        "unknown", "?", "[n/a]", "[not supported]"};

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_eq_fold(text, str_from(WORDS[i])))
            return true;
    return false;
}

bool cell_text_is_error(struct str text)
{
    static const char *const BEGINS[] = {"error", "exception", "traceback", "failed", "failure",
        "fatal", "[unknown error]", "[gpu "};
    static const char *const HOLDS[] = {
        "timed out", "timeout", "refused", "out of memory", "unreachable", "[winerror", "[errno"};

    for (size_t i = 0; i < sizeof BEGINS / sizeof *BEGINS; i++)
        if (str_starts_fold(text, str_from(BEGINS[i])))
            return true;
    for (size_t i = 0; i < sizeof HOLDS / sizeof *HOLDS; i++)
        if (text.len < 400 && str_find_fold(text, str_from(HOLDS[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

/* Length of the number that text begins with (digits, sign, point, commas, exponent). */
static size_t number_length(struct str text)
{
    size_t i = 0;

    if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+'))
        i++;
    while (i < text.len && (char_is_digit(text.ptr[i]) || text.ptr[i] == '.' || text.ptr[i] == ','))
        i++;
    if (i + 1 < text.len && (text.ptr[i] == 'e' || text.ptr[i] == 'E') &&
        (char_is_digit(text.ptr[i + 1]) ||
            (i + 2 < text.len && (text.ptr[i + 1] == '-' || text.ptr[i + 1] == '+') &&
                char_is_digit(text.ptr[i + 2])))) {
        i += 2;
        while (i < text.len && char_is_digit(text.ptr[i]))
            i++;
    }
    return i;
}

/* "0,5", "12,3456" and "1.234,5" hold a decimal comma; "1,234" may; "1,234,567" cannot. */
static bool surely_decimal_comma(struct str text)
{
    size_t comma = str_find_char(text, ',', 0), point = str_find_char(text, '.', 0), digits;

    if (comma == SIZE_MAX || comma == 0 || str_find_char(text, ',', comma + 1) != SIZE_MAX)
        return false;
    digits = text.len - comma - 1;
    if (!digits || number_length(text) != text.len)
        return false;
    if (point != SIZE_MAX)
        return point < comma;
    return digits != 3 || (comma == 1 && text.ptr[0] == '0') || comma > 3;
}

struct number_style number_style_of(
    const struct grids *grids, const struct column *column, bool comma_may_be_decimal)
{
    struct number_style style = {.unit = {"", 0}, .comma_may_be_decimal = comma_may_be_decimal};

    for (size_t i = 0; i < column->cells.len; i++) {
        const struct cell *cell = &column->cells.ptr[i];
        struct str text, rest;
        size_t n;

        if (cell->kind != CELL_PLAIN)
            return style;
        text = str_trim(grids_raw(grids, cell));
        /* Tools put a unit into each cell or into none; a comma may come late. */
        if (i > 100 && !comma_may_be_decimal && !(text.len && memchr(text.ptr, ',', text.len)))
            continue;
        n = number_length(text);
        rest = str_trim(str_slice(text, n, text.len));
        if (n && rest.len && !style.unit.len && unit_find(rest))
            style.unit = rest;
        if (surely_decimal_comma(str_slice(text, 0, n)))
            style.decimal_comma = true;
    }
    return style;
}

static bool parse_decimal_comma(struct str text, double *ret)
{
    char copy[64];
    size_t comma = str_find_char(text, ',', 0);

    if (text.len >= sizeof copy || comma == SIZE_MAX)
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[comma] = '.';
    return num_parse((struct str){copy, text.len}, ret);
}

/* "1.234" is 1234 to those who write 0,5 for a half. */
static bool may_be_grouped_by_point(struct str text)
{
    size_t sign = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    size_t point = str_find_char(text, '.', 0);

    if (point == SIZE_MAX || point == sign || point > sign + 3 || text.ptr[sign] == '0' ||
        text.len - point != 4)
        return false;
    for (size_t i = point + 1; i < text.len; i++)
        if (!char_is_digit(text.ptr[i]))
            return false;
    return true;
}

static enum cell_is parse(struct str text, const struct number_style *style, double *ret)
{
    if (num_parse(text, ret))
        return style->point_may_group && may_be_grouped_by_point(text) ? CELL_IS_AMBIGUOUS
                                                                       : CELL_IS_NUMBER;
    if (style->decimal_comma && parse_decimal_comma(text, ret))
        return CELL_IS_NUMBER;
    if (!num_parse_grouped(text, ret))
        return CELL_IS_TEXT;
    if (style->comma_may_be_decimal && str_find_char(text, ',', 0) == text.len - 4)
        return CELL_IS_AMBIGUOUS;
    return CELL_IS_NUMBER;
}

enum cell_is cell_number(const struct grids *grids, const struct cell *cell,
    const struct number_style *style, struct cell_number *ret)
{
    struct str raw = grids_raw(grids, cell), text = str_trim(raw);
    struct cell_number out = {.at = cell->at};
    bool bare = false;
    enum cell_is is;

    switch ((enum cell_kind)cell->kind) {
    case CELL_NULL:
        return CELL_IS_ABSENT;
    case CELL_TRUE:
    case CELL_FALSE:
    case CELL_STRING_ESCAPED:
    case CELL_PLAIN_ESCAPED:
        return CELL_IS_TEXT;
    case CELL_NUMBER:
    case CELL_STRING:
    case CELL_PLAIN:
        break;
    }
    /* Nearly every cell is a plain number; words are looked at last. */
    if (cell->kind == CELL_NUMBER && num_parse(text, &out.value)) {
        out.len = (uint32_t)text.len;
        *ret = out;
        return CELL_IS_NUMBER;
    }
    if (!(text.len && char_is_digit(text.ptr[text.len - 1])) && cell_word_is_absent(text))
        return CELL_IS_ABSENT;
    if (style->unit.len && str_ends(text, style->unit))
        text = str_trim(str_slice(text, 0, text.len - style->unit.len));
    else
        bare = style->unit.len > 0;
    out.at += (uint64_t)(text.ptr - raw.ptr);
    out.len = (uint32_t)text.len;
    if (text.len > UINT16_MAX)
        return CELL_IS_TEXT;
    is = parse(text, style, &out.value);
    if (is == CELL_IS_NUMBER && bare && out.value != 0) /* 0.97 beside 97%: of which unit? */
        return CELL_IS_AMBIGUOUS;
    if (is == CELL_IS_NUMBER)
        *ret = out;
    return is;
}
