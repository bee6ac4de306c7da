/* fact/name_words.h - private to fact: questions to the word lists. All words joined, lower case.
 */
#ifndef CHIMERA_FACT_NAME_WORDS_H
#define CHIMERA_FACT_NAME_WORDS_H

#include "fact/name.h"

bool words_are_fixed_subject(struct str joined);
bool words_are_parameter(struct str joined); /* numbers that were chosen, not measured */
bool words_end_like_id(struct str last_word);
bool words_are_counted(struct str word); /* "images": with "_s" behind it, a rate */
/* ROLE_MEASURE when the name claims no other role. */
enum role words_role(struct str joined, struct str last_word);
/* "timing_stats", "percentiles": names around a metric that say nothing themselves. */
bool words_are_wrapper(struct str word);

#endif
