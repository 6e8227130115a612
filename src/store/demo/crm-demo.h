#pragma once

#include "base/crm-progress.h"
#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * crm_demo_fill:
 * @n: how many relations; a third of them organisations
 *
 * Fills a replica with a made-up Dutch company's relations, their activities of the last 18 months
 * and of this week, and tags: one action that one undo takes back. The same @n gives the same
 * records on every laptop, but for days, which count back from today, and every fourth owner, who
 * is the user. All mail and web addresses are below "example", which nobody owns (RFC 2606).
 */
gboolean crm_demo_fill (CrmReplica *replica,
                        guint n,
                        CrmProgress *progress,
                        GCancellable *cancellable,
                        GError **error);

G_END_DECLS
