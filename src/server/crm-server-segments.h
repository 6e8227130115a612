#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Boot segments that were made once and are the same for all who may see the same, packed, in files
 * of a folder: on Monday at eight everybody starts from nothing at once.
 *
 * All that are kept were read at or after one place in the order of changes, the generation, which
 * is where the delta of those who boot starts. A new generation forgets them. They are of one
 * process and start anew with it.
 */
typedef struct _CrmServerSegments CrmServerSegments;

/* Makes the folder, for its owner alone, and empties it of what is ours. */
CrmServerSegments *crm_server_segments_new (const char *dir, GError **error);
void crm_server_segments_free (CrmServerSegments *self);

/* 0: none has begun. */
gint64 crm_server_segments_get_generation (const CrmServerSegments *self);
/* Microseconds since it began, by the monotonic clock. */
gint64 crm_server_segments_get_age (const CrmServerSegments *self);
void crm_server_segments_begin (CrmServerSegments *self, gint64 seq);

/* @key: all that tells one segment from another. NULL when there is none. (transfer full) */
GBytes *crm_server_segments_load (CrmServerSegments *self, const char *key);
/* A disk that is full keeps none, and that is all. */
void crm_server_segments_store (CrmServerSegments *self, const char *key, GBytes *packed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerSegments, crm_server_segments_free)

G_END_DECLS
