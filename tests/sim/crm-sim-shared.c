#include "crm-sim-replica-private.h"

#include "store/crm-replica-private.h"
#include "store/sync/crm-conflict.h"
#include "store/sync/crm-sync-store.h"

#include <string.h>

gint64
crm_sim_replica_get_n_pending (CrmSimReplica *self)
{
  return crm_sync_store_get_last (self->replica) - crm_sync_store_get_acked (self->replica);
}

gboolean
crm_sim_replica_has_parked (CrmSimReplica *self)
{
  g_autoptr (CrmSyncCounts) counts = crm_sync_store_count (self->replica, NULL);

  return counts == NULL || counts->parked > 0;
}

/* What others did is true now, and what could be undone before is not the oracle's to know. */
gboolean
crm_sim_replica_take_state (CrmSimReplica *self, char **failure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSimModel) state = crm_sim_model_new_from_replica (self->replica, &error);
  g_autofree char *difference = NULL;

  if (state == NULL)
    return crm_sim_replica_fail (failure, "the records cannot be read: %s", error->message);
  difference = crm_sim_model_dup_difference (state, crm_sim_replica_get_model (self));
  if (difference == NULL)
    return TRUE;

  crm_sim_replica_take_model (self, g_steal_pointer (&state));

  return TRUE;
}

/* Only what the server has is acknowledged, and only to the log that holds it (I9). */
static gboolean
check_acked (CrmSimReplica *self, CrmSimOracle *oracle, gint64 *local, char **failure)
{
  static const char sql[] = "SELECT lower (hex (digest)) FROM change_set WHERE n = ?1";
  const char *id = crm_replica_get_id (self->replica);
  const gint64 acked = crm_sync_store_get_acked (self->replica);
  const gboolean more = acked > self->acked || g_strcmp0 (id, self->acked_id) != 0;
  g_autoptr (CrmStmt) stmt = NULL;

  *local = self->log->len - crm_sim_replica_get_n_pending (self);
  self->acked = acked;
  g_set_str (&self->acked_id, id);
  if (!more || acked == 0)
    return TRUE;

  stmt = crm_db_prepare (crm_replica_get_db (self->replica), sql, NULL);
  crm_stmt_bind_int64_at (stmt, 1, *local);
  if (crm_stmt_step (stmt, NULL) != CRM_STEP_ROW ||
      !crm_sim_oracle_has_taken (oracle, id, acked, crm_stmt_get_text (stmt, 0)))
    return crm_sim_replica_fail (failure,
                                 "set %" G_GINT64_FORMAT " was acknowledged, but never taken",
                                 acked);

  return TRUE;
}

gboolean
crm_sim_replica_check_refused (CrmSimReplica *self, CrmSimOracle *oracle, char **failure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = crm_replica_list_conflicts (self->replica, FALSE, &error);
  g_autoptr (GHashTable) shown = g_hash_table_new (g_str_hash, g_str_equal);

  if (items == NULL)
    return crm_sim_replica_fail (failure, "conflicts cannot be listed: %s", error->message);
  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (shown, ((CrmConflict *) items->pdata[i])->id);

  for (guint i = 0; i < self->log->len; i++)
    {
      const char *set = strrchr (self->log->pdata[i], ' ') + 1;

      if (crm_sim_oracle_has_refused (oracle, set) && !g_hash_table_contains (shown, set))
        return crm_sim_replica_fail (failure, "set %s was refused without a word", set);
    }

  return TRUE;
}

/* Most steps write nothing. */
static gboolean
is_as_before (CrmSimReplica *self)
{
  gint64 n_changes = -1;
  gboolean same;

  if (!crm_db_query_int64 (crm_replica_get_db (self->replica),
                           "SELECT total_changes ()",
                           &n_changes,
                           NULL))
    return FALSE;
  same = n_changes == self->n_changes;
  self->n_changes = n_changes;

  return same;
}

gboolean
crm_sim_replica_settle (CrmSimReplica *self,
                        CrmSimOracle *oracle,
                        CrmSimRandom *random,
                        char **failure)
{
  const CrmSimEvent event = { .type = CRM_SIM_EVENT_SYNC,
                              .power = crm_sim_random_chance (random, 50) };
  gint64 acked;

  self->shaky |= crm_sim_disk_has_failed (self->disk) && !crm_sim_disk_is_dead (self->disk);

  if (!crm_sim_replica_recover (self, &event, TRUE, random, NULL, failure))
    return FALSE;
  if (is_as_before (self))
    return TRUE;

  return crm_sim_replica_check_log (self, FALSE, failure) &&
         crm_sim_replica_take_state (self, failure) &&
         check_acked (self, oracle, &acked, failure) &&
         crm_sim_typed_check (self->typed, crm_sim_replica_get_model (self), acked, failure);
}
