/* tests/unit/test_ingest.c - one file's bytes to facts and problems. A case is two texts: add
 * yours. */
#include "unit/unit.h"

#include "fact/table.h"
#include "ingest/read.h"

static void add_flags(struct buf *out, unsigned flags)
{
    for (unsigned bit = 1; bit <= FLAG_TZ_UNKNOWN; bit *= 2)
        if (flags & bit)
            buf_addf(out, " !%s", flag_name((enum flag)bit));
}

/* "metric statistic = text unit @ place flags", one line a fact that has a text. */
static void add_fact(struct buf *out, const struct fact *fact)
{
    struct str metric = fact_metric(fact), column = fact_column(fact);

    buf_addf(out, "%.*s %s = %.*s %s @ ", STR_ARG(metric), fact_statistic(fact),
        STR_ARG(fact->text), fact_unit(fact));
    if (!fact_pointer(fact, out))
        buf_addf(out, "%u/%.*s", fact_row_number(fact), STR_ARG(column));
    for (size_t i = 0; i < fact_subject_count(fact); i++) {
        struct str value, key = fact_subject_at(fact, i, &value);

        if (value.len)
            buf_addf(out, " %.*s=%.*s", STR_ARG(key), STR_ARG(value));
    }
    add_flags(out, fact->flags);
    buf_add_char(out, '\n');
}

static void add_all(struct buf *out, const struct artifact *artifact, struct str raw)
{
    for (size_t t = 0; t < artifact->tables.len; t++) {
        const struct table *table = artifact->tables.ptr[t];

        for (uint32_t row = 0; row < table->rows; row++)
            for (uint32_t m = 0; m < table->measure_count; m++) {
                struct fact fact;

                table_fact(artifact, 0, table, m, row, &fact);
                if (!fact.text.len)
                    continue;
                add_fact(out, &fact);
                assert_true(fact_offset(&fact) + fact_length(&fact) <= raw.len);
                assert_memory_equal(raw.ptr + fact_offset(&fact), fact.text.ptr, fact.text.len);
            }
    }
    for (size_t i = 0; i < artifact->problems.len; i++)
        buf_addf(out, "problem %s line %d\n", artifact->problems.ptr[i].kind,
            (int)artifact->problems.ptr[i].line);
}

static void check(enum artifact_type type, const char *path, const char *bytes, const char *want)
{
    struct artifact *artifact = artifact_new();
    struct str raw = str_from(bytes);
    struct buf out;

    buf_init(&out, BUF_NO_LIMIT);
    artifact->type = type;
    artifact->path = str_from(path);
    artifact_read_bytes(artifact, raw, 1 << 20);
    add_all(&out, artifact, raw);
    if (!str_eq(buf_str(&out), str_from(want)))
        print_message("# got:\n%s# want:\n%s", out.ptr ? out.ptr : "", want);
    assert_true(str_eq(buf_str(&out), str_from(want)));
    buf_release(&out);
    artifact_free(artifact);
}

TEST(a_failed_row_gives_no_sample)
{
    check(TYPE_CSV, "a.csv", "model,ttft_s,error\nm,0.5,\nm,0.0,timed out\n",
        "ttft sample = 0.5 s @ 1/ttft_s model=m\n"
        "ttft sample = 0.0 s @ 2/ttft_s model=m !failed_run !zero_on_error\n");
    check(TYPE_CSV, "a.csv", "model,ttft_s,Success\nm,0.5,TRUE\nm,,FALSE\n",
        "ttft sample = 0.5 s @ 1/ttft_s model=m\n");
    check(TYPE_CSV, "a.csv", "model,ttft_s\nm,0.5\nm,timed out\n",
        "ttft sample = 0.5 s @ 1/ttft_s model=m\n");
}

TEST(a_count_of_errors_is_no_failure)
{
    check(TYPE_CSV, "a.csv", "ttft_s,errors\n0.5,3\n",
        "ttft sample = 0.5 s @ 1/ttft_s\nerrors sample = 3 - @ 1/errors\n");
}

