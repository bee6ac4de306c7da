/*
 * Fuzzes the whole way of one file: decoding, reading, meaning, facts. The first byte chooses the
 * file's type. Checked: every fact's place lies in the file, and the bytes there are its text.
 */
#include "fact/table.h"
#include "ingest/read.h"

#include <stdint.h>
#include <stdlib.h>

static void check_fact(const struct fact *fact, struct str raw)
{
    uint64_t at = fact_offset(fact);
    struct buf pointer;

    if (fact->artifact->gzip)
        return;
    if (at > raw.len || raw.len - at < fact_length(fact))
        abort();
    if (!strcmp(fact->artifact->encoding, "utf-8") &&
        memcmp(raw.ptr + at, fact->text.ptr, fact->text.len) != 0)
        abort();
    buf_init(&pointer, BUF_NO_LIMIT);
    (void)fact_pointer(fact, &pointer);
    buf_release(&pointer);
    for (size_t i = 0; i < fact_subject_count(fact); i++) {
        struct str value;

        (void)fact_subject_at(fact, i, &value);
    }
    (void)fact_time(fact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct artifact *artifact;
    struct str raw;

    if (!size)
        return 0;
    artifact = artifact_new();
    artifact->type = data[0] % TYPE_COUNT;
    artifact->path = data[0] & 64 ? STR("f.jsonl") : STR("f");
    raw = (struct str){(const char *)data + 1, size - 1};
    artifact_read_bytes(artifact, raw, 1 << 20);
    for (size_t t = 0; t < artifact->tables.len; t++) {
        const struct table *table = artifact->tables.ptr[t];

        for (uint32_t m = 0; m < table->measure_count; m++)
            for (uint32_t row = 0; row < table->rows; row++) {
                struct fact fact;

                table_fact(artifact, 0, table, m, row, &fact);
                if (fact.text.len)
                    check_fact(&fact, raw);
            }
    }
    artifact_free(artifact);
    return 0;
}
