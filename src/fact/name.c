/*
 * fact/name.c - taking a name apart.
 *
 * The order of the attempts is the meaning: the whole name first ("total_time" is a metric, not the
 * total of a time), then without its unit, then without its statistic word, then without both.
 */
#include "fact/name.h"

#include "fact/name_words.h"

enum { WORDS_MAX = 24, NAME_MAX_BYTES = 1000 };

struct words {
    struct str word[WORDS_MAX];
    bool divides[WORDS_MAX]; /* a slash stands in front of the word */
    size_t from, to;         /* the words that are still unexplained */
};

/* "genTime" -> gen, time; but "TTFT" and "p95" stay one word each. */
static bool word_begins(struct str s, size_t i)
{
    char c = s.ptr[i], before = s.ptr[i - 1];
    bool upper = c >= 'A' && c <= 'Z';

    return upper && before >= 'a' && before <= 'z';
}

static bool word_byte(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || (unsigned char)c >= 0x80;
}

static void add_word(struct arena *arena, struct words *words, struct str part)
{
    char *lower;

    if (!part.len || words->to == WORDS_MAX)
        return;
    lower = (char *)arena_copy(arena, part).ptr;
    for (size_t i = 0; i < part.len; i++)
        lower[i] = char_lower(lower[i]);
    words->word[words->to++] = (struct str){lower, part.len};
}

/* "p99.9" is one word: without its point, it would be the p99 of something called 9. */
static bool is_percentile_point(struct str name, size_t start, size_t i)
{
    if (name.ptr[i] != '.' || i < start + 2 || (name.ptr[start] | 0x20) != 'p' ||
        i + 1 >= name.len || !char_is_digit(name.ptr[i + 1]))
        return false;
    for (size_t k = start + 1; k < i; k++)
        if (!char_is_digit(name.ptr[k]))
            return false;
    return true;
}

static struct str without_point(struct arena *arena, struct str part)
{
    size_t point = str_find_char(part, '.', 0);

    if (point == SIZE_MAX)
        return part;
    return arena_printf(
        arena, "%.*s%.*s", (int)point, part.ptr, (int)(part.len - point - 1), part.ptr + point + 1);
}

static void split(struct arena *arena, struct str name, struct words *ret)
{
    size_t start = 0;

    *ret = (struct words){0};
    /* A "name" of megabytes is a broken file; each attempt to explain it would copy it. */
    name = str_slice(name, 0, NAME_MAX_BYTES);
    for (size_t i = 0; i <= name.len; i++) {
        bool end = i == name.len || !word_byte(name.ptr[i]);

        if (end && i < name.len && is_percentile_point(name, start, i))
            continue;
        if (end || (i > start && word_begins(name, i))) {
            add_word(arena, ret, without_point(arena, str_slice(name, start, i)));
            start = end ? i + 1 : i;
        }
        if (i < name.len && name.ptr[i] == '%')
            add_word(arena, ret, STR("percent"));
        if (i < name.len && name.ptr[i] == '/' && ret->to < WORDS_MAX)
            ret->divides[ret->to] = true;
    }
}

static struct str join(struct arena *arena, const struct words *words, size_t from, size_t to)
{
    struct str out = {"", 0};
    size_t len = 0;
    char *text;

    for (size_t i = from; i < to; i++)
        len += words->word[i].len + 1;
    if (!len)
        return out;
    text = arena_alloc(arena, len);
    len = 0;
    for (size_t i = from; i < to; i++) {
        if (i > from)
            text[len++] = '_';
        memcpy(text + len, words->word[i].ptr, words->word[i].len);
        len += words->word[i].len;
    }
    return (struct str){text, len};
}

struct str name_join(struct arena *arena, struct str name)
{
    struct words words;

    split(arena, name, &words);
    return join(arena, &words, 0, words.to);
}

bool name_is_error(struct str joined)
{
    return words_role(joined, joined) == ROLE_ERROR;
}

