#include "letters/crm-letter-settings.h"

#include "base/crm-text.h"

#include <glib/gi18n-lib.h>

struct _CrmLetterSettings
{
  /* name -> value, both owned; only what is set. */
  GHashTable *values;
};

static const CrmLetterSetting settings[] = {
  { "sender.name", "naam", N_ ("Your name") },
    { "sender.function", "functie", N_ ("Function") },
      { "sender.department", "afdeling", N_ ("Department") },
        { "sender.organisation", "organisatie", N_ ("Organisation") },
          { "sender.street", "adres", N_ ("Street and number or PO box") },
            { "sender.postcode", "postcode", N_ ("Postcode") },
              { "sender.city", "plaats", N_ ("Town") },
                { "sender.country", "land", N_ ("Country code") },
                  { "sender.phone", "telefoon", N_ ("Phone") },
                    { "sender.mobile", "mobiel", N_ ("Mobile") },
                      { "sender.email", "e-mail", N_ ("E-mail") },
                        { "sender.website", "website", N_ ("Website") },
                          { "sender.iban", "iban", N_ ("IBAN") },
                            { "sender.chamber_number",
                              "kvk_nummer",
                              N_ ("Chamber of Commerce number") },
                              { "sender.vat_number", "btw_nummer", N_ ("VAT number") },
                                { "letters.handled_by", NULL, N_ ("Handled by") },
                                  { "letters.envelope", NULL, N_ ("Envelope") },
                                    { "letters.letterhead", NULL, N_ ("Letterhead") },
                                      { "letters.font", NULL, N_ ("Font") },
                                    };

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

void
crm_letter_settings_set (CrmLetterSettings *self, const char *name, const char *value)
{
  g_autofree char *clean = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if ((clean = crm_text_clean (value)) != NULL)
    g_hash_table_insert (self->values, g_strdup (name), g_steal_pointer (&clean));
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