TEST(a_number_may_say_that_a_row_failed)
{
    check(TYPE_CSV, "a.csv", "ttft_s,success\n0.5,1\n0,0\n",
        "ttft sample = 0.5 s @ 1/ttft_s\nsuccess sample = 1 - @ 1/success\n"
        "ttft sample = 0 s @ 2/ttft_s !failed_run !zero_on_error\n"
        "success sample = 0 - @ 2/success !failed_run !zero_on_error\n");
    check(TYPE_CSV, "a.csv", "ttft_s,failed\n0.5,False\n0.1,True\n",
        "ttft sample = 0.5 s @ 1/ttft_s\nttft sample = 0.1 s @ 2/ttft_s !failed_run\n");
    check(TYPE_CSV, "a.csv", "ttft_s,status_code\n0.5,200\n0.1,503\n",
        "ttft sample = 0.5 s @ 1/ttft_s\nttft sample = 0.1 s @ 2/ttft_s !failed_run\n");
    check(TYPE_CSV, "a.csv", "ttft_s,error\n0.5,nan\n0.1,lost\n",
        "ttft sample = 0.5 s @ 1/ttft_s\nttft sample = 0.1 s @ 2/ttft_s !failed_run\n");
}

TEST(a_unit_behind_the_number_is_nearer_than_the_header)
{
    check(TYPE_CSV, "a.csv", "ttft (ms)\n5\n97%\n",
        "ttft sample = 5 s @ 1/ttft (ms)\nproblem not_a_number line 3\n");
    check(TYPE_CSV, "a.csv", "ttft (ms)\n0.5 s\n", "ttft sample = 0.5 s @ 1/ttft (ms)\n");
    check(TYPE_CSV, "a.csv", "ttft_ms,x\n5 ms,a\n", "ttft sample = 5 s @ 1/ttft_ms x=a\n");
    check(TYPE_CSV, "a.csv", "accuracy,x\n97%,a\n0.97,b\n0,c\n",
        "accuracy sample = 97 ratio @ 1/accuracy x=a\n"
        "accuracy sample = 0 ratio @ 3/accuracy x=c\nproblem ambiguous_number line 3\n");
}

TEST(files_that_were_glued_together)
{
    check(TYPE_CSV, "a.csv", "model,ttft_s\na,1\nmodel,ttft_s\nb,2\n",
        "ttft sample = 1 s @ 1/ttft_s model=a\nttft sample = 2 s @ 3/ttft_s model=b\n"
        "problem header_again line 3\n");
    check(TYPE_CSV, "a.csv", "ttft_s,load_s\n1,2\nload_s,ttft_s\n3,4\n",
        "ttft sample = 1 s @ 1/ttft_s\nload_time sample = 2 s @ 1/load_s\n"
        "problem header_again line 3\n");
}

TEST(rows_of_means_and_totals_are_no_samples)
{
    check(TYPE_CSV, "a.csv", "model,ttft_s\na,1\nMean,1\nmax,1\n",
        "ttft sample = 1 s @ 1/ttft_s model=a\nproblem summary_row line 3\n"
        "problem summary_row line 4\n");
    check(TYPE_CSV, "a.csv", "effort,ttft_s\nmax,1\n", "ttft sample = 1 s @ 1/ttft_s effort=max\n");
}

TEST(a_first_row_of_data_is_no_unit_row)
{
    check(TYPE_CSV, "a.csv", "model,grade,ttft_s\na,C,\nb,B,2\n",
        "ttft sample = 2 s @ 2/ttft_s model=b grade=B\n");
}

TEST(numbers_without_a_name_have_no_metric)
{
    check(TYPE_JSON, "a.json", "[1,2]", "value sample = 1 - @ /0\nvalue sample = 2 - @ /1\n");
}

TEST(a_cold_row_taints_times_that_include_loading)
{
    check(TYPE_CSV, "a.csv", "ttft_s,load_s,prompt_eval_s\n2.1,2.0,0.1\n0.2,0.1,0.1\n0.2,0.1,0.1\n",
        "ttft sample = 2.1 s @ 1/ttft_s !cold_start\n"
        "load_time sample = 2.0 s @ 1/load_s !cold_start\n"
        "prompt_eval_time sample = 0.1 s @ 1/prompt_eval_s\n"
        "ttft sample = 0.2 s @ 2/ttft_s\nload_time sample = 0.1 s @ 2/load_s\n"
        "prompt_eval_time sample = 0.1 s @ 2/prompt_eval_s\n"
        "ttft sample = 0.2 s @ 3/ttft_s\nload_time sample = 0.1 s @ 3/load_s\n"
        "prompt_eval_time sample = 0.1 s @ 3/prompt_eval_s\n");
}