struct str name_singular(struct str joined)
{
    if (joined.len > 3 && str_ends(joined, STR("ses")))
        return str_slice(joined, 0, joined.len - 2);
    if (joined.len > 2 && str_ends(joined, STR("s")) && !str_ends(joined, STR("ss")))
        return str_slice(joined, 0, joined.len - 1);
    return joined;
}

/* "TTFT (ms)", "Mean [ms]": the unit in brackets, and the name without it. */
static const struct unit *bracket_unit(struct str *name)
{
    size_t open = str_find_char(*name, '(', 0), close;
    const struct unit *unit;

    if (open == SIZE_MAX)
        open = str_find_char(*name, '[', 0);
    if (open == SIZE_MAX)
        return NULL;
    close = str_find_char(*name, name->ptr[open] == '(' ? ')' : ']', open);
    if (close == SIZE_MAX)
        return NULL;
    unit = unit_find(str_trim(str_slice(*name, open + 1, close)));
    if (unit && str_trim(str_slice(*name, close + 1, name->len)).len == 0)
        *name = str_slice(*name, 0, open);
    return unit;
}

enum { UNIT_WORDS_MAX = 4 };

/*
 * Is the unit in the last n words that of a denominator? "tokens per GB" is no number of bytes;
 * "MB/s", "bandwidth_gb_s" and "images_s" are no seconds, "tok/s/W" no watts.
 */
static bool is_denominator(const struct words *words, size_t n, const struct unit *unit)
{
    size_t at = words->to - n;
    const struct unit *above;
    struct str before;

    if (at == words->from)
        return false;
    before = words->word[at - 1];
    if (words->divides[at] || str_eq(before, STR("per")))
        return true;
    if (!strcmp(unit->base, "ratio") || name_statistic(before))
        return false;
    if (!strcmp(unit->base, "s") && words_are_counted(before))
        return true;
    /* A letter may be anybody's name ("phase_c_s"); of the letters only the second divides. */
    above = before.len > 1 || str_eq(before, STR("s")) ? unit_find(before) : NULL;
    return above && strcmp(above->base, unit->base) != 0 && strcmp(above->base, "ratio") != 0;
}

/* A unit in the last n words; "min" there is a statistic, not minutes. */
static const struct unit *unit_of_last(struct arena *arena, const struct words *words, size_t n)
{
    const struct unit *unit;
    struct str tail;

    if (words->to - words->from < n)
        return NULL;
    tail = join(arena, words, words->to - n, words->to);
    if (str_eq(tail, STR("min")) || str_eq(tail, STR("b")) || str_eq(tail, STR("c")))
        return NULL;
    unit = unit_find(tail);
    return unit && is_denominator(words, n, unit) ? NULL : unit;
}

/* Takes the longest unit off the end of the words. */
static const struct unit *suffix_unit(struct arena *arena, struct words *words)
{
    for (size_t n = UNIT_WORDS_MAX; n >= 1; n--) {
        const struct unit *unit = unit_of_last(arena, words, n);

        if (unit) {
            words->to -= n;
            return unit;
        }
    }
    return NULL;
}

/* A statistic word at either end; "overall" and "run" around it go too. */
static const char *take_statistic(struct words *words)
{
    const char *statistic = NULL;
    size_t from = words->from;

    if (from < words->to &&
        (str_eq(words->word[from], STR("overall")) || str_eq(words->word[from], STR("total"))) &&
        from + 1 < words->to && name_statistic(words->word[from + 1]))
        from++;
    if (from < words->to && (statistic = name_statistic(words->word[from])))
        words->from = from + 1;
    else if (words->to > words->from && (statistic = name_statistic(words->word[words->to - 1])))
        words->to--;
    return statistic;
}

struct attempt {
    const struct metric *metric;
    const struct unit *unit; /* written, or implied by the alias */
    const char *statistic;
};

