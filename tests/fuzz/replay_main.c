/*
 * tests/fuzz/replay_main.c - runs a fuzz target over stored inputs, without libFuzzer.
 *
 * replay_X PATH...: every regular file below the paths, and an empty input. One TAP line. The
 * comment before each input names the culprit where the target crashes.
 */
#include <fts.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { INPUT_LIMIT = 4 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly the file's size, so that the sanitizer sees a read past its end. */
static int replay_file(const char *path, size_t size)
{
    uint8_t *data = malloc(size ? size : 1);
    FILE *file = fopen(path, "rb");
    int failed = !data || !file || fread(data, 1, size, file) != size;

    if (!failed) {
        (void)printf("# %s\n", path);
        (void)fflush(stdout);
        (void)LLVMFuzzerTestOneInput(data, size);
    }
    if (file)
        (void)fclose(file);
    free(data);
    return failed;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    const char *x = (*a)->fts_name, *y = (*b)->fts_name;

    while (*x && *x == *y) {
        x++;
        y++;
    }
    return (unsigned char)*x - (unsigned char)*y;
}

int main(int argc, char **argv)
{
    unsigned count = 1, failed = 0;
    FTSENT *entry;
    FTS *tree;

    (void)puts("1..1");
    (void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    tree = argc > 1 ? fts_open(argv + 1, FTS_PHYSICAL | FTS_NOCHDIR, by_name) : NULL;
    while (tree && (entry = fts_read(tree))) {
        if (entry->fts_info != FTS_F || entry->fts_statp->st_size > INPUT_LIMIT)
            continue;
        failed += (unsigned)replay_file(entry->fts_path, (size_t)entry->fts_statp->st_size);
        count++;
    }
    if (tree)
        (void)fts_close(tree);
    (void)printf(
        "%sok 1 - %s: %u inputs, %u unreadable\n", failed ? "not " : "", argv[0], count, failed);
    return failed != 0;
}
