#include "letters/crm-letter-file.h"

#include "base/crm-text.h"

#include <string.h>

#define MAX_BYTES 100

static gboolean
is_reserved (const char *name)
{
  static const char *const reserved[] = { "con", "prn", "aux", "nul" };
  g_autofree char *folded = crm_text_fold (name);

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (g_str_equal (folded, reserved[i]))
      return TRUE;

  return strlen (folded) == 4 &&
         (g_str_has_prefix (folded, "com") || g_str_has_prefix (folded, "lpt"));
}

static char *
clean_title (const char *title)
{
  GString *name = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = title; *at != '\0' && name->len < MAX_BYTES - 4; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '-' || c == '_' ||
          (c == '.' && name->len > 0))
        {
          if (space && name->len > 0)
            g_string_append_c (name, ' ');
          g_string_append_unichar (name, c);
          space = FALSE;
        }
      else
        {
          space = TRUE;
        }
    }
  while (name->len > 0 && name->str[name->len - 1] == '.')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0 || is_reserved (name->str))
    g_string_append (name, "_");

  return g_string_free_and_steal (name);
}

char *
crm_letter_file_dup_name (CrmRecord *record, GHashTable *taken)
{
  g_autofree char *title = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);
  g_return_val_if_fail (taken != NULL, NULL);

  title = crm_record_dup_title (record);
  clean = clean_title (title);
  name = g_strdup (clean);

  for (guint i = 2;; i++)
    {
      g_autofree char *folded = crm_text_fold (name);

      if (g_hash_table_add (taken, g_steal_pointer (&folded)))
        return g_strconcat (name, ".pdf", NULL);
      g_free (name);
      name = g_strdup_printf ("%s (%u)", clean, i);
    }
}
