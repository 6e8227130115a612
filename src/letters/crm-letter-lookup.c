#include "letters/crm-letter-composer-private.h"
#include "model/crm-phone.h"

#include <string.h>

CrmRecord *
letter_composer_get_linked (CrmLetterComposer *self, const char *id)
{
  CrmRecord *record;

  if (id == NULL)
    return NULL;
  if (g_hash_table_lookup_extended (self->linked, id, NULL, (gpointer *) &record))
    return record;

  record = crm_replica_find (self->replica, id);
  g_hash_table_insert (self->linked, g_strdup (id), record);
  return record;
}

static CrmMustacheValue *
look_up_set (const char *value)
{
  g_auto (GStrv) members = g_strsplit (value, ";", -1);
  CrmMustacheValue *list = crm_mustache_value_new_list (g_strjoinv (", ", members));

  for (guint i = 0; members[i] != NULL; i++)
    g_ptr_array_add (list->items, crm_mustache_value_new (g_strdup (members[i])));

  return list;
}

/* As it is written in a letter. */
static char *
dup_text (const CrmField *field, const char *value)
{
  if (field->check == CRM_CHECK_PHONE)
    return crm_phone_display (value);
  if (field->check == CRM_CHECK_POSTCODE)
    return crm_postcode_display (value);

  return crm_value_display (field, value);
}

static CrmMustacheValue *
look_up_field (CrmLetterComposer *self, CrmRecord *record, const CrmField *field)
{
  const char *value = crm_record_get (record, field->name);

  if (value == NULL)
    return crm_mustache_value_new (NULL);

  switch (field->type)
    {
    case CRM_FIELD_DATE:
    case CRM_FIELD_TIME:
      return crm_mustache_value_new (crm_letter_words_format_date (self->words, value));

    case CRM_FIELD_SET:
      return look_up_set (value);

    case CRM_FIELD_LINK:
      {
        CrmRecord *linked = letter_composer_get_linked (self, value);

        return crm_mustache_value_new_object (linked != NULL ? crm_record_dup_title (linked) : NULL,
                                              linked);
      }

    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_TEXT:
    case CRM_FIELD_MONEY:
    case CRM_FIELD_NUMBER:
    case CRM_FIELD_BOOL:
    case CRM_FIELD_CHOICE:
    default:
      return crm_mustache_value_new (dup_text (field, value));
    }
}

static CrmMustacheValue *
look_up_organisation (CrmLetterComposer *self)
{
  CrmRecord *organisation = self->organisation;

  return crm_mustache_value_new_object (organisation != NULL ? crm_record_dup_title (organisation)
                                                             : NULL,
                                        organisation);
}

static char *
dup_address (CrmLetterComposer *self)
{
  CrmAddressUse use = crm_address_choose (self->person, self->organisation);
  gboolean own = use == CRM_ADDRESS_OWN_POSTAL || use == CRM_ADDRESS_OWN_VISITING;
  gboolean postal = use == CRM_ADDRESS_OWN_POSTAL || use == CRM_ADDRESS_ORGANISATION_POSTAL;
  CrmRecord *record = own && self->person != NULL ? self->person : self->organisation;

  if (use == CRM_ADDRESS_NONE || record == NULL)
    return NULL;

  return crm_address_dup_line (record, postal);
}

static CrmMustacheValue *
look_up_signature (CrmLetterComposer *self)
{
  CrmMustacheValue *value = crm_mustache_value_new (g_strdup (self->signature));

  value->verbatim = TRUE;
  return value;
}

static CrmMustacheValue *
look_up_special (CrmLetterComposer *self, CrmLetterName name)
{
  switch (name)
    {
    case CRM_LETTER_NAME_SENDER:
      return crm_mustache_value_new_object (NULL, self->settings);

    case CRM_LETTER_NAME_ORGANISATION:
      return look_up_organisation (self);

    case CRM_LETTER_NAME_ADDRESS_BLOCK:
      return crm_mustache_value_new (self->block != NULL && !self->has_address
                                         ? g_strjoinv ("\n", self->block)
                                         : NULL);

    case CRM_LETTER_NAME_ADDRESS:
      return crm_mustache_value_new (dup_address (self));

    case CRM_LETTER_NAME_SALUTATION:
      return crm_mustache_value_new (crm_letter_words_dup_salutation (self->words,
                                                                      self->person,
                                                                      self->salutation));

    case CRM_LETTER_NAME_IN_TEXT:
      return crm_mustache_value_new (crm_letter_words_dup_in_text (self->words,
                                                                   self->person,
                                                                   self->salutation));

    case CRM_LETTER_NAME_TITLE:
      return crm_mustache_value_new (crm_record_dup_title (self->relation));

    case CRM_LETTER_NAME_DATE:
      return crm_mustache_value_new (crm_letter_words_format_date (self->words, self->today));

    case CRM_LETTER_NAME_PLACE_DATE:
      return crm_mustache_value_new (g_strdup (self->place_date));

    case CRM_LETTER_NAME_OUR_REFERENCE:
      return crm_mustache_value_new (g_strdup (self->reference));

    case CRM_LETTER_NAME_CLOSING:
      return crm_mustache_value_new (g_strdup (self->person != NULL
                                                   ? self->words->closing
                                                   : self->words->closing_unnamed));

    case CRM_LETTER_NAME_SIGNATURE:
      return look_up_signature (self);

    case CRM_LETTER_NAME_UNKNOWN:
    case CRM_LETTER_NAME_FIELD:
    default:
      return NULL;
    }
}

static CrmMustacheValue *
look_up_in_record (CrmLetterComposer *self, CrmRecord *record, const char *name)
{
  const CrmField *field = crm_letter_name_find_field (crm_record_get_kind (record), name);

  return field != NULL ? look_up_field (self, record, field) : NULL;
}

CrmMustacheValue *
letter_composer_look_up (gconstpointer object, const char *name, gpointer data)
{
  CrmLetterComposer *self = data;
  CrmMustacheValue *value;

  if (object == self->settings)
    {
      const CrmLetterSetting *setting = crm_letter_name_find_setting (name);

      if (setting == NULL)
        return NULL;
      return crm_mustache_value_new (g_strdup (crm_letter_settings_get (self->settings,
                                                                        setting->name)));
    }

  if (object != NULL)
    return look_up_in_record (self, (CrmRecord *) object, name);

  /* "organisation" is a field of a person too; for an organisation it is itself. */
  value = look_up_special (self, crm_letter_name_find (self->model, name));
  return value != NULL ? value : look_up_in_record (self, self->relation, name);
}
