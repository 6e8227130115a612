#include "crm-sim-user.h"

#include "base/crm-id.h"

#define MAX_EDITED   4
#define MAX_IMPORTED 24
/* More than fit in one set, though one in five is of a few that are there already. */
#define MANY_IMPORTED (CRM_CHANGE_SET_MAX * 7 / 5)
#define N_IDS         15

typedef struct
{
  const char *kind;
  const char *fields[8];
} KindFields;

static const KindFields kinds[] = {
  { "person", { "surname", "city", "note", "email", "tags", "birthday", "organisation" } },
  { "organisation", { "name", "city", "note", "tags", "parent" } },
  { "activity", { "subject", "note", "relation" } },
};

static const char *const words[] = {
  "Jansen",   "de Vries", "Bakker",         "Łukasz", "Zoë",
  "IJzerman", "x",        "Café 't Hoekje", "日本",   "%_\\\"'",
};

static char *
choose_text (CrmSimRandom *random)
{
  GString *text = g_string_new (words[crm_sim_random_below (random, G_N_ELEMENTS (words))]);

  /* Long ones go by their hash on the wire. */
  if (crm_sim_random_chance (random, 8))
    for (guint i = 0; i < 60; i++)
      g_string_append (text, " lang verhaal");
  g_string_append_printf (text, " %u", crm_sim_random_below (random, 3));

  return g_string_free (text, FALSE);
}

static char *
choose_link (const CrmField *field, CrmSimRandom *random, CrmSimModel *after)
{
  g_autoptr (GPtrArray) ids = crm_sim_model_list_ids (after, "organisation");

  return ids->len == 0
             ? NULL
             : g_strdup (g_ptr_array_index (ids, crm_sim_random_below (random, ids->len)));
}

/* Canonical, so that it comes back as it went; NULL at times. */
static char *
choose_value (const CrmField *field, CrmSimRandom *random, CrmSimModel *after)
{
  static const char *const sets[] = { "beurs", "beurs;klant", "klant", "klant;pers", "pers" };

  if (crm_sim_random_chance (random, 15))
    return NULL;

  switch (field->type)
    {
    case CRM_FIELD_LINK:
      return choose_link (field, random, after);

    case CRM_FIELD_SET:
      return g_strdup (sets[crm_sim_random_below (random, G_N_ELEMENTS (sets))]);

    case CRM_FIELD_DATE:
      return g_strdup_printf ("1975-04-%02u", 1 + crm_sim_random_below (random, 28));

    case CRM_FIELD_MONEY:
      return g_strdup_printf ("%u.%02u",
                              crm_sim_random_below (random, 5000),
                              crm_sim_random_below (random, 100));

    case CRM_FIELD_TEXT:
    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_TIME:
    case CRM_FIELD_NUMBER:
    case CRM_FIELD_BOOL:
    case CRM_FIELD_CHOICE:
    default:
      return choose_text (random);
    }
}

static gboolean
is_linked (CrmSimModel *model, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) ids = crm_sim_model_list_ids (model, kinds[i].kind);

      for (guint j = 0; j < ids->len; j++)
        for (guint k = 0; kinds[i].fields[k] != NULL; k++)
          if (g_strcmp0 (crm_sim_model_get (model, ids->pdata[j], kinds[i].fields[k]), id) == 0)
            return TRUE;
    }

  return FALSE;
}

/* The kind is told by the id, so that an id never changes its kind. */
static char *
choose_id (CrmSimRandom *random, guint kind)
{
  return g_strdup_printf ("00000000-0000-7000-8000-%04x%08x",
                          kind,
                          crm_sim_random_below (random, N_IDS / G_N_ELEMENTS (kinds)));
}

