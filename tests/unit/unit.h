/* tests/unit/unit.h - cmocka with its includes, and what several unit tests share. */
#ifndef CHIMERA_TESTS_UNIT_H
#define CHIMERA_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

/* A test takes no state: TEST(name) { ... }, listed in main as cmocka_unit_test(name). */
#define TEST(name) static void name(void **state __attribute__((unused)))

static inline void check_text(struct str s, const char *want, const char *file, int line)
{
    if (!str_eq(s, str_from(want))) {
        print_message("# \"%.*s\" is not \"%s\"\n", STR_ARG(s), want);
        _fail(file, line);
    }
}

#define assert_text(s, want) check_text((s), (want), __FILE__, __LINE__)

/* xorshift64*: the same numbers in every run. The state must not be 0. */
static inline uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545f4914f6cdd1du;
}

#endif
