#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Everything that happened, as a hash: two runs of one seed must have the same. */
typedef struct _CrmSimTrace CrmSimTrace;

/* @folder: another one each time, so left out. @print: also to stdout, with the virtual time. */
CrmSimTrace *crm_sim_trace_new (const char *folder, gboolean print);
void crm_sim_trace_free (CrmSimTrace *self);
void crm_sim_trace_add (CrmSimTrace *self, gint64 time, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* 16 hex digits of what was added so far. */
char *crm_sim_trace_dup_hash (CrmSimTrace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimTrace, crm_sim_trace_free)

G_END_DECLS
