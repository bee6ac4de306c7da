/* base/err.c - filling and wrapping struct err. No I/O except for "out of memory". */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum err_code err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
    va_list ap;

    err->code = code;
    va_start(ap, fmt);
    (void)vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    return code;
}

enum err_code err_wrap(struct err *err, const char *fmt, ...)
{
    char old[sizeof err->text];
    va_list ap;
    int used;

    memcpy(old, err->text, sizeof old);
    va_start(ap, fmt);
    used = vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    if (used >= 0 && (size_t)used < sizeof err->text)
        (void)snprintf(err->text + used, sizeof err->text - (size_t)used, ": %s", old);
    return err->code;
}

void err_no_memory(void)
{
    (void)fputs("chimera: out of memory\n", stderr);
    _Exit(70);
}
