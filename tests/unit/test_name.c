/* tests/unit/test_name.c - what names of columns and keys mean. A line is a case: add yours. */
#include "unit/unit.h"

#include "fact/name.h"

/* leaf, parent, record -> role, name, unit, statistic, value of "1" in the base unit, unit known */
static const struct {
    const char *leaf, *parent, *record;
    enum role role;
    const char *name, *unit, *statistic;
    double one;
    bool unit_known;
} CASES[] = {
    {"ttft_s", "", "", ROLE_MEASURE, "ttft", "s", "sample", 1, true},
    {"TTFT (ms)", "", "", ROLE_MEASURE, "ttft", "s", "sample", 1e-3, true},
    {"time_to_first_token_ms", "", "", ROLE_MEASURE, "ttft", "s", "sample", 1e-3, true},
    {"time_to_first_token_s", "", "", ROLE_MEASURE, "ttft", "s", "sample", 1, true},
    {"ttftMs", "", "", ROLE_MEASURE, "ttft", "s", "sample", 1e-3, true},
    {"ttft", "", "", ROLE_MEASURE, "ttft", "s", "sample", 1, false},
    {"tokens_s", "", "", ROLE_MEASURE, "decode_tps", "tok/s", "sample", 1, true},
    {"Tokens per Second", "", "", ROLE_MEASURE, "decode_tps", "tok/s", "sample", 1, true},
    {"decode_tok_per_s", "", "", ROLE_MEASURE, "decode_tps", "tok/s", "sample", 1, true},
    {"eval_rate_tok_s", "", "", ROLE_MEASURE, "decode_tps", "tok/s", "sample", 1, true},
    {"Tokens/s", "", "", ROLE_MEASURE, "decode_tps", "tok/s", "sample", 1, true},
    {"overall_tokens_per_second", "", "", ROLE_MEASURE, "output_tps", "tok/s", "sample", 1, true},
    {"Bandwidth (MB/s)", "", "", ROLE_MEASURE, "bandwidth_mb_s", "-", "sample", 1, false},
    {"bandwidth_gb_s", "", "", ROLE_MEASURE, "bandwidth_gb_s", "-", "sample", 1, false},
    {"Images/s", "", "", ROLE_MEASURE, "images_s", "-", "sample", 1, false},
    {"gflops_s", "", "", ROLE_MEASURE, "gflops_s", "-", "sample", 1, false},
    {"tok/s/W", "", "", ROLE_MEASURE, "tok_s_w", "-", "sample", 1, false},
    {"tokens/J", "", "", ROLE_MEASURE, "tokens_j", "-", "sample", 1, false},
    {"latency_min_s", "", "", ROLE_MEASURE, "latency", "s", "min", 1, true},
    {"#", "", "", ROLE_MEASURE, "value", "-", "sample", 1, false},
    {"tokens", "", "", ROLE_MEASURE, "output_tokens", "token", "sample", 1, true},
    {"eval_count", "", "", ROLE_MEASURE, "output_tokens", "token", "sample", 1, true},
    {"load_duration_ms", "", "", ROLE_MEASURE, "load_time", "s", "sample", 1e-3, true},
    {"load", "", "", ROLE_MEASURE, "load", "-", "sample", 1, false},
    {"mean_tokens_s", "", "", ROLE_MEASURE, "decode_tps", "tok/s", "mean", 1, true},
    {"eval_s_mean", "", "", ROLE_MEASURE, "eval_time", "s", "mean", 1, true},
    {"mean_time_ms", "", "", ROLE_MEASURE, "latency", "s", "mean", 1e-3, true},
    {"latency_p95_ms", "", "", ROLE_MEASURE, "latency", "s", "p95", 1e-3, true},
    {"p50_ms", "timing", "", ROLE_MEASURE, "latency", "s", "median", 1e-3, true},
    {"p95", "latency_percentiles", "", ROLE_MEASURE, "latency", "s", "p95", 1, false},
    {"p95", "ttft_ms", "", ROLE_MEASURE, "ttft", "s", "p95", 1e-3, true},
    {"overall_mean_ms", "timing_stats", "", ROLE_MEASURE, "latency", "s", "mean", 1e-3, true},
    {"Peak Throughput (tok/s)", "", "", ROLE_MEASURE, "output_tps", "tok/s", "max", 1, true},
    {"total_generation_time_ms", "", "", ROLE_MEASURE, "latency", "s", "sum", 1e-3, true},
    {"total_tokens", "", "", ROLE_MEASURE, "total_tokens", "token", "sample", 1, true},
    {"total_tests", "", "", ROLE_MEASURE, "total_tests", "-", "sample", 1, false},
    {"process_count", "", "", ROLE_MEASURE, "process_count", "-", "sample", 1, false},
    {"cpu_percent", "", "", ROLE_MEASURE, "cpu_utilization", "ratio", "sample", 1e-2, true},
    {"cpu_percent", "", "ollama_processes", ROLE_MEASURE, "process_cpu_utilization", "ratio",
        "sample", 1e-2, true},
    {"memory_used_mb", "", "gpu", ROLE_MEASURE, "gpu_memory_used", "byte", "sample", 1e6, true},
    {"memory_used_gib", "", "", ROLE_MEASURE, "memory_used", "byte", "sample", 1073741824, true},
    {"utilization_gpu", "", "gpu", ROLE_MEASURE, "gpu_utilization", "ratio", "sample", 1e-2, true},
    {"utilization_memory", "", "gpu", ROLE_MEASURE, "gpu_memory_busy", "ratio", "sample", 1e-2,
        true},
    {"power_draw", "", "gpu", ROLE_MEASURE, "power", "W", "sample", 1, true},
    {"ttft_variance_ms", "", "", ROLE_MEASURE, "ttft", "s^2", "variance", 1e-6, true},
    {"power (MW)", "", "", ROLE_MEASURE, "power", "W", "sample", 1e6, true},
    {"power_mw", "", "", ROLE_MEASURE, "power", "W", "sample", 1e-3, true},
    {"power_limit", "", "gpu", ROLE_MEASURE, "power_limit", "W", "sample", 1, true},
    {"clock_graphics", "", "gpu", ROLE_MEASURE, "clock_graphics", "Hz", "sample", 1e6, true},
    {"fan_speed", "", "gpu", ROLE_MEASURE, "fan_speed", "ratio", "sample", 1e-2, true},
    {"model_size_bytes", "", "", ROLE_MEASURE, "model_size", "byte", "sample", 1, true},
    {"response_chars", "", "", ROLE_MEASURE, "response_chars", "-", "sample", 1, false},
    {"temperature", "", "", ROLE_SUBJECT, "temperature", "-", "sample", 1, false},
    {"temp", "", "", ROLE_SUBJECT, "temperature", "-", "sample", 1, false},
    {"n_gpu_layers", "", "", ROLE_SUBJECT, "num_gpu", "-", "sample", 1, false},
    {"context_length", "", "", ROLE_SUBJECT, "num_ctx", "-", "sample", 1, false},
    {"request_id", "", "", ROLE_SUBJECT, "request_id", "-", "sample", 1, false},
    {"prompt_index", "", "", ROLE_SUBJECT, "prompt_index", "-", "sample", 1, false},
    {"generated_at", "", "", ROLE_TIME, "generated_at", "-", "sample", 1, false},
    {"error", "", "", ROLE_ERROR, "error", "-", "sample", 1, false},
    {"Success", "", "", ROLE_SUCCESS, "success", "-", "sample", 1, false},
    {"samples", "timing", "", ROLE_SAMPLES, "samples", "-", "sample", 1, false},
};

