/*
 * ingest/model_guess.h - the model of a file that does not name it.
 */
#ifndef CHIMERA_INGEST_MODEL_GUESS_H
#define CHIMERA_INGEST_MODEL_GUESS_H

#include "fact/factset.h"

/*
 * For each artifact that measures requests and names no model: its twin's (same folder and stem),
 * else that of the raw file of a "_summary", else that of a neighbour whose name begins alike, else
 * the beginning of its own name. All but a twin's are FLAG_SUBJECT_GUESSED.
 */
void guess_models(struct factset *set);

/* "gemma3_1b_param_tuning.csv" -> "gemma3_1b"; empty when the name does not say. */
struct str model_prefix_of(struct str path);

#endif
