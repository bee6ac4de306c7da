/*
 * ingest/format.h - what is known about a tool's files beyond what their names say.
 *
 * A format is recognised by the columns that it must have, never by a file name. A column's full
 * name is its grid's place and its pointer: "/backends/{}/benchmark/mean_time_ms"; of a delimited
 * table "/" and the joined header: "/ttft_s". A list of records that is the whole document is named
 * like JSON Lines of them, without its "/[]". Where do I add a format? Copy format_study.c's rows
 * into a small file of its own, and name the array in formats.c.
 */
#ifndef CHIMERA_INGEST_FORMAT_H
#define CHIMERA_INGEST_FORMAT_H

#include "fact/name.h"
#include "ingest/grid.h"

/* What a column means in this format; NULL fields leave what the name says. */
struct format_rule {
    /*
     * Full name, then conditions on the row, all separated by blanks: "/avg_ts n_gen=0 kind!=cold".
     * A condition's key stands in the record or in one around it. '*' fits anything, in both. The
     * first rule that fits a row counts.
     */
    const char *column;
    enum role role;
    const char *name; /* metric or subject key */
    const char *unit; /* as written, fact/unit.h */
    const char *statistic,
        *definition; /* definition "file" of a subject: a path, its name counts */
};

struct format {
    const char *name;
    const char *needs;               /* full names that must all be there, separated by blanks */
    const char *lacks;               /* full names that must not be there, or NULL */
    const struct format_rule *rules; /* ends with column NULL; or NULL */
    const char *keys; /* "place=key" of maps whose key names another subject, separated by blanks */
    const char *samples; /* full name of the column that counts the samples behind the statistics */
    bool binary_bytes;   /* kb, mb, gb are powers of 1024 here */
};

/*
 * The format of the grids: the one with the most needs that are all met; NULL = none. Two formats
 * of equal rank and different names are a problem of the artifact and give NULL.
 */
const struct format *format_recognise(struct grids *grids);

/* The rules whose names fit the column, in their order, up to the first without conditions. */
size_t format_rules_for(const struct format *format, const struct grids *grids,
    const struct grid *grid, const struct column *column, const struct format_rule **ret,
    size_t max);

/* True when the text is the pattern; a '*' in the pattern fits anything. */
bool format_fits(struct str pattern, struct str text);

/* A column's full name, in the grids' arena. */
struct str format_full_name(
    const struct grids *grids, const struct grid *grid, const struct column *column);

/* The subject key that a map's place stands for in this format; ptr NULL = none. */
struct str format_map_key(const struct format *format, struct str place);

/* Rows of formats; each array ends with name NULL. */
extern const struct format FORMATS_STUDY[];
extern const struct format FORMATS_HYPERFINE[];
extern const struct format FORMATS_GOOGLE_BENCHMARK[];
extern const struct format FORMATS_PYTEST_BENCHMARK[];
extern const struct format FORMATS_CRITERION[];
extern const struct format FORMATS_LLAMA_BENCH[];
extern const struct format FORMATS_OLLAMA[];
extern const struct format FORMATS_OPENAI[];
extern const struct format FORMATS_VLLM[];
extern const struct format FORMATS_AIPERF[];
extern const struct format FORMATS_NVIDIA_SMI[];
extern const struct format FORMATS_LLMPERF[];
extern const struct format FORMATS_OHA[];

#endif