TEST(json_in_a_cell_becomes_columns)
{
    /* The flattened columns once mixed with the header's: rows lost their time. */
    check(TYPE_CSV, "a.csv",
        "ttft_s,options\n1,\"{\"\"temperature\"\":0.3}\"\n2,\"{\"\"temperature\"\":0.4}\"\n",
        "ttft sample = 1 s @ 1/ttft_s temperature=0.3\nttft sample = 2 s @ 2/ttft_s "
        "temperature=0.4\n");
}

TEST(units_row_and_grouping)
{
    check(TYPE_CSV, "a.csv", "Name,load\n,ms\nx,\"1,42,132\"\n",
        "load_time sample = 1,42,132 s @ 1/load name=x\n");
}

TEST(decimal_commas)
{
    check(TYPE_CSV, "a.csv", "ttft_s;x\n0,25;a\n1,125;b\n",
        "ttft sample = 0,25 s @ 1/ttft_s x=a\nttft sample = 1,125 s @ 2/ttft_s x=b\n");
    check(TYPE_CSV, "a.csv", "ttft_s;x\n1,125;a\n", "problem ambiguous_number line 2\n");
    check(TYPE_CSV, "a.csv", "ttft_s,x\n\"0,25\",a\n\"1,125\",b\n",
        "ttft sample = 0,25 s @ 1/ttft_s x=a\nttft sample = 1,125 s @ 2/ttft_s x=b\n");
    check(TYPE_CSV, "a.csv", "ttft_s;load_s\n0,25;1.125\n",
        "ttft sample = 0,25 s @ 1/ttft_s\nproblem ambiguous_number line 2\n");
}

TEST(a_map_of_like_objects_names_the_subject)
{
    check(TYPE_JSON, "a.json",
        "{\"backends\":{\"jit\":{\"mean_time_ms\":1.5,\"note\":{\"backend\":\"ts\"}},"
        "\"onnx\":{\"mean_time_ms\":2}},\"device\":\"cpu\"}",
        "latency mean = 1.5 s @ /backends/jit/mean_time_ms backend=jit note.backend=ts device=cpu\n"
        "latency mean = 2 s @ /backends/onnx/mean_time_ms backend=onnx device=cpu\n");
}

TEST(a_failed_backend_taints_its_record)
{
    check(TYPE_JSON, "a.json",
        "{\"backends\":{\"a\":{\"c\":{\"success\":true,\"compile_time_s\":0.5},\"b\":{\"mean_time_"
        "ms\":1,"
        "\"metadata\":{\"compile_time_s\":0.5}}},\"e\":{\"c\":null,\"b\":{\"mean_time_ms\":2,"
        "\"metadata\":"
        "{\"compile_time_s\":0.0}}},\"f\":{\"c\":{\"success\":false,\"compile_time_s\":null},\"b\":"
        "{\"mean_time_ms\":0.0,\"metadata\":{\"error\":\"no\"}}}}}",
        "compile_time sample = 0.5 s @ /backends/a/c/compile_time_s backend=a\n"
        "latency mean = 1 s @ /backends/a/b/mean_time_ms backend=a\n"
        "latency mean = 2 s @ /backends/e/b/mean_time_ms backend=e\n"
        "latency mean = 0.0 s @ /backends/f/b/mean_time_ms backend=f !failed_run !zero_on_error\n");
}

TEST(lists_inside_lists_keep_their_indexes)
{
    check(TYPE_JSON, "a.json",
        "{\"metrics\":[{\"system\":{\"cpu_percent\":5},\"gpu\":[{\"power_draw\":10,\"temperature\":"
        "40}]},"
        "{\"system\":{\"cpu_percent\":6},\"gpu\":[{\"power_draw\":11,\"temperature\":41}]}]}",
        "cpu_utilization sample = 5 ratio @ /metrics/0/system/cpu_percent\n"
        "cpu_utilization sample = 6 ratio @ /metrics/1/system/cpu_percent\n"
        "power sample = 10 W @ /metrics/0/gpu/0/power_draw\n"
        "temperature sample = 40 degC @ /metrics/0/gpu/0/temperature\n"
        "power sample = 11 W @ /metrics/1/gpu/0/power_draw\n"
        "temperature sample = 41 degC @ /metrics/1/gpu/0/temperature\n");
}

