#pragma once

#include "server/crm-server-log.h"
#include "server/crm-server-machine.h"

G_BEGIN_DECLS

/* Counters in the text format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). One thread. */
typedef struct _CrmServerMetrics CrmServerMetrics;

CrmServerMetrics *crm_server_metrics_new (void);
void crm_server_metrics_free (CrmServerMetrics *self);
void crm_server_metrics_add (CrmServerMetrics *self, const CrmServerLogRequest *request);
/* (transfer full) */
char *crm_server_metrics_write (CrmServerMetrics *self,
                                const CrmServerCounts *counts,
                                guint n_connections,
                                guint n_waiting,
                                gint64 head);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerMetrics, crm_server_metrics_free)

G_END_DECLS
