/* tests/unit/test_fs.c - reading whole, writing whole, listing, and what is refused. */
#include "unit.h"

#include "base/fs.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[4][256];
    static unsigned at;

    at = (at + 1) % 4;
    (void)snprintf(path[at], sizeof path[at], "%s/%s", folder, name);
    return path[at];
}

static void put(const char *name, const char *text)
{
    struct err err;

    assert_int_equal(fs_write(path_of(name), str_from(text), &err), ERR_NONE);
}

static int open_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/chimera-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int close_folder(void **state)
{
    DIR *dir = opendir(folder);
    struct dirent *d;

    (void)state;
    while (dir && (d = readdir(dir)))
        if (d->d_name[0] != '.' || (d->d_name[1] && d->d_name[1] != '.'))
            (void)remove(path_of(d->d_name));
    if (dir)
        (void)closedir(dir);
    return rmdir(folder);
}

TEST(what_is_written_is_read)
{
    struct fs_stat st;
    struct err err;
    struct buf buf;

    buf_init(&buf, 1000);
    assert_int_equal(fs_write(path_of("a"), STR("one\0two"), &err), ERR_NONE);
    buf_add_text(&buf, "> ");
    assert_int_equal(fs_read(path_of("a"), &buf, &st, &err), ERR_NONE);
    assert_int_equal(buf.len, 9);
    assert_memory_equal(buf.ptr, "> one\0two", 10);
    assert_int_equal(st.bytes, 7);
    assert_int_equal(st.type, FS_FILE);
    assert_true(st.modified_ns > (int64_t)1600000000 * 1000000000);
    buf_release(&buf);
}

TEST(an_empty_file_is_no_error)
{
    struct err err;
    struct buf buf;

    put("empty", "");
    buf_init(&buf, 0);
    assert_int_equal(fs_read(path_of("empty"), &buf, NULL, &err), ERR_NONE);
    assert_int_equal(buf.len, 0);
    buf_release(&buf);
}

TEST(the_limit_itself_may_be_read)
{
    struct err err;
    struct buf buf;

    put("ten", "0123456789");
    buf_init(&buf, 10);
    assert_int_equal(fs_read(path_of("ten"), &buf, NULL, &err), ERR_NONE);
    assert_text(buf_str(&buf), "0123456789");
    assert_false(buf.full);
    buf_release(&buf);
}

TEST(past_the_limit_nothing_is_read)
{
    struct err err;
    struct buf buf;

    put("ten", "0123456789");
    buf_init(&buf, 9);
    assert_int_equal(fs_read(path_of("ten"), &buf, NULL, &err), ERR_LIMIT);
    assert_non_null(strstr(err.text, path_of("ten")));
    assert_int_equal(buf.len, 0);
    buf_release(&buf);
    buf_init(&buf, 12);
    buf_add_text(&buf, "abc");
    assert_int_equal(fs_read(path_of("ten"), &buf, NULL, &err), ERR_LIMIT);
    assert_string_equal(buf.ptr, "abc");
    assert_int_equal(buf.len, 3);
    buf_release(&buf);
}

TEST(a_missing_file_is_named)
{
    struct fs_stat st = {.bytes = 42};
    struct err err;
    struct buf buf;

    buf_init(&buf, 10);
    assert_int_equal(fs_read(path_of("none"), &buf, &st, &err), ERR_IO);
    assert_non_null(strstr(err.text, path_of("none")));
    assert_non_null(strstr(err.text, "No such file"));
    assert_int_equal(st.bytes, 42);
    assert_int_equal(fs_stat(path_of("none"), &st, &err), ERR_IO);
    buf_release(&buf);
}

TEST(only_regular_files_are_read)
{
    struct err err;
    struct buf buf;

    buf_init(&buf, 10);
    assert_int_equal(mkfifo(path_of("fifo"), 0600), 0);
    assert_int_equal(fs_read(path_of("fifo"), &buf, NULL, &err), ERR_DATA); /* and does not hang */
    assert_int_equal(fs_read(folder, &buf, NULL, &err), ERR_DATA);
    assert_int_equal(fs_read("/dev/zero", &buf, NULL, &err), ERR_DATA);
    buf_release(&buf);
}

/* Files of the kernel say that they are empty, and are not. */
TEST(a_file_that_grows_is_refused)
{
    struct err err;
    struct buf buf;

    buf_init(&buf, 1000);
    assert_int_equal(fs_read("/proc/self/status", &buf, NULL, &err), ERR_DATA);
    assert_non_null(strstr(err.text, "grew"));
    assert_int_equal(buf.len, 0);
    buf_release(&buf);
}

static size_t entries_of(const char *path)
{
    struct fs_entry *entries;
    struct arena arena;
    struct err err;
    size_t count;

    arena_init(&arena);
    assert_int_equal(fs_list(&arena, path, &entries, &count, &err), ERR_NONE);
    arena_release(&arena);
    return count;
}

