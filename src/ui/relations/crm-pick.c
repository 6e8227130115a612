#include "ui/relations/crm-pick.h"

#include "store/query/crm-record-list.h"

/* More rows than this are not asked for one by one. */
#define MAX_BY_ID 1000

struct _CrmPick
{
  CrmQuery *query;      /* nullable */
  GtkBitset *positions; /* nullable: all of the query */
  char **ids;           /* nullable */
};

CrmPick *
crm_pick_new_all (const CrmQuery *query)
{
  CrmPick *self = g_new0 (CrmPick, 1);

  self->query = crm_query_copy (query);

  return self;
}

CrmPick *
crm_pick_new_positions (const CrmQuery *query, const GtkBitset *positions)
{
  CrmPick *self = crm_pick_new_all (query);

  self->positions = gtk_bitset_copy (positions);

  return self;
}

CrmPick *
crm_pick_new_ids (const char *const *ids)
{
  CrmPick *self = g_new0 (CrmPick, 1);

  self->ids = g_strdupv ((char **) ids);

  return self;
}

/* NULL when a row has not been read yet. */
static char **
list_ids (GtkSelectionModel *selection, const GtkBitset *chosen)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (CrmListRow) row = g_list_model_get_item (G_LIST_MODEL (selection), position);

      if (row == NULL || crm_list_row_get_id (row) == NULL)
        return NULL;
      g_strv_builder_add (ids, crm_list_row_get_id (row));
    }

  return g_strv_builder_end (ids);
}

CrmPick *
crm_pick_new_for_selection (const CrmQuery *query, GtkSelectionModel *selection)
{
  g_autoptr (GtkBitset) chosen = NULL;
  g_auto (GStrv) ids = NULL;
  guint64 n;

  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (GTK_IS_SELECTION_MODEL (selection), NULL);

  chosen = gtk_selection_model_get_selection (selection);
  n = gtk_bitset_get_size (chosen);
  if (n == g_list_model_get_n_items (G_LIST_MODEL (selection)))
    return crm_pick_new_all (query);
  /* Positions shift when somebody else adds a relation, so a few rows go by their id. */
  if (n <= MAX_BY_ID)
    ids = list_ids (selection, chosen);

  return ids != NULL ? crm_pick_new_ids ((const char *const *) ids)
                     : crm_pick_new_positions (query, chosen);
}

CrmPick *
crm_pick_copy (const CrmPick *self)
{
  CrmPick *copy = g_new0 (CrmPick, 1);

  g_return_val_if_fail (self != NULL, copy);

  if (self->query != NULL)
    copy->query = crm_query_copy (self->query);
  if (self->positions != NULL)
    copy->positions = gtk_bitset_copy (self->positions);
  copy->ids = g_strdupv (self->ids);

  return copy;
}

void
crm_pick_free (CrmPick *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->query, crm_query_free);
  g_clear_pointer (&self->positions, gtk_bitset_unref);
  g_strfreev (self->ids);
  g_free (self);
}

const CrmQuery *
crm_pick_get_query (const CrmPick *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->positions == NULL ? self->query : NULL;
}

const char *const *
crm_pick_get_ids (const CrmPick *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->ids;
}

typedef struct
{
  const GtkBitset *positions; /* nullable */
  guint next;
  guint last;
  GStrvBuilder *ids;
} Collect;

static gboolean
collect_cb (CrmRecord *record, gpointer user_data)
{
  Collect *collect = user_data;
  guint position = collect->next++;

  if (collect->positions == NULL || gtk_bitset_contains (collect->positions, position))
    g_strv_builder_add (collect->ids, crm_record_get_id (record));

  return position < collect->last;
}

char **
crm_pick_load_ids (const CrmPick *self,
                   CrmReplica *replica,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  Collect collect = { .last = G_MAXUINT, .ids = ids };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  if (self->ids != NULL)
    return g_strdupv (self->ids);

  if (self->positions != NULL)
    {
      if (gtk_bitset_is_empty (self->positions))
        return g_strv_builder_end (ids);
      collect.positions = self->positions;
      collect.last = gtk_bitset_get_maximum (self->positions);
    }
  if (!crm_replica_each (replica, self->query, 0, collect_cb, &collect, cancellable, error))
    return NULL;

  return g_strv_builder_end (ids);
}

