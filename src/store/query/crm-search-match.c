#include "store/query/crm-search-match-private.h"

#include "store/query/crm-search-text.h"

#include <string.h>

static void
unit_free (CrmSearchUnit *unit)
{
  g_ptr_array_unref (unit->words);
  g_free (unit->joined);
  g_free (unit);
}

static gboolean
is_number (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

/* What people write between the digits of a phone number. */
static gboolean
is_phone_gap (const char *gap)
{
  return gap[strspn (gap, " +-./()")] == '\0';
}

static gboolean
starts_postcode (const CrmSearchWord *word, const CrmSearchWord *next)
{
  return strlen (word->word) == 4 && is_number (word->word) && g_str_equal (next->before, " ") &&
         strlen (next->word) <= 2 && g_ascii_isalpha (next->word[0]) &&
         g_ascii_isalpha (next->word[strlen (next->word) - 1]);
}

static guint
get_number_run (GPtrArray *words, guint from)
{
  guint n = 0;

  for (guint i = from; i < words->len; i++, n++)
    {
      const CrmSearchWord *word = words->pdata[i];

      if (!is_number (word->word) || (n > 0 && !is_phone_gap (word->before)))
        break;
    }

  return n;
}

/* "+31 (0)6 12" is 31612: the digit that is dialled at home only goes. */
static gboolean
is_trunk_zero (const CrmSearchWord *word)
{
  return g_str_equal (word->word, "0") && strchr (word->before, '(') != NULL;
}

/* The digits as they stand in the index: with the country's number and without "00", or from home.
 */
static char *
join_numbers (GPtrArray *words, guint from, guint n)
{
  const CrmSearchWord *first = words->pdata[from];
  gboolean abroad = strchr (first->before, '+') != NULL || g_str_has_prefix (first->word, "00");
  GString *joined = g_string_new (NULL);

  for (guint i = from; i < from + n; i++)
    if (!(abroad && i > from && is_trunk_zero (words->pdata[i])))
      g_string_append (joined, ((const CrmSearchWord *) words->pdata[i])->word);

  if (g_str_has_prefix (joined->str, "00") && joined->len > 2)
    g_string_erase (joined, 0, 2);

  return g_string_free_and_steal (joined);
}

static CrmSearchUnit *
unit_new (GPtrArray *words, guint from, guint n, char *joined)
{
  CrmSearchUnit *unit = g_new0 (CrmSearchUnit, 1);

  unit->words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = from; i < from + n; i++)
    g_ptr_array_add (unit->words, g_strdup (((const CrmSearchWord *) words->pdata[i])->word));
  if (n > 1 || g_strcmp0 (joined, unit->words->pdata[0]) != 0)
    unit->joined = g_steal_pointer (&joined);
  g_free (joined);

  return unit;
}

/* Returns: how many words the unit took */
static guint
add_unit (CrmSearchMatch *self, GPtrArray *words, guint from)
{
  const CrmSearchWord *word = words->pdata[from];
  const CrmSearchWord *next = from + 1 < words->len ? words->pdata[from + 1] : NULL;
  guint n = get_number_run (words, from);
  char *joined = NULL;

  if (next != NULL && starts_postcode (word, next))
    {
      n = 2;
      joined = g_strconcat (word->word, next->word, NULL);
    }
  else if (n > 0)
    joined = join_numbers (words, from, n);
  n = MAX (n, 1);

  g_ptr_array_add (self->units, unit_new (words, from, n, joined));

  return n;
}

/* The word behind the first comma; 0: there is none. */
static guint
find_comma (GPtrArray *words)
{
  for (guint i = 1; i < words->len; i++)
    if (strchr (((const CrmSearchWord *) words->pdata[i])->before, ',') != NULL)
      return i;

  return 0;
}

/* What stands behind the first comma goes before the rest. */
static GPtrArray *
list_in_order (GPtrArray *words, guint comma)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < words->len; i++)
    {
      const CrmSearchWord *word = words->pdata[(comma + i) % words->len];

      g_ptr_array_add (list, g_strdup (word->word));
    }

  return list;
}

CrmSearchMatch *
crm_search_match_new (const char *text)
{
  g_autoptr (GPtrArray) words = crm_search_split (text);
  CrmSearchMatch *self;

  if (words->len == 0)
    return NULL;
  if (words->len > CRM_SEARCH_WORDS_MAX)
    g_ptr_array_set_size (words, CRM_SEARCH_WORDS_MAX);

  self = g_new0 (CrmSearchMatch, 1);
  self->units = g_ptr_array_new_with_free_func ((GDestroyNotify) unit_free);
  for (guint i = 0; i < words->len;)
    i += add_unit (self, words, i);
  self->n_rotated = find_comma (words);
  self->words = list_in_order (words, self->n_rotated);

  return self;
}

