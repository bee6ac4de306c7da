/*
 * codec/md_entity.h - HTML entities: &amp; &#176; &#xb0; and the few dozen names that
 * reports of measurements use. Others stay as they are written.
 */
#ifndef CHIMERA_CODEC_MD_ENTITY_H
#define CHIMERA_CODEC_MD_ENTITY_H

#include "base/buf.h"

/* Appends what the entity (with its & and ;) means, as UTF-8. */
void md_entity_add(struct buf *buf, struct str entity);

#endif
