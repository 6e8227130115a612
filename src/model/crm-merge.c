#include "model/crm-merge.h"

#include "base/crm-bug.h"
#include "base/crm-clock.h"
#include "base/crm-text.h"
#include "model/crm-check.h"
#include "model/crm-money.h"
#include "model/crm-set-digest.h"
#include "model/crm-value.h"

#include <string.h>

gboolean
crm_merge_needs_old (const CrmField *field)
{
  return field != NULL &&
         (field->policy == CRM_POLICY_TEXT3 || field->policy == CRM_POLICY_SET_UNION);
}

gboolean
crm_merge_is_old (const char *current, const char *old)
{
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];

  if (crm_value_equal (current, old))
    return TRUE;
  if (crm_text_is_empty (current) || crm_text_is_empty (old))
    return FALSE;

  return strlen (current) > CRM_SET_DIGEST_LONG &&
         strcmp (crm_set_digest_shorten (current, hex), old) == 0;
}

/* The same in another notation: "06-12345678" and "+31612345678". */
static gboolean
is_same (const CrmField *field, const char *a, const char *b)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (field == NULL || crm_text_is_empty (a) || crm_text_is_empty (b))
    return FALSE;

  left = crm_check_normalize (field->check, a, NULL);
  right = crm_check_normalize (field->check, b, NULL);

  return crm_value_equal (left, right);
}

static int
sign (gint64 difference)
{
  return (difference > 0) - (difference < 0);
}

static int
compare_numbers (const char *a, const char *b)
{
  const double left = g_ascii_strtod (a, NULL);
  const double right = g_ascii_strtod (b, NULL);

  return (left > right) - (left < right);
}

int
crm_merge_compare (const CrmField *field, const char *a, const char *b)
{
  const gboolean a_is_empty = crm_text_is_empty (a);
  const gboolean b_is_empty = crm_text_is_empty (b);
  gint64 left, right;

  if (a_is_empty || b_is_empty)
    return b_is_empty - a_is_empty;

  if (field != NULL && field->type == CRM_FIELD_TIME && crm_clock_parse (a, &left) &&
      crm_clock_parse (b, &right))
    return (left > right) - (left < right);
  if (field != NULL && field->type == CRM_FIELD_MONEY && crm_money_to_cents (a, &left) &&
      crm_money_to_cents (b, &right))
    return (left > right) - (left < right);
  if (field != NULL && field->type == CRM_FIELD_NUMBER)
    return compare_numbers (a, b);

  return sign (strcmp (a, b));
}

static gboolean
has_member (const char *members, const char *member, gsize length)
{
  for (const char *at = members; at != NULL; at = strchr (at, ';'))
    {
      at += *at == ';' ? 1 : 0;
      if (strncmp (at, member, length) == 0 && (at[length] == ';' || at[length] == '\0'))
        return TRUE;
    }

  return FALSE;
}

char *
crm_members_subtract (const char *value, const char *old)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  g_auto (GStrv) members = g_strsplit (value != NULL ? value : "", ";", -1);

  for (guint i = 0; members[i] != NULL; i++)
    if (members[i][0] != '\0' && !has_member (old, members[i], strlen (members[i])))
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? ";" : "", members[i]);

  return rest->len > 0 ? g_strdup (rest->str) : NULL;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
crm_members_unite (const char *a, const char *b)
{
  g_autofree char *joined = g_strconcat (a != NULL ? a : "", ";", b != NULL ? b : "", NULL);
  g_auto (GStrv) members = g_strsplit (joined, ";", -1);
  g_autoptr (GString) united = g_string_new (NULL);
  const guint n = g_strv_length (members);

  qsort (members, n, sizeof *members, compare_members);
  for (guint i = 0; i < n; i++)
    if (members[i][0] != '\0' && (i == 0 || strcmp (members[i], members[i - 1]) != 0))
      g_string_append_printf (united, "%s%s", united->len > 0 ? ";" : "", members[i]);

  return united->len > 0 ? g_strdup (united->str) : NULL;
}

static CrmMergeVerdict
finish (CrmMergeVerdict verdict, const char *value, char **result)
{
  *result = crm_text_is_empty (value) ? NULL : g_strdup (value);

  return verdict;
}

static CrmMergeVerdict
merge_members (const CrmMergeEdit *edit, char **result)
{
  g_autofree char *added = crm_members_subtract (edit->value, edit->old);
  g_autofree char *removed = crm_members_subtract (edit->old, edit->value);
  g_autofree char *kept = crm_members_subtract (edit->current, removed);

  *result = crm_members_unite (kept, added);

  return CRM_MERGE_MERGED;
}

static CrmMergeVerdict
merge_text (const CrmMergeEdit *edit, char **result)
{
  if (!crm_text_merge (edit->old, edit->value, edit->current, result))
    return finish (CRM_MERGE_CONFLICT, edit->current, result);

  return CRM_MERGE_MERGED;
}

static CrmMergeVerdict
merge_greater (const CrmMergeEdit *edit, char **result)
{
  const gboolean later = crm_merge_compare (edit->field, edit->value, edit->current) > 0;

  return finish (CRM_MERGE_MERGED, later ? edit->value : edit->current, result);
}

/* The server writes it; a number that people bring along is taken once. */
static CrmMergeVerdict
merge_given (const CrmMergeEdit *edit, char **result)
{
  if (!crm_field_has_flag (edit->field, CRM_FIELD_UNIQUE))
    return finish (CRM_MERGE_REFUSED, edit->current, result);
  if (edit->fresh || crm_text_is_empty (edit->current))
    return finish (CRM_MERGE_APPLY, edit->value, result);

  return finish (CRM_MERGE_CONFLICT, edit->current, result);
}

static CrmMergeVerdict
merge_by_policy (const CrmMergeEdit *edit, char **result)
{
  switch (edit->field != NULL ? edit->field->policy : CRM_POLICY_KEEP_SERVER)
    {
    case CRM_POLICY_MAX:
      return merge_greater (edit, result);

    case CRM_POLICY_SET_UNION:
      return CRM_BUG ("union-overwrites") ? finish (CRM_MERGE_MERGED, edit->value, result)
                                          : merge_members (edit, result);

    case CRM_POLICY_TEXT3:
      return merge_text (edit, result);

    case CRM_POLICY_SERVER_ONLY:
      return merge_given (edit, result);

    case CRM_POLICY_KEEP_SERVER:
    default:
      return finish (CRM_MERGE_CONFLICT, edit->current, result);
    }
}

CrmMergeVerdict
crm_merge_field (const CrmMergeEdit *edit, char **result)
{
  const gboolean given = edit->field != NULL && edit->field->policy == CRM_POLICY_SERVER_ONLY;

  g_return_val_if_fail (edit != NULL, CRM_MERGE_CONFLICT);
  g_return_val_if_fail (result != NULL, CRM_MERGE_CONFLICT);

  if (crm_value_equal (edit->current, edit->value))
    return finish (CRM_MERGE_SAME, edit->current, result);
  if (!given && (edit->fresh || crm_merge_is_old (edit->current, edit->old)))
    return finish (CRM_MERGE_APPLY, edit->value, result);
  if (is_same (edit->field, edit->current, edit->value))
    return finish (CRM_MERGE_SAME, edit->current, result);
  if (!given && is_same (edit->field, edit->current, edit->old))
    return finish (CRM_MERGE_APPLY, edit->value, result);

  return merge_by_policy (edit, result);
}
