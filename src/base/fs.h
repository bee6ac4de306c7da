/*
 * base/fs.h - files: read whole, write whole, list.
 *
 * Paths are bytes, not text. Every error names the path.
 */
#ifndef CHIMERA_BASE_FS_H
#define CHIMERA_BASE_FS_H

#include "base/arena.h"
#include "base/buf.h"

enum fs_type { FS_FILE, FS_FOLDER, FS_LINK, FS_OTHER };

struct fs_stat {
    enum fs_type type;
    uint64_t bytes, inode, device;
    int64_t modified_ns;
};

/* Follows no symbolic link. */
MUST_USE enum err_code fs_stat(const char *path, struct fs_stat *ret, struct err *err);
/* Follows symbolic links. */
MUST_USE enum err_code fs_stat_target(const char *path, struct fs_stat *ret, struct err *err);

/*
 * The whole of a regular file into buf (appended; buf's limit is the file's). A FIFO or device is
 * ERR_DATA, a file past the limit ERR_LIMIT, one that changed its size meanwhile ERR_DATA.
 * *ret_stat (may be NULL) is the state of the file that was really read.
 */
MUST_USE enum err_code fs_read(
    const char *path, struct buf *buf, struct fs_stat *ret_stat, struct err *err);

/* The first bytes of a regular file; returns how many were read, 0 on any failure. */
size_t fs_read_head(const char *path, void *to, size_t bytes);

/* Writes beside the target and renames over it: readers see the old or the new file, whole. */
MUST_USE enum err_code fs_write(const char *path, struct str data, struct err *err);

/* mkdir -p. */
MUST_USE enum err_code fs_make_folders(const char *path, struct err *err);

struct fs_entry {
    const char *name;
    enum fs_type type;
};

/* Entries of a folder without . and .., in byte order of the names, in the arena. */
MUST_USE enum err_code fs_list(struct arena *arena, const char *path, struct fs_entry **ret_entries,
    size_t *ret_count, struct err *err);

#endif
