#include "letters/crm-letter-reference.h"

#include "base/crm-clock.h"

#include <string.h>

#define LAST_SETTING "letters.last_reference"

static guint64
get_last (CrmReplica *replica)
{
  g_autofree char *value = crm_replica_dup_setting (replica, LAST_SETTING);

  return value != NULL ? g_ascii_strtoull (value, NULL, 10) : 0;
}

char *
crm_letter_reference_format (CrmReplica *replica, guint64 number)
{
  const char *id = crm_replica_get_id (replica);
  g_autofree char *today = crm_clock_dup_today (0);
  g_autofree char *mark = NULL;
  gsize length = strlen (id);

  /* The end of the id is random; its beginning is the time it was made. */
  mark = g_ascii_strup (length > 4 ? id + length - 4 : id, -1);
  return g_strdup_printf ("V%.2s.%s.%04" G_GUINT64_FORMAT, today + 2, mark, number);
}

char *
crm_letter_reference_peek (CrmReplica *replica)
{
  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  return crm_letter_reference_format (replica, get_last (replica) + 1);
}

gboolean
crm_letter_reference_take (CrmReplica *replica, guint n, guint64 *first, GError **error)
{
  g_autofree char *value = NULL;
  guint64 last;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (first != NULL, FALSE);

  last = get_last (replica);
  *first = last + 1;
  value = g_strdup_printf ("%" G_GUINT64_FORMAT, last + n);
  return crm_replica_set_setting (replica, LAST_SETTING, value, error);
}
