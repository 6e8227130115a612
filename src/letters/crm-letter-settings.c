#include "letters/crm-letter-settings.h"

#include "base/crm-text.h"
#include "model/crm-check.h"

#include <glib/gi18n-lib.h>

struct _CrmLetterSettings
{
  /* name -> value, both owned; only what is set. */
  GHashTable *values;
};

/* clang-format off */
static const CrmLetterSetting settings[] = {
  { CRM_LETTER_SETTING_SIGNER, "sender.name", "naam", N_ ("Your name") },
  { CRM_LETTER_SETTING_SIGNER, "sender.function", "functie", N_ ("Function") },
  { CRM_LETTER_SETTING_SIGNER, "sender.department", "afdeling", N_ ("Department") },
  { CRM_LETTER_SETTING_SIGNER, "letters.handled_by", NULL, N_ ("Handled by") },
  { CRM_LETTER_SETTING_ORGANISATION, "sender.organisation", "organisatie", N_ ("Organisation") },
  { CRM_LETTER_SETTING_ORGANISATION, "sender.street", "adres", N_ ("Street and number or PO box") },
  { CRM_LETTER_SETTING_ORGANISATION, "sender.postcode", "postcode", N_ ("Postcode"),
    CRM_CHECK_POSTCODE },
  { CRM_LETTER_SETTING_ORGANISATION, "sender.city", "plaats", N_ ("Town") },
  { CRM_LETTER_SETTING_ORGANISATION, "sender.country", "land", N_ ("Country"), CRM_CHECK_COUNTRY },
  { CRM_LETTER_SETTING_REACH, "sender.phone", "telefoon", N_ ("Phone"), CRM_CHECK_PHONE },
  { CRM_LETTER_SETTING_REACH, "sender.mobile", "mobiel", N_ ("Mobile"), CRM_CHECK_PHONE },
  { CRM_LETTER_SETTING_REACH, "sender.email", "e-mail", N_ ("E-mail"), CRM_CHECK_EMAIL },
  { CRM_LETTER_SETTING_REACH, "sender.website", "website", N_ ("Website") },
  { CRM_LETTER_SETTING_FOOT, "sender.iban", "iban", N_ ("IBAN") },
  { CRM_LETTER_SETTING_FOOT, "sender.chamber_number", "kvk_nummer",
    N_ ("Chamber of Commerce number"), CRM_CHECK_CHAMBER },
  { CRM_LETTER_SETTING_FOOT, "sender.vat_number", "btw_nummer", N_ ("VAT number"), CRM_CHECK_VAT },
  { CRM_LETTER_SETTING_PAPER, "letters.envelope", NULL, N_ ("Envelope") },
  { CRM_LETTER_SETTING_PAPER, "letters.letterhead", NULL, N_ ("Letterhead") },
  { CRM_LETTER_SETTING_PAPER, "letters.font", NULL, N_ ("Font") },
};
/* clang-format on */

guint
crm_letter_setting_get_n (void)
{
  return G_N_ELEMENTS (settings);
}

const CrmLetterSetting *
crm_letter_setting_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (settings), NULL);

  return &settings[index];
}

const char *
crm_letter_setting_get_label (const CrmLetterSetting *setting)
{
  g_return_val_if_fail (setting != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, setting->label);
}

CrmLetterSettings *
crm_letter_settings_new (void)
{
  CrmLetterSettings *self = g_new0 (CrmLetterSettings, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/* A letter is signed by the user when nobody said who signs. */
CrmLetterSettings *
crm_letter_settings_load (CrmReplica *replica)
{
  CrmLetterSettings *self = crm_letter_settings_new ();

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *value = crm_replica_dup_setting (replica, settings[i].name);

      crm_letter_settings_set (self, settings[i].name, value);
    }

  if (crm_letter_settings_get (self, "sender.name") == NULL)
    {
      g_autofree char *user = crm_replica_dup_setting (replica, "user");

      crm_letter_settings_set (self, "sender.name", user);
    }

  return self;
}

gboolean
crm_letter_settings_save (const CrmLetterSettings *self, CrmReplica *replica, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!crm_replica_set_setting (replica,
                                  settings[i].name,
                                  crm_letter_settings_get (self, settings[i].name),
                                  error))
      return FALSE;

  return TRUE;
}

