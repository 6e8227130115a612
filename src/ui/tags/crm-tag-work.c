#include "ui/tags/crm-tag-work.h"

#include "base/crm-text.h"
#include "store/log/crm-change-log.h"

CrmTagChange *
crm_tag_change_new (const char *from, const char *to, const char *explanation)
{
  CrmTagChange *self = g_new0 (CrmTagChange, 1);

  self->from = g_strdup (from);
  self->to = g_strdup (to);
  self->explanation = g_strdup (explanation);

  return self;
}

CrmTagChange *
crm_tag_change_copy (const CrmTagChange *self)
{
  return crm_tag_change_new (self->from, self->to, self->explanation);
}

void
crm_tag_change_free (CrmTagChange *self)
{
  if (self == NULL)
    return;

  g_free (self->from);
  g_free (self->to);
  g_free (self->explanation);
  g_free (self);
}

static GPtrArray *
list_records (CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new ("tag");

  return crm_replica_list (replica, query, 0, cancellable, error);
}

/* The first of that name; two of one name are one tag. */
static CrmRecord *
find_record (GPtrArray *records, const char *name)
{
  for (guint i = 0; name != NULL && i < records->len; i++)
    if (g_strcmp0 (crm_record_get (records->pdata[i], "name"), name) == 0)
      return records->pdata[i];

  return NULL;
}

static void
add_tag (GPtrArray *tags, const char *name, gint64 n_relations, CrmRecord *record)
{
  if (crm_text_is_empty (name))
    return;

  g_ptr_array_add (tags,
                   crm_tag_new (name,
                                (guint) n_relations,
                                record != NULL ? crm_record_get_id (record) : NULL,
                                record != NULL ? crm_record_get (record, "explanation") : NULL));
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return crm_tag_compare (*(CrmTag **) a, *(CrmTag **) b);
}

GPtrArray *
crm_tag_work_list (CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) uses = NULL;
  g_autoptr (GPtrArray) records = NULL;

  uses = crm_replica_aggregate (replica, query, "tags", NULL, cancellable, error);
  if (uses == NULL || !(records = list_records (replica, cancellable, error)))
    return NULL;

  for (guint i = 0; i < uses->len; i++)
    {
      const CrmAggregateRow *row = uses->pdata[i];

      g_hash_table_add (used, row->keys[0]);
      add_tag (tags, row->keys[0], row->count, find_record (records, row->keys[0]));
    }
  for (guint i = 0; i < records->len; i++)
    {
      const char *name = crm_record_get (records->pdata[i], "name");

      if (name != NULL && g_hash_table_add (used, (gpointer) name))
        add_tag (tags, name, 0, records->pdata[i]);
    }
  g_ptr_array_sort (tags, compare_tags);

  return g_steal_pointer (&tags);
}

/* NULL when @from is not among them. Members are sorted by byte and each is there once. */
static char *
dup_replaced (const char *value, const char *from, const char *to)
{
  g_auto (GStrv) members = g_strsplit (value != NULL ? value : "", ";", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  if (!g_strv_contains ((const char *const *) members, from))
    return NULL;

  for (gsize i = 0; members[i] != NULL; i++)
    if (!g_str_equal (members[i], from) && g_strcmp0 (members[i], to) != 0)
      g_ptr_array_add (kept, members[i]);
  if (to != NULL)
    g_ptr_array_add (kept, (gpointer) to);
  g_ptr_array_sort_values (kept, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (kept, NULL);

  return g_strjoinv (";", (char **) kept->pdata);
}

/* A relation, and the tags it gets. */
typedef struct
{
  const CrmKind *kind;
  char *id;
  char *tags;
} Retagged;

static void
clear_retagged (gpointer data)
{
  Retagged *retagged = data;

  g_free (retagged->id);
  g_free (retagged->tags);
}

typedef struct
{
  const CrmTagChange *change;
  GArray *found; /* (element-type Retagged) */
} Collect;

static gboolean
collect_cb (CrmRecord *record, gpointer user_data)
{
  Collect *collect = user_data;
  char *tags = dup_replaced (crm_record_get (record, "tags"),
                             collect->change->from,
                             collect->change->to);
  Retagged retagged = { crm_record_get_kind (record), NULL, tags };

  /* The query compares folded: "Beurs" is found with "beurs" and is another tag. */
  if (tags == NULL)
    return TRUE;

  retagged.id = g_strdup (crm_record_get_id (record));
  g_array_append_val (collect->found, retagged);

  return TRUE;
}

static GArray *
collect_relations (CrmReplica *replica,
                   const CrmTagChange *change,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Retagged));
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (CrmExpr) where = NULL;
  Collect collect = { change, found };

  g_array_set_clear_func (found, clear_retagged);
  /* New, or only its explanation. */
  if (change->from == NULL || g_strcmp0 (change->from, change->to) == 0)
    return g_steal_pointer (&found);

  where = crm_expr_new_term ("tags", CRM_OP_EQ, CRM_EXPR_TEXT, change->from);
  crm_query_set_where (query, where);
  if (!crm_replica_each (replica, query, 0, collect_cb, &collect, cancellable, error))
    return NULL;

  return g_steal_pointer (&found);
}

