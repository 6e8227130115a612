#pragma once

#include "crm-sim-model.h"

G_BEGIN_DECLS

/*
 * What the user of one laptop typed and the server has not said it has: until then it stays on the
 * screen, whatever comes from elsewhere (I5, I9).
 */
typedef struct _CrmSimTyped CrmSimTyped;

CrmSimTyped *crm_sim_typed_new (void);
CrmSimTyped *crm_sim_typed_copy (CrmSimTyped *self);
void crm_sim_typed_free (CrmSimTyped *self);
/* A change of the user's from @before to @after, that the log has as set @n or later. */
void crm_sim_typed_add (CrmSimTyped *self, CrmSimModel *before, CrmSimModel *after, gint64 n);
/* Somebody typed something else over what is not in @shown; it is not known what. */
void crm_sim_typed_forget (CrmSimTyped *self, CrmSimModel *shown);
/* @acked: the last set that the server is known to have. FALSE with @failure when something of a
 * later one is not on the screen. */
gboolean crm_sim_typed_check (CrmSimTyped *self, CrmSimModel *shown, gint64 acked, char **failure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimTyped, crm_sim_typed_free)

G_END_DECLS
