#include "base/crm-text.h"
#include "letters/crm-letter-composer-private.h"
#include "model/crm-value.h"

#include <string.h>

/* The fields of one of the two addresses of a relation. */
typedef struct
{
  const char *street;
  const char *po_box; /* nullable */
  const char *postcode;
  const char *country;
} AddressFields;

static const AddressFields visiting_fields = { "street", NULL, "postcode", "country" };
static const AddressFields postal_fields = {
  "postal_street", "postal_po_box", "postal_postcode", "postal_country"
};

static void
add_note (CrmLetterComposer *self,
          CrmRecord *record,
          const char *field,
          CrmLetterProblem problem,
          gboolean stops,
          const char *message)
{
  g_ptr_array_add (self->notes,
                   crm_letter_note_new (crm_record_get_id (record),
                                        field,
                                        problem,
                                        stops,
                                        message));
}

static gboolean
has_surname (CrmRecord *person)
{
  return crm_record_get (person, "surname") != NULL ||
         crm_record_get (person, "partner_surname") != NULL;
}

static void
check_name (CrmLetterComposer *self)
{
  gboolean organisation = self->organisation != NULL &&
                          crm_record_get (self->organisation, "name") != NULL;

  if (crm_kind_find_field (crm_record_get_kind (self->relation), "surname") == NULL)
    {
      if (!organisation)
        add_note (self, self->relation, "name", CRM_LETTER_NO_NAME, TRUE, "the name is missing");
      return;
    }

  if (!has_surname (self->relation))
    add_note (self,
              self->relation,
              "surname",
              CRM_LETTER_NO_NAME,
              !organisation,
              organisation ? "the surname is missing; the letter goes to the organisation"
                           : "surname and organisation are missing");
}

static void
check_form_of_address (CrmLetterComposer *self)
{
  const char *form, *tone;

  if (self->person == NULL)
    return;

  form = crm_record_get (self->person, "form_of_address");
  tone = crm_record_get (self->person, "tone");
  if ((form == NULL || g_str_equal (form, "unknown")) && g_strcmp0 (tone, "informal") != 0)
    add_note (self,
              self->person,
              "form_of_address",
              CRM_LETTER_NO_FORM_OF_ADDRESS,
              FALSE,
              "the form of address is not known; the letter uses the name alone");
}

static void
check_postcode (CrmLetterComposer *self, CrmRecord *record, const AddressFields *fields)
{
  const char *postcode = crm_record_get (record, fields->postcode);
  const char *country = crm_record_get (record, fields->country);
  gboolean home = country == NULL ||
                  g_str_equal (country, crm_letter_settings_get_home (self->settings));
  g_autofree char *dutch = NULL;
  gboolean like_dutch;

  if (!home || postcode == NULL ||
      !g_str_equal (crm_letter_settings_get_home (self->settings), "NL"))
    return;
  if ((dutch = crm_postcode_normalize (postcode)) != NULL)
    return;

  add_note (self,
            record,
            fields->postcode,
            CRM_LETTER_BAD_POSTCODE,
            FALSE,
            "the postcode is not a Dutch one, such as 1234 AB");

  like_dutch = g_regex_match_simple ("^\\s*[0-9]{4}\\s*[A-Za-z]{1,2}\\s*$", postcode, 0, 0);
  if (country == NULL && !like_dutch)
    add_note (self,
              record,
              fields->country,
              CRM_LETTER_NO_COUNTRY,
              FALSE,
              "the address looks foreign and has no country");
}

static void
check_address (CrmLetterComposer *self)
{
  CrmAddressUse use = crm_address_choose (self->person, self->organisation);
  gboolean own = use == CRM_ADDRESS_OWN_POSTAL || use == CRM_ADDRESS_OWN_VISITING;
  gboolean postal = use == CRM_ADDRESS_OWN_POSTAL || use == CRM_ADDRESS_ORGANISATION_POSTAL;
  const AddressFields *fields = postal ? &postal_fields : &visiting_fields;
  CrmRecord *record = own && self->person != NULL ? self->person : self->organisation;

  if (use == CRM_ADDRESS_NONE || record == NULL)
    {
      add_note (self,
                self->relation,
                "city",
                CRM_LETTER_NO_ADDRESS,
                TRUE,
                "there is no address with a town");
      return;
    }

  if (crm_record_get (record, fields->street) == NULL &&
      (fields->po_box == NULL || crm_record_get (record, fields->po_box) == NULL))
    add_note (self,
              record,
              fields->street,
              CRM_LETTER_NO_STREET,
              FALSE,
              "the address has neither street nor PO box");
  check_postcode (self, record, fields);
}

void
letter_composer_check_relation (CrmLetterComposer *self)
{
  check_name (self);
  check_address (self);
  check_form_of_address (self);
}
