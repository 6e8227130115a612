#include "ui/record/crm-duplicates.h"

#include "base/crm-text.h"
#include "ui/record/crm-record-query.h"

#include <string.h>

#define MAX_FOUND      5
#define MAX_CANDIDATES 50

typedef gboolean (*Matches) (CrmRecord *a, CrmRecord *b);

/* Folded, so "De Vries" and "de vries" are the same; an empty value equals nothing. */
static gboolean
same (CrmRecord *a, CrmRecord *b, const char *field)
{
  g_autofree char *left = crm_text_squash (crm_record_peek (a, field));
  g_autofree char *right = crm_text_squash (crm_record_peek (b, field));

  return left[0] != '\0' && g_str_equal (left, right);
}

static gboolean
same_phone (CrmRecord *a, CrmRecord *b)
{
  static const char *const fields[] = { "phone", "mobile" };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (fields); j++)
      {
        const char *left = crm_record_peek (a, fields[i]);

        if (left != NULL && g_strcmp0 (left, crm_record_peek (b, fields[j])) == 0)
          return TRUE;
      }

  return FALSE;
}

/* A mailbox that several people read says nothing about who they are. */
static gboolean
is_shared_mailbox (const char *email)
{
  static const char *const names[] = {
    "info@",     "verkoop@", "sales@",   "contact@",     "administratie@", "office@",
    "algemeen@", "mail@",    "inkoop@",  "receptie@",    "secretariaat@",  "post@",
    "facturen@", "hello@",   "service@", "boekhouding@", "support@",       "admin@"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (email, names[i], strlen (names[i])) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
person_matches (CrmRecord *a, CrmRecord *b)
{
  const char *email = crm_record_peek (a, "email");
  gboolean same_surname = same (a, b, "surname");

  if (email != NULL && !is_shared_mailbox (email) && same (a, b, "email"))
    return TRUE;
  if (same (a, b, "mobile"))
    return TRUE;
  if (same_surname && same (a, b, "postcode") && same (a, b, "house_number"))
    return TRUE;

  return same_surname && same (a, b, "given_name") && same_phone (a, b);
}

static gboolean
organisation_matches (CrmRecord *a, CrmRecord *b)
{
  if (same (a, b, "chamber_number"))
    return TRUE;
  if (same (a, b, "email") && same (a, b, "name"))
    return TRUE;

  return same (a, b, "name") &&
         (same (a, b, "postcode") || same (a, b, "city") || same_phone (a, b));
}

static gboolean
is_known (GPtrArray *found, CrmRecord *record)
{
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (crm_record_get_id (g_ptr_array_index (found, i)), crm_record_get_id (record)))
      return TRUE;

  return FALSE;
}

static gboolean
add_matches (CrmReplica *replica,
             CrmQuery *query,
             CrmRecord *record,
             GPtrArray *found,
             GCancellable *cancellable,
             GError **error)
{
  gboolean is_person = crm_kind_find_field (crm_record_get_kind (record), "surname") != NULL;
  Matches matches = is_person ? person_matches : organisation_matches;
  g_autoptr (GPtrArray) candidates = NULL;

  candidates = crm_replica_list (replica, query, MAX_CANDIDATES, cancellable, error);
  if (candidates == NULL)
    return FALSE;

  for (guint i = 0; i < candidates->len && found->len < MAX_FOUND; i++)
    {
      CrmRecord *other = g_ptr_array_index (candidates, i);

      if (!g_str_equal (crm_record_get_id (other), crm_record_get_id (record)) &&
          !is_known (found, other) && matches (record, other))
        g_ptr_array_add (found, g_object_ref (other));
    }

  return TRUE;
}

/* Those whose @field, which has an index, is the record's @of. */
static gboolean
look_by_value (CrmReplica *replica,
               const char *field,
               const char *of,
               CrmRecord *record,
               GPtrArray *found,
               GCancellable *cancellable,
               GError **error)
{
  const CrmKind *kind = crm_record_get_kind (record);
  const char *value = crm_record_peek (record, of);
  g_autoptr (CrmQuery) query = NULL;

  if (value == NULL || crm_kind_find_field (kind, field) == NULL || found->len >= MAX_FOUND)
    return TRUE;

  query = crm_record_query_new (crm_kind_get_name (kind),
                                crm_record_query_and (NULL, field, CRM_OP_EQ, value));

  return add_matches (replica, query, record, found, cancellable, error);
}

GPtrArray *
crm_duplicates_find (CrmReplica *replica,
                     CrmRecord *record,
                     GCancellable *cancellable,
                     GError **error)
{
  static const struct
  {
    const char *field;
    const char *of;
  } looks[] = {
    { "email", "email" },   { "postcode", "postcode" },
    { "name", "name" },     { "phone", "phone" },
    { "mobile", "phone" },  { "phone", "mobile" },
    { "mobile", "mobile" }, { "chamber_number", "chamber_number" },
  };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  if (!crm_kind_is_relation (crm_record_get_kind (record)))
    return g_steal_pointer (&found);

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (!look_by_value (replica, looks[i].field, looks[i].of, record, found, cancellable, error))
      return NULL;

  return g_steal_pointer (&found);
}