CrmLetterSettings *
crm_letter_settings_copy (const CrmLetterSettings *self)
{
  CrmLetterSettings *copy = crm_letter_settings_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_return_val_if_fail (self != NULL, copy);

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    crm_letter_settings_set (copy, name, value);

  return copy;
}

void
crm_letter_settings_free (CrmLetterSettings *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->values);
  g_free (self);
}

const char *
crm_letter_settings_get (const CrmLetterSettings *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->values, name);
}

static CrmCheck
find_check (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].name, name))
      return settings[i].check;

  return CRM_CHECK_NONE;
}

/* "NL91 ABNA 0417 1643 00", as ISO 13616 has it on paper. */
static char *
dup_iban (const char *text)
{
  g_autoptr (GString) iban = g_string_new (NULL);
  guint n = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == ' ')
        continue;
      if (!g_ascii_isalnum (*c))
        return g_strdup (text);
      if (n > 0 && n % 4 == 0)
        g_string_append_c (iban, ' ');
      g_string_append_c (iban, g_ascii_toupper (*c));
      n++;
    }

  return n >= 15 && n <= 34 ? g_string_free_and_steal (g_steal_pointer (&iban)) : g_strdup (text);
}

static char *
dup_as_written (const CrmLetterSettings *self, const char *name, const char *text)
{
  CrmCheck check = find_check (name);
  g_autofree char *plain = NULL;

  if (g_str_equal (name, "sender.iban"))
    return dup_iban (text);

  plain = crm_check_normalize (check, text, crm_letter_settings_get_home (self));
  if (!crm_check_passes (check, plain, NULL))
    return g_strdup (text);

  return check == CRM_CHECK_COUNTRY ? g_steal_pointer (&plain) : crm_check_display (check, plain);
}

void
crm_letter_settings_set (CrmLetterSettings *self, const char *name, const char *value)
{
  g_autofree char *clean = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if ((clean = crm_text_clean (value)) != NULL)
    g_hash_table_insert (self->values, g_strdup (name), dup_as_written (self, name, clean));
  else
    g_hash_table_remove (self->values, name);
}

const CrmEnvelope *
crm_letter_settings_get_envelope (const CrmLetterSettings *self)
{
  return crm_envelope_find (crm_letter_settings_get (self, "letters.envelope"));
}

const char *
crm_letter_settings_get_home (const CrmLetterSettings *self)
{
  const char *home = crm_letter_settings_get (self, "sender.country");

  return home != NULL ? home : "NL";
}

gboolean
crm_letter_settings_get_letterhead (const CrmLetterSettings *self)
{
  return g_strcmp0 (crm_letter_settings_get (self, "letters.letterhead"), "none") != 0;
}

char *
crm_letter_settings_dup_return_line (const CrmLetterSettings *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *who = crm_letter_settings_get (self, "sender.organisation");
  const char *street = crm_letter_settings_get (self, "sender.street");
  const char *postcode = crm_letter_settings_get (self, "sender.postcode");
  const char *city = crm_letter_settings_get (self, "sender.city");

  if (who == NULL)
    who = crm_letter_settings_get (self, "sender.name");
  if (street == NULL || city == NULL)
    return NULL;

  if (who != NULL)
    g_ptr_array_add (parts, g_strdup (who));
  g_ptr_array_add (parts, g_strdup (street));
  if (postcode != NULL)
    g_ptr_array_add (parts, g_strdup_printf ("%s  %s", postcode, city));
  else
    g_ptr_array_add (parts, g_strdup (city));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (", ", (char **) parts->pdata);
}
