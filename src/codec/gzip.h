/*
 * codec/gzip.h - inflating .gz files (RFC 1952) by zlib, within a limit.
 */
#ifndef CHIMERA_CODEC_GZIP_H
#define CHIMERA_CODEC_GZIP_H

#include "base/buf.h"

/* True for the magic bytes 1f 8b 08. */
bool gzip_is(struct str data);

/*
 * Appends the inflated content of all members to buf. ERR_LIMIT when it would pass buf's limit (a
 * bomb), ERR_DATA when the data is damaged or cut; buf's content is then what it was before. NULs
 * behind the last member are passed over.
 */
MUST_USE enum err_code gzip_inflate(struct str data, struct buf *buf, struct err *err);

#endif
