/* tests/unit/test_str.c - slices: cutting, comparing, searching, globbing. */
#include "unit.h"

TEST(slices_are_cut_to_the_length)
{
    struct str s = STR("abcdef");

    assert_text(str_slice(s, 1, 3), "bc");
    assert_text(str_slice(s, 4, 99), "ef");
    assert_text(str_slice(s, 5, 2), "");
    assert_text(str_slice(s, 99, 100), "");
    assert_int_equal(str_slice(STR_NONE, 0, 5).len, 0);
}

TEST(trim_takes_blanks_from_both_ends)
{
    assert_text(str_trim(STR(" \t\r\n a b \n")), "a b");
    assert_text(str_trim(STR("  \t ")), "");
    assert_text(str_trim(STR("\v\f")), "\v\f");
    assert_int_equal(str_trim(STR_NONE).len, 0);
}

TEST(equality_and_folding)
{
    assert_true(str_eq(STR_NONE, STR("")));
    assert_false(str_eq(STR("a"), STR("ab")));
    assert_true(str_eq(STR("a\0b"), STR("a\0b")));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_true(str_eq_fold(STR("TTFT_s"), STR("ttft_S")));
    assert_false(str_eq_fold(STR("\xc3\x84"), STR("\xc3\xa4"))); /* ASCII only */
    assert_false(str_eq_fold(STR("[@"), STR("{`")));
}

TEST(starts_and_ends)
{
    assert_true(str_starts(STR("tokens_s"), STR("tokens")));
    assert_true(str_starts(STR("x"), STR("")));
    assert_false(str_starts(STR("to"), STR("tokens")));
    assert_true(str_starts_fold(STR("Error: no"), STR("error")));
    assert_false(str_starts_fold(STR("Err"), STR("error")));
    assert_true(str_ends(STR("load_s"), STR("_s")));
    assert_false(str_ends(STR("s"), STR("_s")));
}

TEST(order_is_by_unsigned_bytes)
{
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("ab"), STR("a")) > 0);
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);
    assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
    assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
    assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
}

TEST(finding)
{
    struct str s = STR("aabaab");

    assert_int_equal(str_find(s, STR("ab"), 0), 1);
    assert_int_equal(str_find(s, STR("ab"), 2), 4);
    assert_int_equal(str_find(s, STR("ab"), 5), SIZE_MAX);
    assert_int_equal(str_find(s, STR("aabaabx"), 0), SIZE_MAX);
    assert_int_equal(str_find(s, STR(""), 6), 6);
    assert_int_equal(str_find(s, STR(""), 7), SIZE_MAX);
    assert_int_equal(str_find(s, STR("a"), 99), SIZE_MAX);
    assert_int_equal(str_find_fold(s, STR("BAA"), 0), 2);
    assert_int_equal(str_find_fold(s, STR("BAA"), 3), SIZE_MAX);
    assert_int_equal(str_find_fold(STR("a"), STR("aa"), 0), SIZE_MAX);
    assert_int_equal(str_find_char(s, 'b', 3), 5);
    assert_int_equal(str_find_char(s, 'z', 0), SIZE_MAX);
    assert_int_equal(str_find_char(STR_NONE, 'z', 0), SIZE_MAX);
    assert_int_equal(str_find_char((struct str){"aab", 2}, 'b', 1), SIZE_MAX);
    assert_int_equal(str_find_char((struct str){"aab", 2}, 'b', 2), SIZE_MAX);
}

/* str_find against a search that cannot be wrong, on short words of two letters. */
TEST(finding_agrees_with_the_plain_search)
{
    uint64_t seed = 7;

    for (int round = 0; round < 20000; round++) {
        char text[12], needle[3];
        size_t len = next_random(&seed) % 13, n = 1 + next_random(&seed) % 3, want = SIZE_MAX;
        size_t from = next_random(&seed) % 14;

        for (size_t i = 0; i < len; i++)
            text[i] = (char)('a' + (next_random(&seed) >> 40) % 2);
        for (size_t i = 0; i < n; i++)
            needle[i] = (char)('a' + (next_random(&seed) >> 40) % 2);
        for (size_t i = len + 1; i-- > from;)
            if (i + n <= len && memcmp(text + i, needle, n) == 0)
                want = i;
        assert_int_equal(str_find((struct str){text, len}, (struct str){needle, n}, from), want);
        assert_int_equal(
            str_find_fold((struct str){text, len}, (struct str){needle, n}, from), want);
    }
}

/* The definition of a glob, exponential. */
static bool glob_plain(const char *pattern, const char *s)
{
    if (!*pattern)
        return !*s;
    if (*pattern == '*')
        return glob_plain(pattern + 1, s) || (*s && glob_plain(pattern, s + 1));
    return *s && (*pattern == '?' || *pattern == *s) && glob_plain(pattern + 1, s + 1);
}

TEST(globs)
{
    assert_true(str_glob(STR("*"), STR("")));
    assert_true(str_glob(STR("*.csv"), STR("a/b/c.csv")));
    assert_false(str_glob(STR("*.csv"), STR("a.csv.bak")));
    assert_true(str_glob(STR("a?c*"), STR("abc")));
    assert_false(str_glob(STR("?"), STR("")));
    assert_false(str_glob(STR(""), STR("a")));
    assert_false(str_glob(STR("[a]"), STR("a"))); /* no classes */
    assert_true(str_glob((struct str){"a*", 1}, STR("a")));
    assert_false(str_glob((struct str){"a*", 1}, STR("ab")));
}

