/* fact/unit.c - the table of units. A new unit is a row. */
#include "fact/unit.h"

#define ONE                                                                                        \
    {                                                                                              \
        0, 1                                                                                       \
    }
#define MUL(f)                                                                                     \
    {                                                                                              \
        '*', (f)                                                                                   \
    }
#define DIV(f)                                                                                     \
    {                                                                                              \
        '/', (f)                                                                                   \
    }

static const struct unit UNITS[] = {
    {"s", "s", ONE, false},
    {"sec", "s", ONE, false},
    {"secs", "s", ONE, false},
    {"second", "s", ONE, false},
    {"seconds", "s", ONE, false},
    {"ms", "s", DIV(1e3), false},
    {"msec", "s", DIV(1e3), false},
    {"msecs", "s", DIV(1e3), false},
    {"millis", "s", DIV(1e3), false},
    {"millisecond", "s", DIV(1e3), false},
    {"milliseconds", "s", DIV(1e3), false},
    {"us", "s", DIV(1e6), false},
    {"usec", "s", DIV(1e6), false},
    {"usecs", "s", DIV(1e6), false},
    {"usecond", "s", DIV(1e6), false},
    {"micros", "s", DIV(1e6), false},
    {"microseconds", "s", DIV(1e6), false},
    {"ns", "s", DIV(1e9), false},
    {"nsec", "s", DIV(1e9), false},
    {"nsecond", "s", DIV(1e9), false},
    {"nanos", "s", DIV(1e9), false},
    {"nanoseconds", "s", DIV(1e9), false},
    {"s_op", "s", ONE, false},
    {"ms_op", "s", DIV(1e3), false},
    {"us_op", "s", DIV(1e6), false},
    {"ns_op", "s", DIV(1e9), false},
    {"min", "s", MUL(60), false},
    {"mins", "s", MUL(60), false},
    {"minutes", "s", MUL(60), false},
    {"hours", "s", MUL(3600), false},
    {"hrs", "s", MUL(3600), false},
    {"b", "byte", ONE, false},
    {"byte", "byte", ONE, false},
    {"bytes", "byte", ONE, false},
    {"kb", "byte", MUL(1e3), true},
    {"mb", "byte", MUL(1e6), true},
    {"gb", "byte", MUL(1e9), true},
    {"tb", "byte", MUL(1e12), true},
    {"kbyte", "byte", MUL(1e3), false},
    {"mbyte", "byte", MUL(1e6), false},
    {"gbyte", "byte", MUL(1e9), false},
    {"kib", "byte", MUL(1024), false},
    {"mib", "byte", MUL(1048576), false},
    {"gib", "byte", MUL(1073741824), false},
    {"tib", "byte", MUL(1099511627776), false},
    {"tok_s", "tok/s", ONE, false},
    {"toks_s", "tok/s", ONE, false},
    {"t_s", "tok/s", ONE, false},
    {"tps", "tok/s", ONE, false},
    {"tok_sec", "tok/s", ONE, false},
    {"token_s", "tok/s", ONE, false},
    {"token_sec", "tok/s", ONE, false},
    {"tokens_s", "tok/s", ONE, false},
    {"tokens_sec", "tok/s", ONE, false},
    {"tokens_second", "tok/s", ONE, false},
    {"tokens_sec_user", "tok/s", ONE, false},
    {"tok_per_s", "tok/s", ONE, false},
    {"tok_per_sec", "tok/s", ONE, false},
    {"tok_per_second", "tok/s", ONE, false},
    {"toks_per_s", "tok/s", ONE, false},
    {"toks_per_sec", "tok/s", ONE, false},
    {"token_per_s", "tok/s", ONE, false},
    {"token_per_sec", "tok/s", ONE, false},
    {"token_per_second", "tok/s", ONE, false},
    {"tokens_per_s", "tok/s", ONE, false},
    {"tokens_per_sec", "tok/s", ONE, false},
    {"tokens_per_second", "tok/s", ONE, false},
    {"rps", "1/s", ONE, false},
    {"qps", "1/s", ONE, false},
    {"req_s", "1/s", ONE, false},
    {"req_per_s", "1/s", ONE, false},
    {"req_per_sec", "1/s", ONE, false},
    {"requests_s", "1/s", ONE, false},
    {"requests_per_s", "1/s", ONE, false},
    {"requests_per_sec", "1/s", ONE, false},
    {"requests_per_second", "1/s", ONE, false},
    {"queries_sec", "1/s", ONE, false},
    {"requests_sec", "1/s", ONE, false},
    {"ops_s", "1/s", ONE, false},
    {"ops_ms", "1/s", MUL(1e3), false},
    {"ops_us", "1/s", MUL(1e6), false},
    {"ops_ns", "1/s", MUL(1e9), false},
    {"percent", "ratio", DIV(100), false},
    {"percentage", "ratio", DIV(100), false},
    {"pct", "ratio", DIV(100), false},
    {"ratio", "ratio", ONE, false},
    {"fraction", "ratio", ONE, false},
    {"w", "W", ONE, false},
    {"watt", "W", ONE, false},
    {"watts", "W", ONE, false},
    {"mw", "W", DIV(1e3), false},
    {"megawatts", "W", MUL(1e6), false},
    {"milliwatts", "W", DIV(1e3), false},
    {"j", "J", ONE, false},
    {"joule", "J", ONE, false},
    {"joules", "J", ONE, false},
    {"kj", "J", MUL(1e3), false},
    {"wh", "J", MUL(3600), false},
    {"kwh", "J", MUL(3.6e6), false},
    {"hz", "Hz", ONE, false},
    {"khz", "Hz", MUL(1e3), false},
    {"mhz", "Hz", MUL(1e6), false},
    {"ghz", "Hz", MUL(1e9), false},
    {"degc", "degC", ONE, false},
    {"celsius", "degC", ONE, false},
    {"c", "degC", ONE, false},
};

const struct unit *unit_find(struct str written)
{
    char word[32];
    size_t len = 0;

    if (str_eq(written, STR("%")))
        written = STR("percent");
    if (str_eq(written, STR("MW"))) /* the one case in which the case matters */
        written = STR("megawatts");
    for (size_t i = 0; i < written.len; i++) {
        unsigned char c = (unsigned char)written.ptr[i];

        if (len >= sizeof word - 1)
            return NULL;
        if (c == 0xc2 || c == 0xce) { /* first byte of U+00B5 and U+03BC, the micro signs */
            if (i + 1 < written.len && ((unsigned char)written.ptr[i + 1] == 0xb5 ||
                                           (unsigned char)written.ptr[i + 1] == 0xbc)) {
                word[len++] = 'u';
                i++;
                continue;
            }
        }
        if (char_is_alpha((char)c) || char_is_digit((char)c))
            word[len++] = char_lower((char)c);
        else if (len && word[len - 1] != '_')
            word[len++] = '_';
    }
    while (len && word[len - 1] == '_')
        len--;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (str_eq(str_from(UNITS[i].written), (struct str){word, len}))
            return &UNITS[i];
    return NULL;
}

double scale_apply(struct scale scale, double value)
{
    if (scale.op == '/')
        return value / scale.factor;
    return scale.op == '*' ? value * scale.factor : value;
}

struct scale scale_binary(struct scale decimal)
{
    double factor = decimal.factor;

    if (factor == 1e3)
        decimal.factor = 1024;
    else if (factor == 1e6)
        decimal.factor = 1048576;
    else if (factor == 1e9)
        decimal.factor = 1073741824;
    else if (factor == 1e12)
        decimal.factor = 1099511627776;
    return decimal;
}
