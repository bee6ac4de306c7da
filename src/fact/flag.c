/* fact/flag.c - names of the flags. */
#include "fact/flag.h"

static const struct {
    enum flag flag;
    const char *name;
} FLAGS[] = {
    {FLAG_FAILED_RUN, "failed_run"},
    {FLAG_ZERO_ON_ERROR, "zero_on_error"},
    {FLAG_COLD_START, "cold_start"},
    {FLAG_DUPLICATE, "duplicate"},
    {FLAG_UNIT_GUESSED, "unit_guessed"},
    {FLAG_SUBJECT_GUESSED, "subject_guessed"},
    {FLAG_NOT_FINITE, "not_finite"},
    {FLAG_TZ_UNKNOWN, "tz_unknown"},
};

const char *flag_name(enum flag flag)
{
    for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++)
        if (FLAGS[i].flag == flag)
            return FLAGS[i].name;
    return NULL;
}
