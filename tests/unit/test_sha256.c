/* tests/unit/test_sha256.c - the vectors of FIPS 180-2 and RFC 6234. */
#include "unit.h"

#include "base/sha256.h"
#include "base/thread.h"

static void check_digest(struct str data, const char *want)
{
    struct sha256 digest;
    struct err err;
    char hex[65];

    assert_int_equal(sha256_of(data, &digest, &err), ERR_NONE);
    sha256_hex(&digest, hex);
    assert_string_equal(hex, want);
}

TEST(known_digests)
{
    check_digest(STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_digest(STR_NONE, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_digest(STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_digest(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(a_million_bytes)
{
    char *data = malloc(1000000);

    assert_non_null(data);
    memset(data, 'a', 1000000);
    check_digest((struct str){data, 1000000},
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(data);
}

static void digest_job(void *ctx, size_t i, unsigned worker)
{
    struct sha256 *digests = ctx;
    struct err err;

    (void)worker;
    if (sha256_of(STR("abc"), &digests[i], &err))
        digests[i] = (struct sha256){{0}};
}

TEST(threads_agree)
{
    struct sha256 digests[100];

    thread_each(4, 100, digest_job, digests);
    for (size_t i = 0; i < 100; i++) {
        assert_memory_equal(&digests[i], &digests[0], sizeof digests[0]);
        assert_int_equal(digests[i].bytes[0], 0xba);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_agree),
        cmocka_unit_test(known_digests),
        cmocka_unit_test(a_million_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
