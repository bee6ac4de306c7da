/* fact/query.c - reading EXPR, and judging single facts by it. Visiting stands in select.c. */
#include "fact/query.h"

#include "base/num.h"
#include "fact/condition.h"
#include "fact/name.h"
#include "fact/percent.h"

#include <math.h>
#include <stdio.h>

static const char *const KEYS[] = {[KEY_PATH] = "path",
    [KEY_TYPE] = "type",
    [KEY_FORMAT] = "format",
    [KEY_METRIC] = "metric",
    [KEY_UNIT] = "unit",
    [KEY_STATISTIC] = "statistic",
    [KEY_DEFINITION] = "definition",
    [KEY_FLAG] = "flag"};

/* Longer ones first: "<=" is not "<". */
static const struct {
    const char *text;
    enum condition_op op;
} OPS[] = {{"!=", OP_NE}, {"<=", OP_LE}, {">=", OP_GE}, {"=", OP_EQ}, {"<", OP_LT}, {">", OP_GT},
    {"~", OP_GLOB}};

enum condition_key condition_key_find(struct str name)
{
    for (int i = 0; i < KEY_SUBJECT; i++)
        if (str_eq(str_from(KEYS[i]), name))
            return (enum condition_key)i;
    return KEY_SUBJECT;
}

/* ---- judging */

static bool order_holds(enum condition_op op, int order)
{
    switch (op) {
    case OP_EQ:
        return order == 0;
    case OP_NE:
        return order != 0;
    case OP_LT:
        return order < 0;
    case OP_LE:
        return order <= 0;
    case OP_GT:
        return order > 0;
    case OP_GE:
        return order >= 0;
    case OP_GLOB:
        break;
    }
    return false;
}

bool condition_holds(const struct condition *condition, struct str value)
{
    double number;

    if (!value.len)
        return condition->op == OP_NE;
    if (condition->op == OP_GLOB)
        return str_glob(condition->value, value);
    if (condition->is_number && num_parse(value, &number) && !isnan(number))
        return order_holds(
            condition->op, (number > condition->number) - (number < condition->number));
    return order_holds(condition->op, str_cmp(value, condition->value));
}

bool condition_flags_hold(const struct condition *condition, unsigned flags)
{
    bool has = (flags & condition->flags) != 0;

    return condition->op == OP_NE ? !has : has;
}

struct str condition_artifact_value(enum condition_key key, const struct artifact *artifact)
{
    switch (key) {
    case KEY_PATH:
        return artifact->path;
    case KEY_TYPE:
        return str_from(artifact_type_name(artifact->type));
    case KEY_FORMAT:
        return str_from(artifact->format);
    default:
        return STR_NONE;
    }
}

bool condition_artifact_holds(const struct condition *condition, const struct artifact *artifact)
{
    struct str value = condition_artifact_value(condition->key, artifact);
    struct buf buf;
    bool holds;

    if (condition->key != KEY_PATH || !percent_is_needed(value))
        return condition_holds(condition, value);
    /* People copy the path from the output, where bytes that are no text are percent-encoded. */
    buf_init(&buf, BUF_NO_LIMIT);
    percent_encode(&buf, value);
    if (condition->op == OP_NE)
        holds = condition_holds(condition, value) && condition_holds(condition, buf_str(&buf));
    else
        holds = condition_holds(condition, value) || condition_holds(condition, buf_str(&buf));
    buf_release(&buf);
    return holds;
}

static struct str key_value(enum condition_key key, struct str name, const struct fact *fact)
{
    switch (key) {
    case KEY_METRIC:
        return fact_metric(fact);
    case KEY_UNIT:
        return str_from(fact_unit(fact));
    case KEY_STATISTIC:
        return str_from(fact_statistic(fact));
    case KEY_DEFINITION:
        return fact_definition(fact);
    case KEY_FLAG:
        return STR_NONE;
    case KEY_SUBJECT:
        return fact_subject(fact, name);
    default:
        return condition_artifact_value(key, fact->artifact);
    }
}

struct str query_key(const struct fact *fact, struct str key)
{
    struct str value = key_value(condition_key_find(key), key, fact);

    return value.len ? value : STR_NONE;
}

bool query_matches(const struct query *query, const struct fact *fact)
{
    for (size_t i = 0; i < query->count; i++) {
        const struct condition *c = &query->conditions[i];
        bool holds;

        if (c->key == KEY_FLAG)
            holds = condition_flags_hold(c, fact->flags);
        else if (c->key < KEY_METRIC)
            holds = condition_artifact_holds(c, fact->artifact);
        else
            holds = condition_holds(c, key_value(c->key, c->name, fact));
        if (!holds)
            return false;
    }
    return true;
}

/* ---- reading */

struct reader {
    struct arena *arena;
    struct str text;
    size_t at, condition; /* place, and where its condition began */
    struct err *err;
};

static enum err_code complain(struct reader *in, const char *what, const char *remedy)
{
    struct str rest = str_slice(in->text, in->condition, in->condition + 60);

    return err_set(in->err, ERR_USAGE, "--where: at byte %zu, '%.*s': %s. %s", in->at + 1,
        STR_ARG(rest), what, remedy);
}

static void skip_blanks(struct reader *in)
{
    while (in->at < in->text.len && char_is_space(in->text.ptr[in->at]))
        in->at++;
}

/* "..." with \" and \\ inside. */
static enum err_code read_quoted(struct reader *in, struct str *ret)
{
    char *to = arena_alloc(in->arena, in->text.len - in->at + 1);
    size_t len = 0;

