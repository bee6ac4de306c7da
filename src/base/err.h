/*
 * base/err.h - what went wrong, in a sentence for a person.
 *
 * A struct err lives on the caller's stack. Functions that can fail return an
 * enum err_code (ERR_NONE = 0 = fine) and fill the err; nothing below src/cmd
 * prints or exits. err_wrap() adds context on the way up.
 */
#ifndef CHIMERA_BASE_ERR_H
#define CHIMERA_BASE_ERR_H

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))

enum err_code {
    ERR_NONE = 0,
    ERR_USAGE, /* the user's words: exit 2 */
    ERR_NET,   /* server or network: exit 3 */
    ERR_DATA,  /* bad or missing data: exit 4 */
    ERR_IO,    /* the file system said no: exit 4 */
    ERR_LIMIT, /* a limit of ours was reached: exit 4 */
    ERR_BUG,   /* cannot happen: exit 70 */
};

struct err {
    enum err_code code;
    char text[480];
};

/* Sets code and sentence; returns code, so that `return err_set(...)` reads well. */
enum err_code err_set(struct err *err, enum err_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Puts "context: " in front of the sentence; returns the code that was there. */
enum err_code err_wrap(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Out of memory: one line on stderr, exit 70. The one place below cmd that may. */
void err_no_memory(void) __attribute__((noreturn));

#endif
