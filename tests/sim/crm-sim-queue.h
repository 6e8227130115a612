#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is going to happen in a world, by virtual time; at the same time in the order of adding. */
typedef struct _CrmSimQueue CrmSimQueue;

typedef void (*CrmSimFunc) (gpointer data);

CrmSimQueue *crm_sim_queue_new (void);
void crm_sim_queue_free (CrmSimQueue *self);

/* @at: microseconds since the world began; @data is freed by @destroy (nullable) afterwards. */
void crm_sim_queue_add (CrmSimQueue *self,
                        gint64 at,
                        CrmSimFunc func,
                        gpointer data,
                        GDestroyNotify destroy);
/* G_MAXINT64 when nothing is to come. */
gint64 crm_sim_queue_get_next (CrmSimQueue *self);
/* Moves the clock to the next one and does it. FALSE when there is none. */
gboolean crm_sim_queue_run (CrmSimQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimQueue, crm_sim_queue_free)

G_END_DECLS