    for (size_t i = in->at + 1; i < in->text.len; i++) {
        char c = in->text.ptr[i];

        if (c == '"') {
            in->at = i + 1;
            *ret = (struct str){to, len};
            return ERR_NONE;
        }
        if (c == '\\' && i + 1 < in->text.len &&
            (in->text.ptr[i + 1] == '"' || in->text.ptr[i + 1] == '\\'))
            c = in->text.ptr[++i];
        to[len++] = c;
    }
    return complain(in, "the quote is never closed", "Put \" behind the value.");
}

static bool is_op(char c)
{
    return c == '=' || c == '!' || c == '<' || c == '>' || c == '~';
}

static enum err_code read_name(struct reader *in, struct str *ret)
{
    size_t from = in->at;

    if (in->text.ptr[from] == '"')
        return read_quoted(in, ret);
    while (in->at < in->text.len && !is_op(in->text.ptr[in->at]) &&
           !char_is_space(in->text.ptr[in->at]))
        in->at++;
    *ret = str_slice(in->text, from, in->at);
    if (!ret->len)
        return complain(in, "a key is missing", "Write key=value, e.g. metric=ttft.");
    return ERR_NONE;
}

static enum err_code read_op(struct reader *in, enum condition_op *ret)
{
    struct str rest = str_slice(in->text, in->at, in->text.len);

    for (size_t i = 0; i < sizeof OPS / sizeof *OPS; i++) {
        if (!str_starts(rest, str_from(OPS[i].text)))
            continue;
        *ret = OPS[i].op;
        in->at += strlen(OPS[i].text);
        if (in->at < in->text.len && in->text.ptr[in->at] == '=')
            return complain(
                in, "one sign too many", "Write a single =; quote a value that begins with =.");
        return ERR_NONE;
    }
    return complain(
        in, "an operator is missing", "Write key=value; operators are = != < <= > >= ~.");
}

static enum err_code read_value(struct reader *in, struct str *ret)
{
    size_t from = in->at;

    if (from == in->text.len || char_is_space(in->text.ptr[from]))
        return complain(in, "a value is missing", "Write key=value; \"\" is the empty value.");
    if (in->text.ptr[from] == '"') {
        if (read_quoted(in, ret))
            return in->err->code;
        if (in->at < in->text.len && !char_is_space(in->text.ptr[in->at]))
            return complain(in, "text behind the closing quote", "Put a blank between conditions.");
        return ERR_NONE;
    }
    while (in->at < in->text.len && !char_is_space(in->text.ptr[in->at]))
        in->at++;
    *ret = str_slice(in->text, from, in->at);
    return ERR_NONE;
}

/* The flags that a word or glob names, as bits. */
static enum err_code read_flags(struct reader *in, struct condition *c)
{
    const char *near = "failed_run";
    size_t best = SIZE_MAX;

    if (c->op != OP_EQ && c->op != OP_NE && c->op != OP_GLOB)
        return complain(in, "flags have no order", "Write flag=NAME or flag!=NAME.");
    for (unsigned bit = 1; flag_name((enum flag)bit); bit <<= 1) {
        struct str name = str_from(flag_name((enum flag)bit));
        size_t distance = str_distance(c->value, name);

        if (c->op == OP_GLOB ? str_glob(c->value, name) : str_eq(c->value, name))
            c->flags |= bit;
        if (distance < best) {
            best = distance;
            near = name.ptr;
        }
    }
    if (c->flags)
        return ERR_NONE;
    return complain(
        in, "there is no such flag", arena_printf(in->arena, "Did you mean %s?", near).ptr);
}

static enum err_code read_condition(struct reader *in, struct condition *c)
{
    bool spaced;

    in->condition = in->at;
    if (read_name(in, &c->name))
        return in->err->code;
    spaced = in->at < in->text.len && char_is_space(in->text.ptr[in->at]);
    skip_blanks(in);
    if (read_op(in, &c->op))
        return in->err->code;
    if (spaced) /* "num_ctx >= 2048": blanks on both sides or on none */
        skip_blanks(in);
    if (read_value(in, &c->value))
        return in->err->code;
    c->key = condition_key_find(c->name);
    if (c->key == KEY_STATISTIC && c->op != OP_GLOB && name_statistic(c->value))
        c->value = str_from(name_statistic(c->value));
    c->is_number = num_parse(c->value, &c->number) && !isnan(c->number);
    return c->key == KEY_FLAG ? read_flags(in, c) : ERR_NONE;
}

static void note_wishes(struct query *query, const struct condition *c)
{
    if (c->key != KEY_FLAG || c->op == OP_NE)
        return;
    if (c->flags & (FLAG_FAILED_RUN | FLAG_ZERO_ON_ERROR | FLAG_NOT_FINITE))
        query->wants_failed = true;
    if (c->flags & FLAG_DUPLICATE)
        query->wants_duplicates = true;
}

enum err_code query_parse(struct arena *arena, struct str text, struct query *ret, struct err *err)
{
    struct reader in = {arena, text, 0, 0, err};
    struct query query = {0};
    VEC(struct condition) list = {0};
    enum err_code code = ERR_NONE;

    for (skip_blanks(&in); !code && in.at < text.len; skip_blanks(&in)) {
        struct condition *c = vec_push(&list);

        code = read_condition(&in, c);
        if (!code)
            note_wishes(&query, c);
    }
    if (!code) {
        query.count = list.len;
        query.conditions = arena_array(arena, list.len, struct condition);
        if (list.len)
            memcpy(query.conditions, list.ptr, list.len * sizeof *list.ptr);
        *ret = query;
    }
    vec_release(&list);
    return code;
}

bool query_condition(
    const struct query *query, size_t i, struct str *ret_key, struct str *ret_value)
{
    const struct condition *condition = &query->conditions[i];

    *ret_key = condition->name;
    *ret_value = condition->value;
    return condition->op == OP_EQ;
}
