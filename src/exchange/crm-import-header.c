#include "exchange/crm-import-plan-private.h"

#include "base/crm-text.h"

#include <string.h>

/* Letters and digits of @alias are those of @squashed; aliases are folded already. */
static gboolean
squashes_to (const char *alias, gsize length, const char *squashed)
{
  gsize i;

  for (i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (alias[i]) && (guchar) alias[i] < 0x80)
        continue;
      if (g_ascii_tolower (alias[i]) != *squashed || *squashed == '\0')
        return FALSE;
      squashed++;
    }

  return *squashed == '\0';
}

static guint
match_alias (const char *aliases, const char *folded, const char *squashed)
{
  gsize folded_length = strlen (folded);
  guint best = 0;

  while (aliases != NULL && *aliases != '\0')
    {
      gsize length = strcspn (aliases, "|");

      if (length == folded_length && memcmp (aliases, folded, length) == 0)
        return 4;
      if (squashes_to (aliases, length, squashed))
        best = 3;
      aliases += length + (aliases[length] == '|');
    }

  return best;
}

static guint
match_words (const CrmField *field, const char *folded, const char *squashed)
{
  g_autofree char *label = NULL;

  if (*squashed == '\0')
    return 0;
  if (squashes_to (field->name, strlen (field->name), squashed))
    return 4;
  if (field->letter_name != NULL &&
      squashes_to (field->letter_name, strlen (field->letter_name), squashed))
    return 3;

  label = crm_text_squash (crm_field_get_label (field));
  if (g_str_equal (label, squashed))
    return 3;

  return match_alias (field->aliases, folded, squashed);
}

/* "Telefoon (vast)" is a phone too. */
static char *
cut_parenthesis (const char *header)
{
  const char *open = strpbrk (header, "([");

  return open != NULL && open != header ? g_strndup (header, open - header) : NULL;
}

guint
crm_import_header_match (const CrmField *field, const char *header)
{
  g_autofree char *folded = NULL;
  g_autofree char *squashed = NULL;
  g_autofree char *cut = NULL;
  guint found;

  g_return_val_if_fail (field != NULL, 0);
  g_return_val_if_fail (header != NULL, 0);

  if (g_str_equal (field->name, header))
    return 5;

  folded = crm_text_fold (header);
  squashed = crm_text_squash (header);
  found = match_words (field, folded, squashed);
  if (found > 0 || (cut = cut_parenthesis (header)) == NULL)
    return found;

  g_free (folded);
  g_free (squashed);
  folded = crm_text_fold (cut);
  squashed = crm_text_squash (cut);

  return match_words (field, folded, squashed) > 0 ? 1 : 0;
}

gboolean
crm_import_header_is_known (const CrmModel *model, const char *text)
{
  guint i, j;

  g_return_val_if_fail (model != NULL, FALSE);

  if (g_str_equal (text, "uid"))
    return TRUE;

  for (i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);

      for (j = 0; !crm_kind_is_system (kind) && j < crm_kind_get_n_fields (kind); j++)
        if (crm_import_header_match (crm_kind_get_field (kind, j), text) > 1)
          return TRUE;
    }

  return FALSE;
}

gboolean
crm_import_has_legal_form (const char *name)
{
  static const char *const forms[] = {
    "bv",        "nv",       "vof",       "cv",         "bvba",        "bvbr",       "ba",
    "ua",        "gmbh",     "ag",        "kg",         "ltd",         "limited",    "inc",
    "llc",       "plc",      "sa",        "sarl",       "srl",         "zn",         "zoon",
    "zonen",     "holding",  "groep",     "beheer",     "stichting",   "vereniging", "cooperatie",
    "maatschap", "gemeente", "provincie", "ministerie", "eenmanszaak", "vzw",        "cvba",
    "bedrijf",   NULL,
  };
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  guint i;

  g_return_val_if_fail (name != NULL, FALSE);

  folded = crm_text_fold (name);
  words = g_strsplit_set (folded, " ,", -1);
  for (i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = crm_text_squash (words[i]);
      /* "b.v." is a form, "ba" in "Jan Ba" too seldom one to trust without its points. */
      gboolean pointed = strchr (words[i], '.') != NULL || words[i + 1] == NULL;

      if (g_strv_contains (forms, word) && (strlen (word) > 2 || i > 0) &&
          (strlen (word) > 3 || pointed || words[i + 1] == NULL))
        return TRUE;
      if (g_str_equal (words[i], "&") && i > 0)
        return TRUE;
    }

  return FALSE;
}
