/* base/sha256.c - the only file that knows libcrypto. */
#include "base/sha256.h"

#include <dlfcn.h>
#include <openssl/evp.h>
#include <pthread.h>

static struct {
    __typeof__(&EVP_Digest) digest;
    __typeof__(&EVP_sha256) sha256;
} crypto;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    void *lib = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);

    if (!lib)
        return;
    *(void **)&crypto.sha256 = dlsym(lib, "EVP_sha256");
    *(void **)&crypto.digest = dlsym(lib, "EVP_Digest");
}

enum err_code sha256_of(struct str data, struct sha256 *ret, struct err *err)
{
    unsigned int len = 0;

    (void)pthread_once(&once, load);
    if (!crypto.digest || !crypto.sha256)
        return err_set(
            err, ERR_IO, "cannot load libcrypto.so.3 for SHA-256; install the package libssl3");
    if (crypto.digest(data.ptr, data.len, ret->bytes, &len, crypto.sha256(), NULL) != 1 ||
        len != 32)
        return err_set(err, ERR_BUG, "libcrypto refused to compute SHA-256");
    return ERR_NONE;
}

void sha256_hex(const struct sha256 *digest, char ret[65])
{
    static const char HEX[] = "0123456789abcdef";

    for (int i = 0; i < 32; i++) {
        ret[2 * i] = HEX[digest->bytes[i] >> 4];
        ret[2 * i + 1] = HEX[digest->bytes[i] & 15];
    }
    ret[64] = '\0';
}