static CrmRecord *
choose_record (CrmModel *model,
               CrmSimRandom *random,
               guint kind,
               const char *id,
               CrmSimModel *after)
{
  const KindFields *fields = &kinds[kind];
  const CrmKind *described = crm_model_find_kind (model, fields->kind);
  CrmRecord *record = crm_record_new (described, id);

  if (crm_sim_model_has (after, crm_record_get_id (record)))
    crm_sim_model_remove (after, crm_record_get_id (record));
  crm_sim_model_touch (after, fields->kind, crm_record_get_id (record));
  for (guint i = 0; fields->fields[i] != NULL; i++)
    {
      const CrmField *field = crm_kind_find_field (described, fields->fields[i]);
      g_autofree char *value = NULL;

      if (!crm_sim_random_chance (random, 60))
        continue;
      value = choose_value (field, random, after);
      crm_record_set (record, field->name, value);
      crm_sim_model_set (after, fields->kind, crm_record_get_id (record), field->name, value);
    }

  return record;
}

static void
edit_fields (CrmModel *model,
             CrmSimRandom *random,
             CrmChangeSet *set,
             guint kind,
             const char *id,
             CrmSimModel *after)
{
  const CrmKind *described = crm_model_find_kind (model, kinds[kind].kind);

  for (guint i = 0; kinds[kind].fields[i] != NULL; i++)
    {
      const CrmField *field = crm_kind_find_field (described, kinds[kind].fields[i]);
      g_autofree char *value = NULL;

      if (!crm_sim_random_chance (random, 30))
        continue;
      value = choose_value (field, random, after);
      crm_change_set_set (set, described, id, field->name, value);
      crm_sim_model_set (after, kinds[kind].kind, id, field->name, value);
    }
}

static void
edit_one (CrmModel *model,
          CrmSimRandom *random,
          CrmChangeSet *set,
          guint kind,
          const char *id,
          CrmSimModel *after)
{
  g_autoptr (CrmRecord) record = NULL;
  const guint what = crm_sim_random_below (random, 100);

  if (!crm_sim_model_has (after, id) || what < 15)
    {
      record = choose_record (model, random, kind, id, after);
      crm_change_set_put (set, record);
    }
  else if (what < 30 && !is_linked (after, id))
    {
      crm_change_set_delete (set, crm_model_find_kind (model, kinds[kind].kind), id);
      crm_sim_model_remove (after, id);
    }
  else
    {
      edit_fields (model, random, set, kind, id, after);
    }
}

CrmChangeSet *
crm_sim_user_edit (CrmModel *model, CrmSimRandom *random, CrmSimModel *after)
{
  CrmChangeSet *set = crm_change_set_new ("person.edit");
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const guint n = 1 + crm_sim_random_below (random, MAX_EDITED);

  if (crm_sim_random_chance (random, 30))
    crm_change_set_set_why (set, "gebeld");
  for (guint i = 0; i < n; i++)
    {
      const guint kind = crm_sim_random_below (random, G_N_ELEMENTS (kinds));
      char *id = choose_id (random, kind);

      if (g_hash_table_add (done, id))
        edit_one (model, random, set, kind, id, after);
    }

  return set;
}

static const char *
choose_conflict (CrmSimRandom *random, CrmSimModel *after)
{
  g_autoptr (GPtrArray) ids = crm_sim_model_list_ids (after, "conflict");
  const guint from = crm_sim_random_below (random, ids->len);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = ids->pdata[(from + i) % ids->len];

      if (g_strcmp0 (crm_sim_model_get (after, id, "state"), "open") == 0)
        return id;
    }

  return NULL;
}

static void
decide (CrmModel *model,
        CrmSimRandom *random,
        CrmChangeSet *set,
        const char *id,
        CrmSimModel *after)
{
  const char *record = crm_sim_model_get (after, id, "record");
  const char *kind = crm_sim_model_get (after, id, "record_kind");
  const char *field = crm_sim_model_get (after, id, "field");
  const char *late = crm_sim_model_get (after, id, "late");

  if (field == NULL || g_str_equal (field, "number") || record == NULL ||
      !crm_sim_model_has (after, record) || crm_sim_random_chance (random, 40))
    return;

  crm_change_set_set (set, crm_model_find_kind (model, kind), record, field, late);
  crm_sim_model_set (after, kind, record, field, late);
}