static gboolean
retag (CrmAction *action,
       GArray *relations,
       CrmProgress *progress,
       GCancellable *cancellable,
       GError **error)
{
  for (guint i = 0; i < relations->len; i++)
    {
      const Retagged *retagged = &g_array_index (relations, Retagged, i);
      const char *tags = retagged->tags[0] != '\0' ? retagged->tags : NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !crm_action_set (action, retagged->kind, retagged->id, "tags", tags, error))
        return FALSE;
      crm_progress_set (progress, i + 1, relations->len);
    }

  return TRUE;
}

/* The record that explains the tag from now on; NULL when none is needed. (transfer full) */
static CrmRecord *
make_record (CrmReplica *replica, const CrmTagChange *change, CrmRecord *from, CrmRecord *to)
{
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (replica), "tag");
  CrmRecord *record = NULL;

  if (to != NULL || from != NULL)
    record = crm_record_copy (to != NULL ? to : from);
  else if (change->from == NULL || change->explanation != NULL)
    record = crm_record_new (kind, NULL);
  if (record == NULL)
    return NULL;

  crm_record_set (record, "name", change->to);
  if (to == NULL || to == from || crm_record_get (to, "explanation") == NULL)
    crm_record_set (record, "explanation", change->explanation);

  return record;
}

static gboolean
delete_records (CrmAction *action,
                GPtrArray *records,
                const char *name,
                const char *kept,
                GError **error)
{
  for (guint i = 0; name != NULL && i < records->len; i++)
    {
      CrmRecord *record = records->pdata[i];

      if (g_strcmp0 (crm_record_get (record, "name"), name) == 0 &&
          g_strcmp0 (crm_record_get_id (record), kept) != 0 &&
          !crm_action_delete (action,
                              crm_record_get_kind (record),
                              crm_record_get_id (record),
                              error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
change_records (CrmReplica *replica,
                CrmAction *action,
                const CrmTagChange *change,
                GPtrArray *records,
                GError **error)
{
  CrmRecord *from = find_record (records, change->from);
  CrmRecord *to = find_record (records, change->to);
  g_autoptr (CrmRecord) record = NULL;

  if (change->to != NULL)
    record = make_record (replica, change, from, to);
  if (record != NULL && !crm_action_put (action, record, error))
    return FALSE;

  return delete_records (action,
                         records,
                         change->from,
                         record != NULL ? crm_record_get_id (record) : NULL,
                         error);
}

static const char *
get_action_name (const CrmTagChange *change, GPtrArray *records)
{
  if (change->from == NULL)
    return "tag.new";
  if (change->to == NULL)
    return "tag.delete";
  if (g_str_equal (change->from, change->to))
    return "tag.edit";

  return find_record (records, change->to) != NULL ? "tag.merge" : "tag.rename";
}

char *
crm_tag_work_change (CrmReplica *replica,
                     const CrmTagChange *change,
                     CrmProgress *progress,
                     guint *n_relations,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (CrmAction) action = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GArray) relations = NULL;
  g_autofree char *group = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (change != NULL, NULL);
  g_return_val_if_fail (change->from != NULL || change->to != NULL, NULL);
  g_return_val_if_fail (n_relations != NULL, NULL);

  if (!(records = list_records (replica, cancellable, error)) ||
      !(relations = collect_relations (replica, change, cancellable, error)))
    return NULL;

  /* What was written is taken back when the action is freed unfinished. */
  action = crm_action_begin (replica, get_action_name (change, records), NULL, error);
  if (action == NULL)
    return NULL;
  group = g_strdup (crm_action_get_group (action));
  if (!retag (action, relations, progress, cancellable, error) ||
      !change_records (replica, action, change, records, error) ||
      !crm_action_finish (action, NULL, error))
    return NULL;
  *n_relations = relations->len;

  return g_steal_pointer (&group);
}