TEST(globs_agree_with_their_definition)
{
    uint64_t seed = 11;

    for (int round = 0; round < 50000; round++) {
        char pattern[8] = "", text[9] = "";
        size_t p = next_random(&seed) % 8, n = next_random(&seed) % 9;

        for (size_t i = 0; i < p; i++)
            pattern[i] = "ab*?"[(next_random(&seed) >> 40) % 4];
        for (size_t i = 0; i < n; i++)
            text[i] = "ab"[(next_random(&seed) >> 40) % 2];
        assert_int_equal(str_glob(str_from(pattern), str_from(text)), glob_plain(pattern, text));
    }
}

TEST(a_hostile_glob_ends_soon)
{
    char text[4001];

    memset(text, 'a', 4000);
    text[4000] = '\0';
    assert_false(str_glob(STR("*a*a*a*a*a*a*a*a*a*a*a*a*b"), str_from(text)));
}

TEST(parts_between_separators)
{
    struct str rest = STR("a,,b,");

    assert_text(str_next(&rest, ','), "a");
    assert_text(str_next(&rest, ','), "");
    assert_text(str_next(&rest, ','), "b");
    assert_text(str_next(&rest, ','), "");
    assert_null(str_next(&rest, ',').ptr);
    assert_null(str_next(&rest, ',').ptr);
    rest = STR("");
    assert_non_null(str_next(&rest, ',').ptr);
    assert_null(str_next(&rest, ',').ptr);
}

TEST(distances)
{
    assert_int_equal(str_distance(STR("report"), STR("report")), 0);
    assert_int_equal(str_distance(STR("reprot"), STR("report")), 1);  /* swap */
    assert_int_equal(str_distance(STR("repor"), STR("report")), 1);   /* insert */
    assert_int_equal(str_distance(STR("repport"), STR("report")), 1); /* delete */
    assert_int_equal(str_distance(STR("rebort"), STR("report")), 1);  /* replace */
    assert_int_equal(str_distance(STR("kitten"), STR("sitting")), 3);
    assert_int_equal(str_distance(STR(""), STR("abc")), 3);
    assert_int_equal(str_distance(STR("abc"), STR("")), 3);
    assert_int_equal(str_distance(STR("SCAN"), STR("scan")), 0);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The definition: optimal string alignment. */
static size_t distance_plain(struct str a, struct str b)
{
    struct str a1 = str_slice(a, 0, a.len - 1), b1 = str_slice(b, 0, b.len - 1);
    size_t best;

    if (!a.len || !b.len)
        return a.len + b.len;
    best = distance_plain(a1, b1) + (a.ptr[a1.len] != b.ptr[b1.len]);
    best = least(best, least(distance_plain(a1, b), distance_plain(a, b1)) + 1);
    if (a1.len && b1.len && a.ptr[a1.len] == b.ptr[b1.len - 1] &&
        a.ptr[a1.len - 1] == b.ptr[b1.len])
        best =
            least(best, distance_plain(str_slice(a, 0, a.len - 2), str_slice(b, 0, b.len - 2)) + 1);
    return best;
}

TEST(distances_agree_with_their_definition)
{
    uint64_t seed = 13;

    for (int round = 0; round < 2000; round++) {
        char a[5], b[5];
        size_t m = next_random(&seed) % 6, n = next_random(&seed) % 6;

        for (size_t i = 0; i < 5; i++) {
            a[i] = "abc"[(next_random(&seed) >> 40) % 3];
            b[i] = "abc"[(next_random(&seed) >> 40) % 3];
        }
        assert_int_equal(str_distance((struct str){a, m}, (struct str){b, n}),
            distance_plain((struct str){a, m}, (struct str){b, n}));
    }
}

TEST(distances_of_long_words_are_large)
{
    char text[60];

    memset(text, 'a', sizeof text);
    assert_int_equal(str_distance((struct str){text, 60}, STR("aa")), 40);
    assert_int_equal(str_distance(STR("aa"), (struct str){text, 41}), 40);
    assert_int_equal(str_distance((struct str){text, 40}, (struct str){text, 39}), 1);
}

TEST(hashes_differ)
{
    assert_true(str_hash(STR("a")) == str_hash(STR("a")));
    assert_true(str_hash(STR("a")) != str_hash(STR("b")));
    assert_true(str_hash(STR("ab")) != str_hash(STR("ba")));
    assert_true(str_hash(STR("")) != str_hash(STR("\0")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_are_cut_to_the_length),
        cmocka_unit_test(trim_takes_blanks_from_both_ends),
        cmocka_unit_test(equality_and_folding),
        cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(order_is_by_unsigned_bytes),
        cmocka_unit_test(finding),
        cmocka_unit_test(finding_agrees_with_the_plain_search),
        cmocka_unit_test(globs),
        cmocka_unit_test(globs_agree_with_their_definition),
        cmocka_unit_test(a_hostile_glob_ends_soon),
        cmocka_unit_test(parts_between_separators),
        cmocka_unit_test(distances),
        cmocka_unit_test(distances_agree_with_their_definition),
        cmocka_unit_test(distances_of_long_words_are_large),
        cmocka_unit_test(hashes_differ),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