CrmChangeSet *
crm_sim_user_resolve (CrmModel *model, CrmSimRandom *random, CrmSimModel *after)
{
  const char *id = choose_conflict (random, after);
  CrmChangeSet *set;

  if (id == NULL)
    return NULL;

  set = crm_change_set_new ("conflict.resolve");
  decide (model, random, set, id, after);
  crm_change_set_set (set, crm_model_find_kind (model, "conflict"), id, "state", "resolved");
  crm_sim_model_set (after, "conflict", id, "state", "resolved");

  return set;
}

GPtrArray *
crm_sim_user_import (CrmModel *model, CrmSimRandom *random, guint many, CrmSimModel *after)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const guint n = crm_sim_random_chance (random, many)
                      ? MANY_IMPORTED
                      : 1 + crm_sim_random_below (random, MAX_IMPORTED);

  for (guint i = 0; i < n; i++)
    {
      const guint kind = crm_sim_random_below (random, G_N_ELEMENTS (kinds));
      const gboolean known = crm_sim_random_chance (random, 20);
      char *id = known ? choose_id (random, kind)
                       : g_strdup_printf ("00000000-0000-7000-9%03x-%012" G_GINT64_MODIFIER "x",
                                          kind,
                                          crm_sim_random_next (random) >> 16);

      if (g_hash_table_add (done, id))
        g_ptr_array_add (records, choose_record (model, random, kind, id, after));
    }

  return records;
}

static const char *
choose_of (CrmSimRandom *random, CrmSimModel *after, const char *kind)
{
  g_autoptr (GPtrArray) ids = crm_sim_model_list_ids (after, kind);

  return ids->len > 0 ? ids->pdata[crm_sim_random_below (random, ids->len)] : NULL;
}

static CrmChangeSet *
set_one (CrmModel *model,
         CrmSimModel *after,
         const char *kind,
         const char *id,
         const char *field,
         const char *value)
{
  g_autofree char *action = g_strconcat (kind, ".edit", NULL);
  g_autofree char *same = g_strdup (id);
  CrmChangeSet *set = crm_change_set_new (action);

  crm_change_set_set (set, crm_model_find_kind (model, kind), same, field, value);
  crm_sim_model_set (after, kind, same, field, value);

  return set;
}

CrmChangeSet *
crm_sim_user_edit_template (CrmModel *model, CrmSimRandom *random, CrmSimModel *after)
{
  const char *id = choose_of (random, after, "template");
  g_autofree char *name = choose_text (random);

  return id != NULL ? set_one (model, after, "template", id, "name", name) : NULL;
}

CrmChangeSet *
crm_sim_user_give_number (CrmModel *model, CrmSimRandom *random, CrmSimModel *after)
{
  static const char *const families[] = { "person", "organisation" };
  const char *id = choose_of (random, after, "person");
  g_autofree char *number = g_strdup_printf ("%u", 1 + crm_sim_random_below (random, 6));

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      g_autoptr (GPtrArray) ids = crm_sim_model_list_ids (after, families[i]);

      for (guint j = 0; j < ids->len; j++)
        if (g_strcmp0 (crm_sim_model_get (after, ids->pdata[j], "number"), number) == 0)
          return NULL;
    }

  return id != NULL ? set_one (model, after, "person", id, "number", number) : NULL;
}

void
crm_sim_user_choose_setting (CrmSimRandom *random,
                             CrmSimModel *after,
                             const char **name,
                             const char **value)
{
  static const char *const names[] = { "sender.city", "sender.phone", "ij" };
  static const char *const values[] = { NULL, "y", "Ede" };
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;

  *name = names[crm_sim_random_below (random, G_N_ELEMENTS (names))];
  *value = values[crm_sim_random_below (random, G_N_ELEMENTS (values))];
  text = g_strconcat ("setting.", *name, NULL);
  id = crm_id_new_for_name (text);
  if (*value == NULL && !crm_sim_model_has (after, id))
    return;

  crm_sim_model_set (after, "setting", id, "name", *name);
  crm_sim_model_set (after, "setting", id, "value", *value);
}
