#include "store/log/crm-change-set-private.h"

#include <string.h>

typedef enum
{
  OP_PUT,
  OP_SET,
  OP_DELETE,
  OP_MEMBERS,
} OpType;

typedef struct
{
  OpType type;
  const CrmKind *kind;
  char *id;
  CrmRecord *record;     /* PUT */
  const CrmField *field; /* SET, MEMBERS */
  char *value;           /* SET; nullable */
  char **add;            /* MEMBERS; nullable */
  char **remove;         /* MEMBERS; nullable */
} Op;

struct _CrmChangeSet
{
  char *action;
  char *why;
  gboolean confirmed;
  GPtrArray *ops;
  /* (element-type utf8): borrowed from the ops. */
  GHashTable *ids;
};

static void
free_op (Op *op)
{
  g_clear_object (&op->record);
  g_free (op->id);
  g_free (op->value);
  g_strfreev (op->add);
  g_strfreev (op->remove);
  g_free (op);
}

CrmChangeSet *
crm_change_set_new (const char *action)
{
  CrmChangeSet *self;

  g_return_val_if_fail (action != NULL, NULL);

  self = g_new0 (CrmChangeSet, 1);
  self->action = g_strdup (action);
  self->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) free_op);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
crm_change_set_free (CrmChangeSet *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->ops);
  g_free (self->action);
  g_free (self->why);
  g_free (self);
}

void
crm_change_set_set_why (CrmChangeSet *self, const char *why)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->why, why != NULL && *why != '\0' ? why : NULL);
}

void
crm_change_set_set_confirmed (CrmChangeSet *self, gboolean confirmed)
{
  g_return_if_fail (self != NULL);

  self->confirmed = confirmed;
}

static Op *
add_op (CrmChangeSet *self, OpType type, const CrmKind *kind, const char *id)
{
  Op *op = g_new0 (Op, 1);

  op->type = type;
  op->kind = kind;
  op->id = g_strdup (id);
  g_ptr_array_add (self->ops, op);
  if (!g_hash_table_contains (self->ids, id))
    g_hash_table_add (self->ids, op->id);

  return op;
}

void
crm_change_set_put (CrmChangeSet *self, CrmRecord *record)
{
  Op *op;

  g_return_if_fail (self != NULL);
  g_return_if_fail (CRM_IS_RECORD (record));

  op = add_op (self, OP_PUT, crm_record_get_kind (record), crm_record_get_id (record));
  op->record = g_object_ref (record);
}

void
crm_change_set_set (CrmChangeSet *self,
                    const CrmKind *kind,
                    const char *id,
                    const char *field,
                    const char *value)
{
  const CrmField *described;
  Op *op;

  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL && id != NULL && field != NULL);

  described = crm_kind_find_field (kind, field);
  g_return_if_fail (described != NULL);

  op = add_op (self, OP_SET, kind, id);
  op->field = described;
  op->value = g_strdup (value);
}

void
crm_change_set_delete (CrmChangeSet *self, const CrmKind *kind, const char *id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL && id != NULL);

  add_op (self, OP_DELETE, kind, id);
}

void
crm_change_set_change_members (CrmChangeSet *self,
                               const CrmKind *kind,
                               const char *id,
                               const char *field,
                               const char *const *add,
                               const char *const *remove)
{
  const CrmField *described;
  Op *op;

  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL && id != NULL && field != NULL);

  described = crm_kind_find_field (kind, field);
  g_return_if_fail (described != NULL && described->type == CRM_FIELD_SET);

  op = add_op (self, OP_MEMBERS, kind, id);
  op->field = described;
  op->add = g_strdupv ((char **) add);
  op->remove = g_strdupv ((char **) remove);
}

const char *
crm_change_set_get_action (const CrmChangeSet *self)
{
  return self->action;
}

const char *
crm_change_set_get_why (const CrmChangeSet *self)
{
  return self->why;
}

gboolean
crm_change_set_is_confirmed (const CrmChangeSet *self)
{
  return self->confirmed;
}

guint
crm_change_set_get_n_records (const CrmChangeSet *self)
{
  return g_hash_table_size (self->ids);
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Members sorted by byte, joined by ";", each once; NULL when none remains. */
static char *
change_members (const char *value, char **add, char **remove)
{
  g_auto (GStrv) old = g_strsplit (value != NULL ? value : "", ";", -1);
  g_autoptr (GHashTable) members = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char **sorted = NULL;
  guint n_members = 0;

  for (char **member = old; *member != NULL; member++)
    if (**member != '\0')
      g_hash_table_add (members, *member);
  for (char **member = add; member != NULL && *member != NULL; member++)
    if (**member != '\0')
      g_hash_table_add (members, *member);
  for (char **member = remove; member != NULL && *member != NULL; member++)
    g_hash_table_remove (members, *member);

  sorted = (char **) g_hash_table_get_keys_as_array (members, &n_members);
  if (n_members == 0)
    return NULL;
  qsort (sorted, n_members, sizeof *sorted, compare_members);

  return g_strjoinv (";", sorted);
}

static CrmEdit *
find_edit (CrmReplica *replica, GPtrArray *edits, GHashTable *by_id, const Op *op, GError **error)
{
  const CrmTable *table;
  CrmEdit *edit = g_hash_table_lookup (by_id, op->id);

  if (edit != NULL)
    return edit;

  table = crm_replica_get_table (replica, op->kind);
  if (table == NULL)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_FAILED,
                   "Kind “%s” is not one of the model that “%s” was opened with",
                   crm_kind_get_name (op->kind),
                   crm_replica_get_dir (replica));
      return NULL;
    }

  edit = crm_edit_new (table, op->id);
  g_ptr_array_add (edits, edit);
  g_hash_table_insert (by_id, edit->id, edit);
  if (!crm_edit_load (edit, crm_replica_get_db (replica), error))
    return NULL;
  if (edit->old != NULL && op->type != OP_PUT)
    edit->new = crm_record_copy (edit->old);

  return edit;
}

static gboolean
fail_missing (const Op *op, GError **error)
{
  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_NOT_FOUND,
               "No %s “%s” to change",
               crm_kind_get_name (op->kind),
               op->id);

  return FALSE;
}

/* A put record is the caller's, so later ops of the set go to a copy of it. */
static void
set_field (CrmEdit *edit, const CrmField *field, const char *value)
{
  CrmRecord *copy = crm_record_copy (edit->new);

  crm_record_set (copy, field->name, value);
  g_set_object (&edit->new, copy);
  g_object_unref (copy);
}

static gboolean
run_op (const Op *op, CrmEdit *edit, GError **error)
{
  g_autofree char *members = NULL;

  if (op->type == OP_PUT)
    {
      g_set_object (&edit->new, op->record);
      return TRUE;
    }

  if (edit->new == NULL)
    return fail_missing (op, error);

  if (op->type == OP_DELETE)
    g_clear_object (&edit->new);
  else if (op->type == OP_SET)
    set_field (edit, op->field, op->value);
  else
    {
      members = change_members (crm_record_get (edit->new, op->field->name), op->add, op->remove);
      set_field (edit, op->field, members);
    }

  return TRUE;
}

GPtrArray *
crm_change_set_resolve (const CrmChangeSet *self, CrmReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_edit_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->ops->len; i++)
    {
      const Op *op = g_ptr_array_index (self->ops, i);
      CrmEdit *edit = find_edit (replica, edits, by_id, op, error);

      if (edit == NULL || !run_op (op, edit, error))
        return NULL;
    }

  return g_steal_pointer (&edits);
}
