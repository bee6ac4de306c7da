/*
 * base/sha256.h - SHA-256 by OpenSSL's libcrypto, loaded at the first use
 * (a program that only prints its help does not pay for it).
 */
#ifndef CHIMERA_BASE_SHA256_H
#define CHIMERA_BASE_SHA256_H

#include "base/err.h"
#include "base/str.h"

struct sha256 {
    unsigned char bytes[32];
};

/* The digest of one piece of memory. ERR_IO when libcrypto cannot be loaded. Thread-safe. */
MUST_USE enum err_code sha256_of(struct str data, struct sha256 *ret, struct err *err);
/* 64 lower-case hex digits and a NUL. */
void sha256_hex(const struct sha256 *digest, char ret[65]);

#endif
