#include "ui/record/crm-record-saver.h"

#include "base/crm-text.h"
#include "model/crm-value.h"

static char *
dup_action (const CrmKind *kind, const char *verb)
{
  return g_strconcat (crm_kind_get_name (kind), ".", verb, NULL);
}

/* Members of @a that @b lacks; NULL-terminated. */
static char **
list_missing (const char *a, const char *b)
{
  g_auto (GStrv) left = g_strsplit (a != NULL ? a : "", ";", -1);
  g_auto (GStrv) right = g_strsplit (b != NULL ? b : "", ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; left[i] != NULL; i++)
    if (left[i][0] != '\0' && !g_strv_contains ((const char *const *) right, left[i]))
      g_strv_builder_add (builder, left[i]);

  return g_strv_builder_end (builder);
}

static void
put_field (CrmChangeSet *set, CrmRecord *stored, CrmRecord *edited, guint index)
{
  const CrmKind *kind = crm_record_get_kind (edited);
  const CrmField *field = crm_kind_get_field (kind, index);
  const char *old_value = crm_record_get_at (stored, index);
  const char *value = crm_record_get_at (edited, index);
  const char *id = crm_record_get_id (edited);

  if (field->type == CRM_FIELD_SET)
    {
      g_auto (GStrv) add = list_missing (value, old_value);
      g_auto (GStrv) remove = list_missing (old_value, value);

      crm_change_set_change_members (set,
                                     kind,
                                     id,
                                     field->name,
                                     (const char *const *) add,
                                     (const char *const *) remove);
      return;
    }

  crm_change_set_set (set, kind, id, field->name, value);
}

static gboolean
put_differences (CrmChangeSet *set, CrmRecord *stored, CrmRecord *edited)
{
  gboolean differs = FALSE;

  for (guint i = 0; i < crm_kind_get_n_fields (crm_record_get_kind (edited)); i++)
    if (!crm_value_equal (crm_record_get_at (stored, i), crm_record_get_at (edited, i)))
      {
        put_field (set, stored, edited, i);
        differs = TRUE;
      }

  return differs;
}

CrmChangeSet *
crm_record_saver_new_set (CrmRecord *stored, CrmRecord *edited, GPtrArray *drafts, const char *why)
{
  g_autoptr (CrmChangeSet) set = NULL;
  g_autofree char *action = NULL;

  g_return_val_if_fail (CRM_IS_RECORD (edited), NULL);

  action = dup_action (crm_record_get_kind (edited), stored != NULL ? "edit" : "new");
  set = crm_change_set_new (action);
  if (!crm_text_is_empty (why))
    crm_change_set_set_why (set, why);
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    crm_change_set_put (set, g_ptr_array_index (drafts, i));

  if (stored == NULL)
    crm_change_set_put (set, edited);
  else if (!put_differences (set, stored, edited))
    return NULL;

  return g_steal_pointer (&set);
}

CrmChangeSet *
crm_record_saver_new_members_set (CrmRecord *record,
                                  const char *field,
                                  const char *add,
                                  const char *remove)
{
  const CrmKind *kind = crm_record_get_kind (record);
  g_autofree char *action = dup_action (kind, "tag");
  CrmChangeSet *set = crm_change_set_new (action);
  const char *adds[] = { add, NULL };
  const char *removes[] = { remove, NULL };

  crm_change_set_change_members (set, kind, crm_record_get_id (record), field, adds, removes);

  return set;
}