/* One look into the registry for the words that are left. */
static bool look(struct arena *arena, const struct words *words, const struct unit *unit,
    const char *statistic, struct attempt *ret)
{
    const struct unit *implied = NULL;
    const struct metric *m = metric_find_alias(
        join(arena, words, words->from, words->to), unit ? unit->base : NULL, &implied);

    if (!m)
        return false;
    *ret = (struct attempt){m, unit ? unit : implied, statistic};
    return true;
}

/* Bare statistics: "mean_ms" inside "timing" is the latency of whatever was timed. */
static bool bare(struct arena *arena, const struct name_place *place, const struct unit *unit,
    const char *statistic, struct attempt *ret)
{
    struct words around;

    split(arena, place->parent, &around);
    while (around.from < around.to && words_are_wrapper(around.word[around.to - 1]))
        around.to--;
    while (around.from < around.to && words_are_wrapper(around.word[around.from]))
        around.from++;
    if (around.from < around.to) {
        const struct unit *above = unit ? NULL : suffix_unit(arena, &around);

        if (look(arena, &around, unit ? unit : above, statistic, ret))
            return true;
    }
    if (!unit)
        return false;
    if (!strcmp(unit->base, "s"))
        *ret = (struct attempt){metric_find(STR("latency")), unit, statistic};
    else if (!strcmp(unit->base, "tok/s"))
        *ret = (struct attempt){metric_find(STR("decode_tps")), unit, statistic};
    else
        return false;
    return true;
}

/*
 * The words without the unit at their end: "time_to_first_token_s" ends in a unit of one word and
 * in one of two ("token_s"); the one whose rest is a metric counts.
 */
static bool look_without_unit(
    struct arena *arena, const struct words *words, const char *statistic, struct attempt *ret)
{
    for (size_t n = UNIT_WORDS_MAX; n >= 1; n--) {
        const struct unit *unit = unit_of_last(arena, words, n);
        struct words rest = *words;

        rest.to -= unit ? n : 0;
        if (unit && rest.from < rest.to && look(arena, &rest, unit, statistic, ret))
            return true;
    }
    return false;
}

/* A statistic word, or a total of something. */
static const char *strip_statistic(struct words *words)
{
    const char *statistic = take_statistic(words);

    if (statistic || words->to - words->from < 2 || !str_eq(words->word[words->from], STR("total")))
        return statistic;
    words->from++;
    return "sum";
}

static bool find_metric(struct arena *arena, const struct name_place *place, struct words words,
    const struct unit *unit, struct attempt *ret, struct words *ret_left)
{
    struct words no_stat = words, rest;
    const struct unit *suffix = unit;
    const char *statistic;

    if (look(arena, &words, unit, NULL, ret) ||
        (!unit && look_without_unit(arena, &words, NULL, ret)))
        return true;
    statistic = strip_statistic(&no_stat);
    if (statistic && no_stat.from < no_stat.to && look(arena, &no_stat, unit, statistic, ret))
        return true;
    if (!unit && look_without_unit(arena, &no_stat, statistic, ret))
        return true;
    rest = no_stat;
    if (!unit)
        suffix = suffix_unit(arena, &rest);
    if (!statistic && rest.from < rest.to) /* "latency_p95_ms": the word stands before the unit */
        statistic = take_statistic(&rest);
    *ret_left = rest;
    *ret = (struct attempt){NULL, suffix, statistic};
    if (rest.from < rest.to)
        return look(arena, &rest, suffix, statistic, ret);
    return bare(arena, place, suffix, statistic, ret);
}

/* The same word means another metric below a process list or a GPU list. */
static const struct metric *in_context(const struct name_place *place, const struct metric *m)
{
    static const struct {
        const char *list, *from, *to;
    } RULES[] = {
        {"process", "cpu_utilization", "process_cpu_utilization"},
        {"process", "memory_used", "process_memory_used"},
        {"gpu", "memory_used", "gpu_memory_used"},
        {"gpu", "memory_total", "gpu_memory_total"},
        {"gpu", "memory_free", "gpu_memory_free"},
    };

    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        struct str list = str_from(RULES[i].list);

        if (strcmp(m->name, RULES[i].from) == 0 &&
            (str_find_fold(place->record, list, 0) != SIZE_MAX ||
                str_find_fold(place->parent, list, 0) != SIZE_MAX))
            return metric_find(str_from(RULES[i].to));
    }
    return m;
}