TEST(two_of_a_kind_in_one_record_are_parts)
{
    check(TYPE_JSON, "a.json",
        "{\"before\":{\"latency_ms\":1},\"after\":{\"latency_ms\":2}, \"id\":3}",
        "latency sample = 1 s @ /before/latency_ms id=3 part=before\n"
        "latency sample = 2 s @ /after/latency_ms id=3 part=after\n");
    check(TYPE_JSON, "a.json", "{\"a\":{\"ttft_s\":1.5},\"b\":{\"ttft_s\":1.5},\"id\":3}",
        "ttft sample = 1.5 s @ /a/ttft_s id=3\n");
}

TEST(json_lines_and_a_bad_line)
{
    check(TYPE_JSON, "a.jsonl", "{\"ttft_ms\":1}\n{\"ttft_ms\":\n\n{\"ttft_ms\":3}\n",
        "ttft sample = 1 s @ /ttft_ms\nttft sample = 3 s @ /ttft_ms\nproblem bad_json line 2\n");
}

TEST(numbers_beyond_a_double)
{
    check(TYPE_JSON, "a.json", "{\"ttft_s\":1e400,\"load_s\":NaN}",
        "ttft sample = 1e400 s @ /ttft_s !not_finite\nload_time sample = NaN s @ /load_s "
        "!not_finite\n");
}

TEST(files_that_are_no_tables)
{
    check(TYPE_CSV, "a.csv", "", "problem empty line 0\n");
    check(TYPE_CSV, "a.csv", "==ERROR== no such option\n", "problem no_table line 1\n");
    check(TYPE_CSV, "a.csv", "1,2\n3,4\n", "problem no_header line 1\n");
    check(TYPE_JSON, "a.json", "{\"a\":1,}", "problem bad_json line 1\n");
    check(TYPE_JSON, "a.json", "{\"a\":\"b\"}", "problem no_facts line 0\n");
    check(TYPE_JSON, "a.json", "{\"ttft_s\":1,\"ttft_s\":2}",
        "ttft sample = 2 s @ /ttft_s\nproblem duplicate_key line 1\n");
    check(TYPE_JSON, "a.json", "{\"r\":[{\"ttft_s\":1}],\n\"r\":[{\"ttft_s\":2}]}",
        "ttft sample = 1 s @ /r/0/ttft_s\nproblem duplicate_key line 2\n");
    check(TYPE_JSON, "a.json",
        "{\"r\":{\"a\":{\"ttft_s\":1},\"a\":{\"ttft_s\":2}},\"model\":\"m\"}",
        "ttft sample = 1 s @ /r/a/ttft_s r=a model=m\nproblem duplicate_key line 1\n");
    check(TYPE_CSV, "a.csv", "ttft_s,x\n1\n2,b,c\n",
        "ttft sample = 1 s @ 1/ttft_s\nttft sample = 2 s @ 2/ttft_s x=b\n"
        "problem ragged_row line 2\nproblem ragged_row line 3\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failed_row_gives_no_sample),
        cmocka_unit_test(a_count_of_errors_is_no_failure),
        cmocka_unit_test(a_number_may_say_that_a_row_failed),
        cmocka_unit_test(a_unit_behind_the_number_is_nearer_than_the_header),
        cmocka_unit_test(files_that_were_glued_together),
        cmocka_unit_test(rows_of_means_and_totals_are_no_samples),
        cmocka_unit_test(a_first_row_of_data_is_no_unit_row),
        cmocka_unit_test(numbers_without_a_name_have_no_metric),
        cmocka_unit_test(a_cold_row_taints_times_that_include_loading),
        cmocka_unit_test(json_in_a_cell_becomes_columns),
        cmocka_unit_test(units_row_and_grouping),
        cmocka_unit_test(decimal_commas),
        cmocka_unit_test(a_map_of_like_objects_names_the_subject),
        cmocka_unit_test(a_failed_backend_taints_its_record),
        cmocka_unit_test(lists_inside_lists_keep_their_indexes),
        cmocka_unit_test(two_of_a_kind_in_one_record_are_parts),
        cmocka_unit_test(json_lines_and_a_bad_line),
        cmocka_unit_test(numbers_beyond_a_double),
        cmocka_unit_test(files_that_are_no_tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