void
crm_search_match_free (CrmSearchMatch *self)
{
  g_ptr_array_unref (self->units);
  g_ptr_array_unref (self->words);
  g_free (self);
}

CrmSearchMark
crm_search_class_get_last_mark (CrmSearchClass rank)
{
  switch (rank)
    {
    case CRM_SEARCH_CLASS_JOINED:
    case CRM_SEARCH_CLASS_MAIN:
    case CRM_SEARCH_CLASS_NAME_START:
    case CRM_SEARCH_CLASS_NAME:
      return CRM_SEARCH_NAME;

    case CRM_SEARCH_CLASS_ORGANISATION:
      return CRM_SEARCH_ORGANISATION;

    case CRM_SEARCH_CLASS_CONTACT:
      return CRM_SEARCH_CONTACT;

    case CRM_SEARCH_CLASS_ANY:
    case CRM_SEARCH_N_CLASSES:
    default:
      return CRM_SEARCH_REST;
    }
}

/* One word in any of the columns of the class. Words are letters and digits: nothing to escape. */
static void
append_word (GString *out, const char *word, CrmSearchClass rank)
{
  gboolean start = rank <= CRM_SEARCH_CLASS_NAME_START ||
                   g_utf8_strlen (word, -1) < CRM_SEARCH_INNER_MIN;

  for (int mark = CRM_SEARCH_MAIN; mark <= (int) crm_search_class_get_last_mark (rank); mark++)
    {
      g_string_append (out, mark > CRM_SEARCH_MAIN ? " OR \"" : "(\"");
      g_string_append_c (out, (char) mark);
      if (start)
        g_string_append_c (out, CRM_SEARCH_START);
      g_string_append (out, word);
      g_string_append_c (out, '"');
    }
  g_string_append_c (out, ')');
}

static void
append_unit (GString *out, const CrmSearchUnit *unit, CrmSearchClass rank)
{
  g_string_append_c (out, '(');
  for (guint i = 0; i < unit->words->len; i++)
    {
      if (i > 0)
        g_string_append (out, " AND ");
      append_word (out, unit->words->pdata[i], rank);
    }
  if (unit->joined != NULL)
    {
      g_string_append (out, ") OR (");
      append_word (out, unit->joined, rank);
    }
  g_string_append_c (out, ')');
}

static void
append_units (GString *out, const CrmSearchMatch *self, CrmSearchClass rank)
{
  for (guint i = 0; i < self->units->len; i++)
    {
      g_string_append (out, i > 0 ? " AND (" : "(");
      append_unit (out, self->units->pdata[i], rank);
      g_string_append_c (out, ')');
    }
}

/* Runs of @min to @max words, each as one at the start of the main word; any of them will do. */
static void
append_runs (GString *out, GPtrArray *words, guint min, guint max)
{
  const char *separator = "";

  for (guint from = 0; from < words->len; from++)
    {
      g_autoptr (GString) joined = g_string_new (NULL);

      for (guint n = 1; n <= max && from + n <= words->len; n++)
        {
          g_string_append (joined, words->pdata[from + n - 1]);
          if (n < min)
            continue;
          g_string_append_printf (out,
                                  "%s\"%c%c%s\"",
                                  separator,
                                  CRM_SEARCH_MAIN,
                                  CRM_SEARCH_START,
                                  joined->str);
          separator = " OR ";
        }
    }
}

/* All words start names, and some of them the main word. */
static char *
dup_main (const CrmSearchMatch *self, guint min)
{
  GString *out = g_string_new ("(");

  append_runs (out, self->words, min, CRM_SEARCH_JOINED_MAX);
  g_string_append_c (out, ')');
  /* The main word is a name, so one word needs no second look. */
  if (self->words->len > 1)
    {
      g_string_append (out, " AND ");
      append_units (out, self, CRM_SEARCH_CLASS_NAME_START);
    }

  return g_string_free_and_steal (out);
}

char *
crm_search_match_dup_class (const CrmSearchMatch *self, CrmSearchClass rank)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  if (rank == CRM_SEARCH_CLASS_JOINED)
    return self->words->len > 1 ? dup_main (self, 2) : NULL;
  if (rank == CRM_SEARCH_CLASS_MAIN)
    return dup_main (self, 1);

  out = g_string_new (NULL);
  append_units (out, self, rank);

  return g_string_free_and_steal (out);
}
