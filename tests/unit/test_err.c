/* tests/unit/test_err.c - sentences, their context, and what does not fit. */
#include "unit.h"

#include "base/err.h"

#include <sys/wait.h>
#include <unistd.h>

TEST(set_returns_its_code)
{
    struct err err;

    assert_int_equal(err_set(&err, ERR_DATA, "line %d", 3), ERR_DATA);
    assert_int_equal(err.code, ERR_DATA);
    assert_string_equal(err.text, "line 3");
    assert_int_equal(err_set(&err, ERR_NET, "%s", ""), ERR_NET);
    assert_string_equal(err.text, "");
}

TEST(wrap_puts_context_in_front)
{
    struct err err;

    (void)err_set(&err, ERR_LIMIT, "too deep");
    assert_int_equal(err_wrap(&err, "line %d", 3), ERR_LIMIT);
    assert_int_equal(err_wrap(&err, "reading %s", "plan.yaml"), ERR_LIMIT);
    assert_string_equal(err.text, "reading plan.yaml: line 3: too deep");
}

TEST(long_sentences_are_cut)
{
    char text[2000];
    struct err err;

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    (void)err_set(&err, ERR_IO, "%s", text);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    (void)err_wrap(&err, "context");
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_true(str_starts(str_from(err.text), STR("context: xxx")));
    (void)err_wrap(&err, "%s", text);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(err.code, ERR_IO);
}

/* The sizes around the end of the sentence. */
TEST(no_wrap_overflows)
{
    struct err err;

    for (int width = 470; width < 490; width++) {
        (void)err_set(&err, ERR_IO, "inner");
        (void)err_wrap(&err, "%*d", width, 1);
        assert_true(strlen(err.text) < sizeof err.text);
        assert_true(strlen(err.text) >= 470);
    }
}

TEST(out_of_memory_exits_with_70)
{
    int status, ends[2];
    char text[100] = "";
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        (void)dup2(ends[1], 2);
        err_no_memory();
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 70);
    assert_true(read(ends[0], text, sizeof text - 1) > 0);
    assert_string_equal(text, "chimera: out of memory\n");
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_returns_its_code),
        cmocka_unit_test(wrap_puts_context_in_front),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(no_wrap_overflows),
        cmocka_unit_test(out_of_memory_exits_with_70),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