TEST(names_mean_what_they_say)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct name_place place = {str_from(CASES[i].leaf), str_from(CASES[i].parent),
            str_from(CASES[i].record), STR(""), false};
        struct meaning meaning;
        struct arena arena;

        arena_init(&arena);
        print_message("# %s\n", CASES[i].leaf);
        name_understand(&arena, &place, &meaning);
        assert_int_equal(meaning.role, CASES[i].role);
        assert_text(meaning.name, CASES[i].name);
        if (meaning.role == ROLE_MEASURE) {
            assert_string_equal(meaning.unit, CASES[i].unit);
            assert_string_equal(meaning.statistic, CASES[i].statistic);
            assert_true(scale_apply(meaning.scale, 1) == CASES[i].one);
            assert_int_equal(meaning.unit_known, CASES[i].unit_known);
        }
        arena_release(&arena);
    }
}

TEST(temperature_is_a_reading_beside_sensors)
{
    struct name_place place = {STR("temperature"), STR(""), STR("gpu"), STR(""), true};
    struct meaning meaning;
    struct arena arena;

    arena_init(&arena);
    name_understand(&arena, &place, &meaning);
    assert_int_equal(meaning.role, ROLE_MEASURE);
    assert_string_equal(meaning.unit, "degC");
    arena_release(&arena);
}

TEST(a_unit_row_gives_the_unit)
{
    struct name_place place = {STR("latency"), STR(""), STR(""), STR("us"), false};
    struct meaning meaning;
    struct arena arena;

    arena_init(&arena);
    name_understand(&arena, &place, &meaning);
    assert_true(scale_apply(meaning.scale, 1) == 1 / 1e6);
    assert_true(meaning.unit_known);
    arena_release(&arena);
}

TEST(a_name_of_megabytes_is_not_copied)
{
    struct name_place place = {.leaf = {NULL, 1 << 24}};
    struct meaning meaning;
    struct arena arena;
    char *text = malloc(place.leaf.len);

    memset(text, 'x', place.leaf.len);
    place.leaf.ptr = text;
    arena_init(&arena);
    name_understand(&arena, &place, &meaning);
    assert_true(meaning.name.len < 10000);
    arena_release(&arena);
    free(text);
}

TEST(no_name_is_too_odd)
{
    static const char *const ODD[] = {"", "_", "%", "()", "ms", "mean", "p95", "(ms)",
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j"), "\xc2\xb5s",
        "\xff\xfe", "__proto__"};
    struct arena arena;

    arena_init(&arena);
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++) {
        struct name_place place = {str_from(ODD[i]), str_from(ODD[i]), STR(""), STR(""), false};
        struct meaning meaning;

        name_understand(&arena, &place, &meaning);
        assert_non_null(meaning.statistic);
        assert_true(meaning.role != ROLE_MEASURE || meaning.name.len > 0);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_mean_what_they_say),
        cmocka_unit_test(temperature_is_a_reading_beside_sensors),
        cmocka_unit_test(a_unit_row_gives_the_unit),
        cmocka_unit_test(a_name_of_megabytes_is_not_copied),
        cmocka_unit_test(no_name_is_too_odd),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
