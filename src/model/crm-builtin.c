#include "model/crm-builtin.h"

#include "base/crm-id.h"
#include "base/crm-text.h"
#include "model/crm-model-resources.h"

#include <string.h>

/* In the order people see them. The id is made from the name, so a name never changes. */
static const char *const names[] = { "plain", "visit", "offer", "consent", "move", "english" };

static char *
dup_id (guint index)
{
  g_autofree char *name = g_strconcat ("template.letter.", names[index], NULL);

  return crm_id_new_for_name (name);
}

guint
crm_builtin_get_n (void)
{
  return G_N_ELEMENTS (names);
}

const char *
crm_builtin_get_name (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (names), NULL);

  return names[index];
}

int
crm_builtin_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *builtin_id = dup_id (i);

      if (g_strcmp0 (builtin_id, id) == 0)
        return (int) i;
    }

  return -1;
}

/* "name: value" lines up to an empty line; the rest is the body. */
static void
fill_from_text (CrmRecord *record, const char *text)
{
  const char *body = strstr (text, "\n\n");
  g_autofree char *head = NULL;
  g_autofree char *clean = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert (body != NULL);
  head = g_strndup (text, (gsize) (body - text));
  lines = g_strsplit (head, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strstr (lines[i], ": ");

      g_assert (colon != NULL);
      *colon = '\0';
      crm_record_set (record, lines[i], colon + 2);
    }
  /* As import and forms would write it: unchanged is then equal. */
  clean = crm_text_clean (body + 2);
  crm_record_set (record, "body", clean);
}

CrmRecord *
crm_builtin_new (CrmModel *model, guint index)
{
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize size;
  const char *data;
  CrmRecord *record;

  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (index < G_N_ELEMENTS (names), NULL);

  id = dup_id (index);
  path = g_strdup_printf ("/org/example/Crm/model/builtin/%s.md", names[index]);
  bytes = g_resource_lookup_data (crm_model_get_resource (), path, 0, NULL);
  g_assert (bytes != NULL);
  data = g_bytes_get_data (bytes, &size);
  text = g_strndup (data, size);

  record = crm_record_new (crm_model_find_kind (model, "template"), id);
  crm_record_set (record, "type", "letter");
  crm_record_set (record, "format", "markdown");
  fill_from_text (record, text);

  return record;
}
