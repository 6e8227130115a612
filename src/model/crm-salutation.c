#include "model/crm-salutation.h"

#include "base/crm-text.h"
#include "model/crm-name-private.h"

#include <string.h>

/* What the three forms are made of. */
typedef struct
{
  CrmSurname surname;
  char *initials;   /* nullable */
  const char *call; /* what an informal letter calls them; nullable */
  const char *title;
  const char *title_after;
  const char *address; /* "De heer", nullable */
  const char *address_in_text;
  const char *salutation;
  gboolean informal;
  gboolean belgian;
  CrmSalutationFlags flags;
} Parts;

static void
set_form_of_address (Parts *parts, const char *form)
{
  if (g_strcmp0 (form, "mr") == 0)
    {
      parts->address = "De heer";
      parts->address_in_text = "de heer";
      parts->salutation = "Geachte heer";
    }
  else if (g_strcmp0 (form, "mrs") == 0)
    {
      parts->address = "Mevrouw";
      parts->address_in_text = "mevrouw";
      parts->salutation = "Geachte mevrouw";
    }
  else
    parts->salutation = "Geachte";
}

static void
init_parts (Parts *parts, CrmRecord *person, CrmRecord *organisation, CrmSalutationFlags flags)
{
  static const char *const calls[] = { "call_name", "given_name", NULL };

  memset (parts, 0, sizeof *parts);
  crm_surname_init (&parts->surname, person);
  parts->initials = crm_name_dup_person_initials (person);
  parts->call = crm_name_peek_first (person, calls);
  parts->title = crm_record_peek (person, "title");
  parts->title_after = crm_record_peek (person, "title_after");
  parts->informal = parts->call != NULL &&
                    g_strcmp0 (crm_record_peek (person, "tone"), "informal") == 0;
  parts->belgian = crm_name_is_belgian (person, organisation);
  parts->flags = flags;
  set_form_of_address (parts, crm_record_peek (person, "form_of_address"));
}

static void
clear_parts (Parts *parts)
{
  crm_surname_clear (&parts->surname);
  g_free (parts->initials);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, clear_parts)

static void
append_word (GString *line, const char *word)
{
  if (crm_text_is_empty (word))
    return;
  if (line->len > 0)
    g_string_append_c (line, ' ');
  g_string_append (line, word);
}

/* The prefix has a capital when no first name, initial or other surname precedes it. */
static char *
dup_surname (const Parts *parts, const char *core, gboolean alone)
{
  return crm_surname_join (&parts->surname, core, alone && !parts->belgian);
}

/* A line begins with a capital, also when it begins with a title: "Drs. R.M. van Puffelen". */
static char *
with_capital (const char *line)
{
  char capital[7];

  capital[g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (line)), capital)] = '\0';

  return g_strconcat (capital, g_utf8_next_char (line), NULL);
}

static char *
dup_address_line (const Parts *parts)
{
  const gboolean plain = (parts->flags & CRM_SALUTATION_PLAIN_ADDRESS) != 0;
  const char *first = parts->informal ? parts->call : parts->initials;
  g_autofree char *surname = dup_surname (parts, parts->surname.core, first == NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean titled;

  if (!parts->informal && !plain)
    append_word (line, parts->address);
  titled = !parts->informal && parts->title != NULL && line->len == 0;
  if (!parts->informal)
    append_word (line, parts->title);
  append_word (line, first);
  append_word (line, surname);
  append_word (line, parts->title_after);

  return titled ? with_capital (line->str) : g_strdup (line->str);
}

static char *
dup_in_text (const Parts *parts)
{
  const gboolean addressed = parts->address_in_text != NULL;
  const char *first = addressed ? NULL : parts->initials;
  g_autofree char *surname = dup_surname (parts, parts->surname.core, first == NULL);
  g_autoptr (GString) line = g_string_new (NULL);

  if (parts->informal)
    return g_strdup (parts->call);
  append_word (line, parts->address_in_text);
  append_word (line, first);
  append_word (line, surname);

  return g_strdup (line->str);
}

static char *
dup_salutation (const Parts *parts)
{
  const gboolean first_only = (parts->flags & CRM_SALUTATION_FIRST_SURNAME) != 0;
  const char *core = first_only ? parts->surname.first_core : parts->surname.core;
  const char *first = parts->address != NULL ? NULL : parts->initials;
  g_autofree char *surname = dup_surname (parts, core, first == NULL);
  g_autoptr (GString) line = g_string_new (parts->salutation);

  if (parts->informal)
    return g_strdup_printf ("Beste %s,", parts->call);
  append_word (line, first);
  append_word (line, surname);
  g_string_append_c (line, ',');

  return g_strdup (line->str);
}

static const char *
peek_organisation_name (CrmRecord *organisation)
{
  return organisation != NULL ? crm_record_peek (organisation, "name") : NULL;
}

CrmSalutation *
crm_salutation_new_full (CrmRecord *person, CrmRecord *organisation, CrmSalutationFlags flags)
{
  const char *organisation_name = peek_organisation_name (organisation);
  CrmSalutation *self = g_new0 (CrmSalutation, 1);
  g_auto (Parts) parts = { { NULL } };

  g_return_val_if_fail (person == NULL || CRM_IS_RECORD (person), self);
  g_return_val_if_fail (organisation == NULL || CRM_IS_RECORD (organisation), self);

  if (person != NULL)
    init_parts (&parts, person, organisation, flags);
  if (parts.surname.core != NULL || (parts.informal && organisation_name != NULL))
    {
      self->address_line = dup_address_line (&parts);
      self->in_text = dup_in_text (&parts);
      self->salutation = dup_salutation (&parts);
      return self;
    }

  self->address_line = g_strdup (organisation_name);
  if (organisation_name != NULL)
    self->salutation = g_strdup ("Geachte heer of mevrouw,");

  return self;
}

CrmSalutation *
crm_salutation_new (CrmRecord *person, CrmRecord *organisation)
{
  return crm_salutation_new_full (person, organisation, CRM_SALUTATION_DEFAULT);
}

void
crm_salutation_free (CrmSalutation *salutation)
{
  if (salutation == NULL)
    return;

  g_free (salutation->address_line);
  g_free (salutation->in_text);
  g_free (salutation->salutation);
  g_free (salutation);
}