TEST(writing_replaces_as_a_whole)
{
    struct fs_stat before, after;
    struct err err;
    struct buf buf;

    put("a", "a long first text");
    assert_int_equal(fs_stat(path_of("a"), &before, &err), ERR_NONE);
    put("a", "second");
    assert_int_equal(fs_stat(path_of("a"), &after, &err), ERR_NONE);
    assert_int_equal(after.bytes, 6);
    assert_true(before.inode != after.inode); /* whoever reads the old file keeps it */
    buf_init(&buf, 100);
    assert_int_equal(fs_read(path_of("a"), &buf, NULL, &err), ERR_NONE);
    assert_text(buf_str(&buf), "second");
    assert_int_equal(entries_of(folder), 1);
    buf_release(&buf);
}

TEST(failed_writing_leaves_nothing_behind)
{
    struct err err;

    assert_int_equal(fs_write(path_of("no/such"), STR("x"), &err), ERR_IO);
    assert_non_null(strstr(err.text, "no/such"));
    assert_int_equal(mkdir(path_of("folder"), 0700), 0);
    assert_int_equal(fs_write(path_of("folder"), STR("x"), &err), ERR_IO);
    assert_int_equal(entries_of(folder), 1);
}

TEST(folders_are_made)
{
    struct fs_stat st;
    struct err err;

    assert_int_equal(fs_make_folders(path_of("x/y//z"), &err), ERR_NONE);
    assert_int_equal(entries_of(folder), 1);
    assert_int_equal(entries_of(path_of("x")), 1);
    assert_int_equal(fs_stat(path_of("x/y/z"), &st, &err), ERR_NONE);
    assert_int_equal(st.type, FS_FOLDER);
    assert_int_equal(fs_make_folders(path_of("x/y/z/"), &err), ERR_NONE);
    put("file", "");
    assert_int_equal(fs_make_folders(path_of("file"), &err), ERR_IO);
    assert_int_equal(fs_make_folders(path_of("file/below"), &err), ERR_IO);
    assert_int_equal(rmdir(path_of("x/y/z")) || rmdir(path_of("x/y")), 0);
}

TEST(long_paths_are_refused)
{
    char path[5001];
    struct err err;

    memset(path, '/', sizeof path);
    for (size_t len = 4090; len < 4100; len++) {
        path[len] = '\0';
        if (len >= 4096)
            assert_int_equal(fs_make_folders(path, &err), ERR_IO);
        assert_int_equal(fs_write(path, STR("x"), &err), ERR_IO);
        path[len] = '/';
    }
}

TEST(lists_are_in_byte_order)
{
    static const char *const NAMES[] = {".hidden", "B", "a", "fifo", "link", "sub", "\xff"};
    static const enum fs_type TYPES[] = {
        FS_FILE, FS_FILE, FS_FILE, FS_OTHER, FS_LINK, FS_FOLDER, FS_FILE};
    struct fs_entry *entries;
    struct arena arena;
    struct err err;
    size_t count;

    put("a", "");
    put("\xff", "");
    put("B", "");
    put(".hidden", "");
    assert_int_equal(mkdir(path_of("sub"), 0700), 0);
    assert_int_equal(mkfifo(path_of("fifo"), 0600), 0);
    assert_int_equal(symlink("nowhere", path_of("link")), 0);
    arena_init(&arena);
    assert_int_equal(fs_list(&arena, folder, &entries, &count, &err), ERR_NONE);
    assert_int_equal(count, 7);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(entries[i].name, NAMES[i]);
        assert_int_equal(entries[i].type, TYPES[i]);
    }
    assert_int_equal(fs_list(&arena, path_of("none"), &entries, &count, &err), ERR_IO);
    arena_release(&arena);
}

TEST(links_are_followed_only_on_demand)
{
    struct fs_stat st;
    struct err err;

    put("a", "four");
    assert_int_equal(symlink("a", path_of("link")), 0);
    assert_int_equal(symlink("nowhere", path_of("dead")), 0);
    assert_int_equal(fs_stat(path_of("link"), &st, &err), ERR_NONE);
    assert_int_equal(st.type, FS_LINK);
    assert_int_equal(fs_stat_target(path_of("link"), &st, &err), ERR_NONE);
    assert_int_equal(st.type, FS_FILE);
    assert_int_equal(st.bytes, 4);
    assert_int_equal(fs_stat_target(path_of("dead"), &st, &err), ERR_IO);
}

#define FS_TEST(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FS_TEST(what_is_written_is_read),
        FS_TEST(an_empty_file_is_no_error),
        FS_TEST(the_limit_itself_may_be_read),
        FS_TEST(past_the_limit_nothing_is_read),
        FS_TEST(a_missing_file_is_named),
        FS_TEST(only_regular_files_are_read),
        FS_TEST(a_file_that_grows_is_refused),
        FS_TEST(writing_replaces_as_a_whole),
        FS_TEST(failed_writing_leaves_nothing_behind),
        FS_TEST(folders_are_made),
        FS_TEST(long_paths_are_refused),
        FS_TEST(lists_are_in_byte_order),
        FS_TEST(links_are_followed_only_on_demand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
