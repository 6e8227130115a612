#include "model/crm-address.h"

#include "base/crm-text.h"
#include "model/crm-country.h"
#include "model/crm-salutation.h"

#include <string.h>

/* One address of a record; all borrowed but the street line, all nullable. */
typedef struct
{
  char *street;
  const char *postcode;
  const char *city;
  const char *country;
} Address;

static void
clear_address (Address *self)
{
  g_free (self->street);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Address, clear_address)

static char *
dup_visiting_street (CrmRecord *record)
{
  const CrmStreetLine line = {
    (char *) crm_record_peek (record, "street"),
    (char *) crm_record_peek (record, "house_number"),
    (char *) crm_record_peek (record, "house_letter"),
    (char *) crm_record_peek (record, "house_addition"),
    NULL,
  };

  return crm_street_line_format (&line);
}

static char *
dup_postal_street (CrmRecord *record)
{
  const CrmStreetLine line = {
    (char *) crm_record_peek (record, "postal_street"),
    (char *) crm_record_peek (record, "postal_house_number"),
    NULL,
    NULL,
    (char *) crm_record_peek (record, "postal_po_box"),
  };

  return crm_street_line_format (&line);
}

static void
init_address (Address *self, CrmRecord *record, gboolean postal)
{
  self->street = postal ? dup_postal_street (record) : dup_visiting_street (record);
  self->postcode = crm_record_peek (record, postal ? "postal_postcode" : "postcode");
  self->city = crm_record_peek (record, postal ? "postal_city" : "city");
  self->country = crm_record_peek (record, postal ? "postal_country" : "country");
  /* A postal address is in the country of the other one when nobody says otherwise. */
  if (postal && self->country == NULL)
    self->country = crm_record_peek (record, "country");
}

CrmAddressUse
crm_address_choose (CrmRecord *person, CrmRecord *organisation)
{
  if (person != NULL && crm_record_peek (person, "postal_city") != NULL)
    return CRM_ADDRESS_OWN_POSTAL;
  if (person != NULL && crm_record_peek (person, "city") != NULL)
    return CRM_ADDRESS_OWN_VISITING;
  if (organisation != NULL && crm_record_peek (organisation, "postal_city") != NULL)
    return CRM_ADDRESS_ORGANISATION_POSTAL;
  if (organisation != NULL && crm_record_peek (organisation, "city") != NULL)
    return CRM_ADDRESS_ORGANISATION_VISITING;

  return CRM_ADDRESS_NONE;
}

/* The towns of some countries stand before their postcode. */
static gboolean
has_postcode_behind (const char *country)
{
  static const char *const countries[] = { "GB", "IE", "US", "CA", "AU", "NZ", "IN", "ZA", NULL };

  return g_strv_contains (countries, country);
}

static char *
dup_town_line (const Address *address, const char *country)
{
  g_autofree char *town = crm_text_dup_upper (address->city);
  g_autofree char *dutch = crm_postcode_normalize (address->postcode);

  if (address->postcode == NULL)
    return g_steal_pointer (&town);
  if (dutch != NULL && strcmp (country, "NL") == 0)
    return g_strdup_printf ("%.4s %s  %s", dutch, dutch + 4, town);
  if (has_postcode_behind (country))
    return g_strconcat (town, " ", address->postcode, NULL);

  return g_strconcat (address->postcode, " ", town, NULL);
}

/* "Afdeling Inkoop"; what is called a department already keeps its name. */
static char *
dup_department (const char *department)
{
  static const char *const own[] = { "afd",     "department", "directie",  "team",    "bureau",
                                     "dienst",  "sector",     "faculteit", "divisie", "vakgroep",
                                     "college", "bestuur",    "t.a.v.",    "unit",    "groep",
                                     "cluster", "raad",       "service" };
  g_autofree char *folded = crm_text_fold (department);

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_str_has_prefix (folded, own[i]))
      return g_strdup (department);

  return g_strconcat ("Afdeling ", department, NULL);
}

static void
add_line (GPtrArray *lines, char *line)
{
  if (crm_text_is_empty (line))
    g_free (line);
  else
    g_ptr_array_add (lines, line);
}

/* Who the letter is for, in the order of the country it goes to. */
static void
add_names (GPtrArray *lines, CrmRecord *person, CrmRecord *organisation, gboolean belgian)
{
  g_autoptr (CrmSalutation) salutation = crm_salutation_new (person, organisation);
  const gboolean known = salutation->in_text != NULL;
  const char *name = organisation != NULL ? crm_record_peek (organisation, "name") : NULL;
  const char *department = person != NULL ? crm_record_peek (person, "department") : NULL;
  const char *function = person != NULL ? crm_record_peek (person, "function") : NULL;

  if (belgian)
    {
      add_line (lines, known ? g_strdup (salutation->address_line) : NULL);
      if (known && function != NULL)
        add_line (lines, g_strdup (function));
      else if (department != NULL)
        add_line (lines, dup_department (department));
      add_line (lines, g_strdup (name));
      return;
    }

  add_line (lines, g_strdup (name));
  if (department != NULL)
    {
      char *line = dup_department (department);

      if (!known && g_str_has_prefix (line, "Afdeling "))
        {
          g_free (line);
          line = g_strconcat ("T.a.v. afdeling ", department, NULL);
        }
      add_line (lines, line);
    }
  add_line (lines, known ? g_strdup (salutation->address_line) : NULL);
}

static char *
dup_country_line (const char *country)
{
  const char *name = crm_country_get_name (country, "nl");

  /* A country that is no code was kept as it was typed. */
  return crm_text_dup_upper (name != NULL ? name : country);
}

char **
crm_address_dup_block (CrmRecord *person, CrmRecord *organisation, const char *home)
{
  const CrmAddressUse use = crm_address_choose (person, organisation);
  const gboolean own = use == CRM_ADDRESS_OWN_POSTAL || use == CRM_ADDRESS_OWN_VISITING;
  const gboolean postal = use == CRM_ADDRESS_OWN_POSTAL || use == CRM_ADDRESS_ORGANISATION_POSTAL;
  g_autoptr (GPtrArray) lines = NULL;
  g_auto (Address) address = { NULL };
  const char *country;

  if (use == CRM_ADDRESS_NONE)
    return NULL;
  if (home == NULL)
    home = "NL";

  init_address (&address, own ? person : organisation, postal);
  country = address.country != NULL ? address.country : home;
  lines = g_ptr_array_new_null_terminated (6, g_free, TRUE);
  add_names (lines, person, organisation, strcmp (country, "BE") == 0);
  add_line (lines, g_strdup (address.street));
  add_line (lines, dup_town_line (&address, country));
  if (strcmp (country, home) != 0)
    add_line (lines, dup_country_line (country));

  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

char *
crm_address_dup_line (CrmRecord *record, gboolean postal)
{
  g_auto (Address) address = { NULL };
  g_autofree char *postcode = NULL;
  GString *line;

  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  init_address (&address, record, postal);
  postcode = crm_postcode_display (address.postcode);
  line = g_string_new (address.street);
  if (line->len > 0 && (postcode != NULL || address.city != NULL))
    g_string_append (line, ", ");
  if (postcode != NULL)
    g_string_append (line, postcode);
  if (postcode != NULL && address.city != NULL)
    g_string_append_c (line, ' ');
  if (address.city != NULL)
    g_string_append (line, address.city);
  if (line->len == 0)
    return g_string_free (line, TRUE);

  return g_string_free_and_steal (line);
}
