/* ingest/read.c - the way of one file: bytes, digest, inflating, decoding, reading, meaning, facts.
 */
#include "ingest/read.h"

#include "base/fs.h"
#include "codec/gzip.h"
#include "codec/json.h"
#include "ingest/emit.h"

/* The first line alone is a JSON object, and more follows: JSON Lines under a .json name. */
static bool is_json_lines(const struct artifact *artifact, struct str text)
{
    struct str name = artifact->path;
    size_t end = str_find_char(text, '\n', 0), bad = 0;
    struct json json;
    struct err err;
    bool whole;

    if (str_ends(name, STR(".gz")))
        name = str_slice(name, 0, name.len - 3);
    if (str_ends(name, STR(".jsonl")) || str_ends(name, STR(".ndjson")))
        return true;
    if (end == SIZE_MAX || end > 1 << 20 || !str_trim(str_slice(text, end, text.len)).len)
        return false;
    json_init(&json, str_slice(text, 0, end));
    whole = !json_parse(&json, &bad, &err) && json.nodes[0].type == JSON_OBJECT;
    json_release(&json);
    return whole;
}

static const char *general_format(enum artifact_type type, bool lines)
{
    switch (type) {
    case TYPE_CSV:
        return "csv";
    case TYPE_JSON:
        return lines ? "jsonl" : "json";
    case TYPE_MARKDOWN:
    case TYPE_COUNT:
        break;
    }
    return "markdown";
}

/* What a file without a single number is. */
static void tell_no_facts(struct artifact *artifact, const struct grids *grids)
{
    struct str text = str_trim(grids->text), line = text;

    if (artifact->problems.len || artifact->type == TYPE_MARKDOWN)
        return;
    line.len = str_find_char(text, '\n', 0) == SIZE_MAX ? text.len : str_find_char(text, '\n', 0);
    if (artifact->type == TYPE_CSV && grids->list.len && !grids->list.ptr[0]->parent_row.len)
        artifact_problem(artifact, 1, "no_table",
            "the file holds no table, only the text \"%.*s\"; if a tool wrote its error here, run "
            "it again",
            (int)(line.len > 120 ? 120 : line.len), line.ptr);
    else
        artifact_problem(artifact, 0, "no_facts",
            "the file was read, but no number in it could be tied to a metric");
}

static void read_grids(struct artifact *artifact, struct grids *grids)
{
    struct understanding u;
    bool lines = false;

    switch (artifact->type) {
    case TYPE_CSV:
        grid_read_csv(grids);
        break;
    case TYPE_JSON:
        lines = is_json_lines(artifact, grids->text);
        if (lines)
            grid_read_json_lines(grids);
        else
            grid_read_json(grids);
        break;
    case TYPE_MARKDOWN:
    case TYPE_COUNT:
        grid_read_markdown(grids);
        break;
    }
    if (grids->list.len) {
        const struct format *format =
            artifact->type == TYPE_MARKDOWN ? NULL : format_recognise(grids);

        understand(grids, artifact, format, &u);
        emit_facts(&u);
        understanding_release(&u);
        if (format)
            artifact->format = format->name;
        else if (artifact->fact_count || artifact->type == TYPE_MARKDOWN)
            artifact->format = general_format(artifact->type, lines);
    } else if (artifact->type == TYPE_MARKDOWN) {
        artifact->format = "markdown";
    }
    if (!artifact->fact_count)
        tell_no_facts(artifact, grids);
}

static void read_text(struct artifact *artifact, struct arena *scratch, struct str raw)
{
    struct encoding encoding;
    struct grids grids;

    encoding_decode(scratch, raw, &encoding);
    artifact->encoding = encoding_name(encoding.kind);
    if (encoding.kind == ENCODING_BINARY) {
        artifact_problem(artifact, 0, "binary", "the file is binary, not text; its name says %s",
            artifact_type_name(artifact->type));
        return;
    }
    if (!str_trim(encoding.text).len) {
        artifact_problem(
            artifact, 0, "empty", "the file is empty; the tool that wrote it may have failed");
        return;
    }
    if (encoding.repaired)
        artifact_problem(artifact, 0, "damaged_text",
            "the file is %s, and some of its characters are damaged; they were replaced",
            artifact->encoding);
    grids_init(&grids, scratch, artifact, &encoding);
    read_grids(artifact, &grids);
    grids_release(&grids);
}

void artifact_read_bytes(struct artifact *artifact, struct str raw, uint64_t limit_bytes)
{
    struct arena scratch;
    struct buf inflated;
    struct err err;

    arena_init(&scratch);
    buf_init(&inflated, (size_t)limit_bytes);
    artifact->bytes = raw.len;
    if (sha256_of(raw, &artifact->sha256, &err))
        artifact_problem(artifact, 0, "no_digest", "%s", err.text);
    else
        artifact->hashed = true;
    artifact->gzip = gzip_is(raw);
    if (!artifact->gzip)
        read_text(artifact, &scratch, raw);
    else if (gzip_inflate(raw, &inflated, &err))
        artifact_problem(
            artifact, 0, err.code == ERR_LIMIT ? "too_large" : "bad_gzip", "%s", err.text);
    else
        read_text(artifact, &scratch, buf_str(&inflated));
    buf_release(&inflated);
    arena_release(&scratch);
}

void artifact_read(struct artifact *artifact, uint64_t limit_bytes)
{
    struct fs_stat st;
    struct err err;
    struct buf raw;

    buf_init(&raw, (size_t)limit_bytes);
    if (fs_read(artifact->file.ptr, &raw, &st, &err)) {
        artifact_problem(
            artifact, 0, err.code == ERR_LIMIT ? "too_large" : "unreadable", "%s", err.text);
    } else {
        artifact->modified_ns = st.modified_ns;
        artifact_read_bytes(artifact, buf_str(&raw), limit_bytes);
    }
    buf_release(&raw);
}