/* NULL when there is nothing to change. */
static char *
dup_changed_tags (CrmRecord *record, const char *tag, gboolean remove)
{
  const char *now = crm_record_get (record, "tags");
  g_auto (GStrv) members = g_strsplit (now != NULL ? now : "", ";", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  gboolean found = FALSE;

  for (gsize i = 0; members[i] != NULL; i++)
    {
      gboolean same = g_str_equal (members[i], tag);

      found |= same;
      if (members[i][0] != '\0' && !(same && remove))
        g_ptr_array_add (kept, members[i]);
    }
  if (found != remove)
    return NULL;
  if (!remove)
    g_ptr_array_add (kept, (gpointer) tag);
  g_ptr_array_sort_values (kept, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (kept, NULL);

  return g_strjoinv (";", (char **) kept->pdata);
}

typedef gboolean (*Change) (CrmAction *action, CrmRecord *record, gpointer data, GError **error);

static gboolean
change_each (char **ids,
             CrmReplica *replica,
             CrmAction *action,
             Change change,
             gpointer data,
             CrmProgress *progress,
             GCancellable *cancellable,
             GError **error)
{
  guint n = g_strv_length (ids);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmRecord) record = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      record = crm_replica_find (replica, ids[i]);
      /* Deleted in the meantime by another program: nothing to do for it. */
      if (record != NULL && !change (action, record, data, error))
        return FALSE;
      if (progress != NULL)
        crm_progress_set (progress, i + 1, n);
    }

  return TRUE;
}

static gboolean
delete_one (CrmAction *action, CrmRecord *record, gpointer data, GError **error)
{
  return crm_action_delete (action,
                            crm_record_get_kind (record),
                            crm_record_get_id (record),
                            error);
}

/* What was written is taken back when it fails or is cancelled: the action is freed unfinished. */
static char *
run (const CrmPick *self,
     CrmReplica *replica,
     const char *name,
     Change change,
     gpointer data,
     CrmProgress *progress,
     guint *n_changed,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (CrmAction) action = NULL;
  g_auto (GStrv) ids = NULL;
  g_autofree char *group = NULL;

  ids = crm_pick_load_ids (self, replica, cancellable, error);
  if (ids == NULL)
    return NULL;
  action = crm_action_begin (replica, name, NULL, error);
  if (action == NULL)
    return NULL;
  group = g_strdup (crm_action_get_group (action));
  crm_action_set_confirmed (action, change == delete_one);
  if (!change_each (ids, replica, action, change, data, progress, cancellable, error) ||
      !crm_action_finish (action, n_changed, error))
    return NULL;

  return g_steal_pointer (&group);
}

typedef struct
{
  const char *tag;
  gboolean remove;
} TagChange;

static gboolean
tag_one (CrmAction *action, CrmRecord *record, gpointer data, GError **error)
{
  const TagChange *change = data;
  g_autofree char *tags = dup_changed_tags (record, change->tag, change->remove);

  if (tags == NULL)
    return TRUE;

  return crm_action_set (action,
                         crm_record_get_kind (record),
                         crm_record_get_id (record),
                         "tags",
                         tags[0] != '\0' ? tags : NULL,
                         error);
}

char *
crm_pick_tag (const CrmPick *self,
              CrmReplica *replica,
              const char *tag,
              gboolean remove,
              CrmProgress *progress,
              guint *n_changed,
              GCancellable *cancellable,
              GError **error)
{
  TagChange change = { tag, remove };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (tag != NULL && tag[0] != '\0', NULL);

  return run (self, replica, "tag", tag_one, &change, progress, n_changed, cancellable, error);
}

char *
crm_pick_delete (const CrmPick *self,
                 CrmReplica *replica,
                 CrmProgress *progress,
                 guint *n_changed,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return run (self,
              replica,
              "relations.delete",
              delete_one,
              NULL,
              progress,
              n_changed,
              cancellable,
              error);
}
