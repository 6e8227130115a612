#include "store/query/crm-search-text.h"

#include "base/crm-text.h"
#include "store/query/crm-search-tokenizer.h"

#include <string.h>

/* From these weights of the description on (see crm-kinds.c) a field is a name, or a way to reach
 * somebody; below it is the rest: addresses, tags, notes. */
#define NAME_WEIGHT    5
#define CONTACT_WEIGHT 3

/* Fewer digits are a house number or a year, not a phone number that was not understood. */
#define PHONE_DIGITS_MIN 6

/* A word of so many letters before the main word is an article or a prefix: "De Vries Bouw". */
#define PREFIX_MAX 3

/* They are names whatever their weight, for "de vries" and "devries"; the pair that comes first in
 * the displayed name depends on the use of name. */
static const char *const name_parts[][2] = {
  { "surname_prefix", "surname" },
  { "partner_prefix", "partner_surname" },
};

void
crm_search_word_free (CrmSearchWord *self)
{
  g_free (self->word);
  g_free (self->before);
  g_free (self);
}

static const char *
skip (const char *p, gboolean words)
{
  while (*p != '\0' && g_unichar_isalnum (g_utf8_get_char (p)) == words)
    p = g_utf8_next_char (p);

  return p;
}

GPtrArray *
crm_search_split (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_search_word_free);
  g_autofree char *folded = crm_text_fold (text);

  for (const char *p = folded; *p != '\0';)
    {
      const char *start = skip (p, FALSE);
      const char *end = skip (start, TRUE);
      CrmSearchWord *word;

      if (end == start)
        break;

      word = g_new (CrmSearchWord, 1);
      word->word = g_strndup (start, end - start);
      word->before = g_strndup (p, start - p);
      g_ptr_array_add (words, word);
      p = end;
    }

  return words;
}

static void
append_word (GString *out, const char *word)
{
  g_string_append_c (out, ' ');
  g_string_append (out, word);
}

static gboolean
is_letter (const char *word)
{
  return *g_utf8_next_char (word) == '\0';
}

/* "b.v." and "o'neill" are typed as "bv" and "oneill" as well. */
static gboolean
joins (const CrmSearchWord *word, const CrmSearchWord *next)
{
  return g_str_equal (next->before, "'") ||
         (g_str_equal (next->before, ".") && is_letter (word->word) && is_letter (next->word));
}

static void
append_words (GString *out, const char *text)
{
  g_autoptr (GPtrArray) words = crm_search_split (text);

  for (guint i = 0; i < words->len; i++)
    {
      const CrmSearchWord *word = words->pdata[i];

      append_word (out, word->word);
      if (i + 1 == words->len || !joins (word, words->pdata[i + 1]))
        continue;
      if (i > 0 && joins (words->pdata[i - 1], word))
        continue;

      append_word (out, word->word);
      for (guint k = i + 1; k < words->len && joins (words->pdata[k - 1], words->pdata[k]); k++)
        g_string_append (out, ((const CrmSearchWord *) words->pdata[k])->word);
    }
}

static char *
dup_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);

  return g_string_free_and_steal (digits);
}

/* A number that was understood is "+31…"; what was not is kept as it was typed. */
static void
append_phone (GString *out, const char *text)
{
  g_autofree char *digits = dup_digits (text);

  if (text[0] != '+')
    append_words (out, text);
  if (strlen (digits) < PHONE_DIGITS_MIN)
    return;

  append_word (out, digits);
  if (g_str_has_prefix (text, "+31") || g_str_has_prefix (text, "+32"))
    {
      append_word (out, "0");
      g_string_append (out, digits + 2);
    }
}

static void
append_postcode (GString *out, const char *text)
{
  g_autofree char *squashed = crm_text_squash (text);

  append_word (out, squashed);
  if (strchr (text, ' ') != NULL)
    append_words (out, text);
}

static void
append_field (GString *out, const CrmField *field, const char *value)
{
  if (field->check == CRM_CHECK_PHONE)
    append_phone (out, value);
  else if (field->check == CRM_CHECK_POSTCODE)
    append_postcode (out, value);
  else
    append_words (out, value);
}

static gboolean
is_name_part (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (name_parts); i++)
    if (g_str_equal (field, name_parts[i][0]) || g_str_equal (field, name_parts[i][1]))
      return TRUE;

  return FALSE;
}

static CrmSearchMark
get_mark (const CrmField *field)
{
  if (field->weight >= NAME_WEIGHT || is_name_part (field->name))
    return CRM_SEARCH_NAME;

  return field->weight >= CONTACT_WEIGHT ? CRM_SEARCH_CONTACT : CRM_SEARCH_REST;
}

