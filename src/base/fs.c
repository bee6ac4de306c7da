/* base/fs.c - files by plain system calls. */
#include "base/fs.h"

#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void fill(const struct stat *st, struct fs_stat *ret)
{
    ret->type = S_ISREG(st->st_mode)   ? FS_FILE
                : S_ISDIR(st->st_mode) ? FS_FOLDER
                : S_ISLNK(st->st_mode) ? FS_LINK
                                       : FS_OTHER;
    ret->bytes = (uint64_t)st->st_size;
    ret->inode = (uint64_t)st->st_ino;
    ret->device = (uint64_t)st->st_dev;
    ret->modified_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static enum err_code sys_err(struct err *err, const char *what, const char *path)
{
    return err_set(err, ERR_IO, "cannot %s %s: %s", what, path, strerror(errno));
}

enum err_code fs_stat(const char *path, struct fs_stat *ret, struct err *err)
{
    struct stat st;

    if (lstat(path, &st))
        return sys_err(err, "look at", path);
    fill(&st, ret);
    return ERR_NONE;
}

enum err_code fs_stat_target(const char *path, struct fs_stat *ret, struct err *err)
{
    struct stat st;

    if (stat(path, &st))
        return sys_err(err, "look at", path);
    fill(&st, ret);
    return ERR_NONE;
}

static enum err_code read_all(
    int fd, const char *path, uint64_t bytes, struct buf *buf, struct err *err)
{
    size_t start = buf->len;

    for (;;) {
        size_t left = bytes - (buf->len - start);
        /* One byte more than expected shows a file that grew; the limit may leave no room. */
        char beyond, *to = left ? buf_reserve(buf, left) : &beyond;
        ssize_t got;

        if (!to)
            return err_set(
                err, ERR_LIMIT, "%s is larger than the limit of %zu bytes", path, buf->limit);
        got = read(fd, to, left ? left : 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return sys_err(err, "read", path);
        if (got > 0 && !left)
            return err_set(err, ERR_DATA, "%s grew while it was read; read it again later", path);
        if (got == 0 && left)
            return err_set(err, ERR_DATA, "%s shrank while it was read; read it again later", path);
        if (got == 0)
            break;
        buf->len += (size_t)got;
    }
    if (buf->ptr)
        buf->ptr[buf->len] = '\0';
    return ERR_NONE;
}

enum err_code fs_read(const char *path, struct buf *buf, struct fs_stat *ret_stat, struct err *err)
{
    /* O_NONBLOCK: opening a FIFO must not wait for a writer. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    enum err_code code = ERR_NONE;
    size_t start = buf->len;
    struct stat st;

    if (fd < 0)
        return sys_err(err, "open", path);
    if (fstat(fd, &st))
        code = sys_err(err, "look at", path);
    else if (!S_ISREG(st.st_mode))
        code = err_set(err, ERR_DATA, "%s is not a regular file", path);
    else if ((uint64_t)st.st_size > buf->limit)
        code = err_set(err, ERR_LIMIT, "%s has %llu bytes, more than the limit of %zu", path,
            (unsigned long long)st.st_size, buf->limit);
    else
        code = read_all(fd, path, (uint64_t)st.st_size, buf, err);
    if (!code && ret_stat)
        fill(&st, ret_stat);
    if (code && buf->ptr) {
        buf->len = start;
        buf->ptr[start] = '\0';
    }
    (void)close(fd);
    return code;
}

size_t fs_read_head(const char *path, void *to, size_t bytes)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat st;
    ssize_t got = 0;

    if (fd < 0)
        return 0;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        got = read(fd, to, bytes);
    (void)close(fd);
    return got > 0 ? (size_t)got : 0;
}

static bool write_all(int fd, struct str data)
{
    while (data.len) {
        ssize_t put = write(fd, data.ptr, data.len);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        data = str_slice(data, (size_t)put, data.len);
    }
    return true;
}

enum err_code fs_write(const char *path, struct str data, struct err *err)
{
    char temp[4096];
    bool ok;
    int fd;

    if ((size_t)snprintf(temp, sizeof temp, "%s.%ld.tmp", path, (long)getpid()) >= sizeof temp)
        return err_set(err, ERR_IO, "the path is too long: %.200s", path);
    fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return sys_err(err, "write", path);
    ok = write_all(fd, data);
    ok = close(fd) == 0 && ok;
    if (ok && rename(temp, path) == 0)
        return ERR_NONE;
    (void)sys_err(err, "write", path);
    (void)unlink(temp);
    return ERR_IO;
}

enum err_code fs_make_folders(const char *path, struct err *err)
{
    char part[4096];
    size_t len = strlen(path);
    struct fs_stat st;

    if (!len)
        return err_set(err, ERR_IO, "cannot make a folder: its name is empty");
    if (len >= sizeof part)
        return err_set(err, ERR_IO, "the path is too long: %.200s", path);
    for (size_t i = 1; i <= len; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) && errno != EEXIST)
            return sys_err(err, "make the folder", part);
    }
    if (!fs_stat_target(path, &st, err) && st.type != FS_FOLDER)
        return err_set(err, ERR_IO, "cannot make the folder %s: a file has that name", path);
    return ERR_NONE;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct fs_entry *)a)->name, ((const struct fs_entry *)b)->name);
}

static enum fs_type entry_type(const struct dirent *d, const char *folder)
{
    char path[8192];
    struct fs_stat st;
    struct err err;

    switch (d->d_type) {
    case DT_REG:
        return FS_FILE;
    case DT_DIR:
        return FS_FOLDER;
    case DT_LNK:
        return FS_LINK;
    case DT_UNKNOWN: /* some file systems do not say */
        (void)snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
        return fs_stat(path, &st, &err) ? FS_OTHER : st.type;
    default:
        return FS_OTHER;
    }
}

enum err_code fs_list(struct arena *arena, const char *path, struct fs_entry **ret_entries,
    size_t *ret_count, struct err *err)
{
    VEC(struct fs_entry) entries = {0};
    DIR *dir = opendir(path);
    struct dirent *d;

    if (!dir)
        return sys_err(err, "open the folder", path);
    while ((d = readdir(dir))) {
        struct fs_entry *entry;

        if (!strcmp(d->d_name, ".") || !strcmp(d->d_name, ".."))
            continue;
        entry = vec_push(&entries);
        entry->name = arena_copy(arena, str_from(d->d_name)).ptr;
        entry->type = entry_type(d, path);
    }
    (void)closedir(dir);
    if (entries.len)
        qsort(entries.ptr, entries.len, sizeof *entries.ptr, by_name);
    *ret_entries = arena_array(arena, entries.len, struct fs_entry);
    if (entries.len)
        memcpy(*ret_entries, entries.ptr, entries.len * sizeof *entries.ptr);
    *ret_count = entries.len;
    vec_release(&entries);
    return ERR_NONE;
}