static void fill_measure(struct arena *arena, const struct name_place *place, struct words words,
    const struct unit *unit, struct meaning *ret)
{
    struct words left = words;
    struct attempt hit;
    bool known = find_metric(arena, place, words, unit, &hit, &left);
    const struct metric *m = known ? in_context(place, hit.metric) : NULL;

    ret->role = ROLE_MEASURE;
    ret->known = known;
    ret->statistic = hit.statistic ? hit.statistic : "sample";
    if (!known && hit.statistic &&
        (!strcmp(hit.statistic, "count") || str_eq(words.word[0], STR("total")))) {
        left = words; /* "process_count" and "total_tests" are quantities of their own */
        hit.statistic = NULL;
        if (!unit)
            (void)suffix_unit(arena, &left);
    }
    ret->statistic = hit.statistic ? hit.statistic : "sample";
    ret->name = known ? str_from(m->name) : join(arena, &left, left.from, left.to);
    if (!known && !ret->name.len) /* nothing but a statistic and a unit: keep the first word */
        ret->name = words.from < words.to ? words.word[words.from] : STR("value");
    if (!known && metric_find(ret->name)) /* "TTFT (%)" is a share or a change, not the metric */
        ret->name =
            arena_printf(arena, "%.*s_%s", STR_ARG(ret->name), hit.unit ? hit.unit->base : "value");
    ret->unit = known ? m->unit : hit.unit ? hit.unit->base : "-";
    ret->scale = hit.unit ? hit.unit->scale : (struct scale){0, 1};
    ret->decimal_bytes = hit.unit && hit.unit->binary_doubt;
    ret->unit_known =
        hit.unit != NULL || (known && (!strcmp(m->unit, "token") || !strcmp(m->unit, "-")));
    if (!strcmp(ret->statistic, "count")) {
        ret->unit = "-";
        ret->scale = (struct scale){0, 1};
        ret->unit_known = true;
    } else if (!strcmp(ret->statistic, "cv")) {
        ret->unit = "ratio";
    } else if (!strcmp(ret->statistic, "variance")) {
        bool time = !strcmp(ret->unit, "s"); /* a square: of ms, a millionth */

        ret->scale.factor *= ret->scale.factor;
        ret->unit = time ? "s^2" : "-";
        if (!time)
            ret->scale = (struct scale){0, 1};
    }
}

void name_understand(struct arena *arena, const struct name_place *place, struct meaning *ret)
{
    struct str leaf = place->leaf, joined, last;
    const struct unit *unit = bracket_unit(&leaf);
    struct words words;

    *ret = (struct meaning){.unit = "-", .statistic = "sample"};
    if (!unit && place->unit.len)
        unit = unit_find(place->unit);
    split(arena, leaf, &words);
    joined = join(arena, &words, 0, words.to);
    last = words.to ? words.word[words.to - 1] : STR("");
    ret->name = joined;
    ret->role = words_role(joined, last);
    if (ret->role == ROLE_REPLY && name_is_error(name_join(arena, place->parent)))
        ret->role = ROLE_ERROR; /* "error": {"message": ..} */
    if (ret->role != ROLE_MEASURE)
        return;
    if (str_eq(joined, STR("temperature")) &&
        (place->sensors || (unit && !strcmp(unit->base, "degC")))) {
        fill_measure(arena, place, words, unit, ret);
        return;
    }
    if (!unit && (words_are_fixed_subject(joined) || words_are_parameter(joined))) {
        ret->role = ROLE_SUBJECT;
        ret->name = name_subject_key(joined);
        return;
    }
    fill_measure(arena, place, words, unit, ret);
    if (!ret->known && words_end_like_id(last)) {
        ret->role = ROLE_SUBJECT;
        ret->name = joined;
    }
}