static void
append_joined (GString *out, const char *before, const char *after)
{
  g_autofree char *joined = g_strconcat (before != NULL ? before : "", after, NULL);
  g_autofree char *squashed = crm_text_squash (joined);

  if (squashed[0] != '\0')
    append_word (out, squashed);
}

/* The field whose first word a relation is known by, and what stands before it in another field. */
typedef struct
{
  const char *field;
  const char *prefix; /* nullable */
  const char *value;  /* nullable */
} Main;

static Main
get_main (CrmRecord *record)
{
  const char *use = crm_record_peek (record, "name_use");
  guint pair = use != NULL && g_str_has_prefix (use, "partner") &&
               crm_record_peek (record, "partner_surname") != NULL;
  Main name = { name_parts[pair][1], crm_record_peek (record, name_parts[pair][0]), NULL };

  if (crm_kind_find_field (crm_record_get_kind (record), "surname") == NULL)
    name = (Main) { "name", NULL, NULL };
  name.value = crm_record_peek (record, name.field);

  return name;
}

static gboolean
ends_word (char c)
{
  return c == ' ' || c == '-' || c == '\0';
}

/* Where the main word of a name ends, after the short words before it. */
static const char *
skip_main (const char *name)
{
  const char *end = name;
  const char *word;

  do
    {
      for (word = end; *word != '\0' && ends_word (*word); word++)
        ;
      for (end = word; !ends_word (*end); end++)
        ;
    }
  while (*end != '\0' && g_utf8_strlen (word, end - word) <= PREFIX_MAX);

  return end;
}

/* "Vries" and "devries"; "De Vries Bouw" also as "devriesbouw", "Bakker Bouw" only as "Bakker". */
static void
append_main (GString *out, const Main *name)
{
  g_autofree char *head = g_strndup (name->value, skip_main (name->value) - name->value);

  g_string_append_c (out, CRM_SEARCH_MAIN);
  append_words (out, head);
  if (name->prefix != NULL || strpbrk (head, " -") != NULL)
    append_joined (out, name->prefix, name->value);
}

static void
append_joined_names (GString *out, CrmRecord *record, const Main *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (name_parts); i++)
    {
      const char *prefix = crm_record_peek (record, name_parts[i][0]);
      const char *surname = crm_record_peek (record, name_parts[i][1]);

      if (prefix != NULL && surname != NULL && !g_str_equal (name_parts[i][1], name->field))
        append_joined (out, prefix, surname);
    }
}

/* "12a", as people type it. */
static void
append_house (GString *out, CrmRecord *record)
{
  const char *number = crm_record_peek (record, "house_number");
  const char *letter = crm_record_peek (record, "house_letter");
  const char *addition = crm_record_peek (record, "house_addition");
  g_autofree char *rest = g_strconcat (letter != NULL ? letter : "", addition, NULL);

  if (number != NULL && rest[0] != '\0')
    append_joined (out, number, rest);
}

static void
append_column (GString *out, CrmRecord *record, CrmSearchMark mark, const Main *name)
{
  const CrmKind *kind = crm_record_get_kind (record);

  g_string_append_c (out, (char) mark);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *value = crm_record_get_at (record, i);

      if (value == NULL || field->weight == 0 || get_mark (field) != mark)
        continue;
      if (g_str_equal (field->name, name->field))
        append_words (out, skip_main (value));
      else
        append_field (out, field, value);
    }
}

char *
crm_search_text_new (CrmRecord *record, const char *linked)
{
  GString *out;
  Main name;

  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  out = g_string_sized_new (256);
  name = get_main (record);
  if (name.value != NULL)
    append_main (out, &name);
  append_column (out, record, CRM_SEARCH_NAME, &name);
  append_joined_names (out, record, &name);
  if (linked != NULL)
    {
      g_string_append_c (out, CRM_SEARCH_ORGANISATION);
      append_words (out, linked);
    }
  append_column (out, record, CRM_SEARCH_CONTACT, &name);
  append_column (out, record, CRM_SEARCH_REST, &name);
  append_house (out, record);

  return g_string_free_and_steal (out);
}

/* Searched by themselves or not, the text changes with them. */
static gboolean
matters (const CrmField *field)
{
  static const char *const others[] = { "name_use", "house_letter", "house_addition", NULL };

  return field->weight > 0 || field->type == CRM_FIELD_LINK ||
         g_strv_contains (others, field->name);
}

gboolean
crm_search_text_differs (CrmRecord *old, CrmRecord *record)
{
  const CrmKind *kind;

  if (old == NULL || record == NULL)
    return TRUE;

  kind = crm_record_get_kind (record);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);

      if (matters (field) &&
          g_strcmp0 (crm_record_get_at (old, i), crm_record_get_at (record, i)) != 0)
        return TRUE;
    }

  return FALSE;
}
