#include "ui/record/crm-record-words.h"

#include "base/crm-text.h"
#include "model/crm-address.h"
#include "model/crm-value.h"
#include "ui/record/crm-when.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
crm_record_words_dup_place (CrmRecord *record)
{
  const char *place;

  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  place = crm_record_peek (record, "city");
  if (place == NULL)
    place = crm_record_peek (record, "postal_city");
  if (place == NULL)
    place = crm_record_peek (record, "branch");

  return g_strdup (place);
}

static void
add_line (GString *lines, const char *line)
{
  if (crm_text_is_empty (line))
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}

static char *
dup_street (CrmRecord *record, gboolean postal)
{
  const char *box = postal ? crm_record_peek (record, "postal_po_box") : NULL;
  const CrmStreetLine line = {
    .street = (char *) crm_record_peek (record, postal ? "postal_street" : "street"),
    .house_number = (char *) crm_record_peek (record,
                                              postal ? "postal_house_number" : "house_number"),
    .house_letter = postal ? NULL : (char *) crm_record_peek (record, "house_letter"),
    .house_addition = postal ? NULL : (char *) crm_record_peek (record, "house_addition"),
  };

  if (box != NULL && g_ascii_isdigit (box[0]))
    return g_strdup_printf (_("PO box %s"), box);
  if (box != NULL)
    return g_strdup (box);

  return crm_street_line_format (&line);
}

char *
crm_record_words_dup_address (CrmRecord *record, gboolean postal)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *street = NULL;
  g_autofree char *postcode = NULL;
  g_autofree char *town = NULL;
  const char *city;

  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  street = dup_street (record, postal);
  postcode = crm_postcode_display (crm_record_peek (record,
                                                    postal ? "postal_postcode" : "postcode"));
  city = crm_record_peek (record, postal ? "postal_city" : "city");
  town = g_strjoin (" ", postcode != NULL ? postcode : "", city != NULL ? city : "", NULL);
  g_strstrip (town);

  add_line (lines, street);
  add_line (lines, town);
  add_line (lines, crm_record_peek (record, postal ? "postal_country" : "country"));

  return lines->len > 0 ? g_strdup (lines->str) : NULL;
}

char *
crm_record_words_dup_uri (const CrmField *field, const char *value)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  if (crm_text_is_empty (value))
    return NULL;

  if (field->check == CRM_CHECK_PHONE)
    {
      escaped = g_uri_escape_string (value, "+", FALSE);
      return g_strconcat ("tel:", escaped, NULL);
    }
  if (field->check == CRM_CHECK_EMAIL && strchr (value, '@') != NULL)
    {
      escaped = g_uri_escape_string (value, "@!$'*+,;=:", TRUE);
      return g_strconcat ("mailto:", escaped, NULL);
    }
  if (field->check == CRM_CHECK_URL)
    {
      /* Only the web: a record must not start another program. */
      g_autofree char *uri = strstr (value, "://") != NULL ? g_strdup (value)
                                                           : g_strconcat ("https://", value, NULL);
      const char *scheme = g_uri_peek_scheme (uri);

      if (scheme != NULL && (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) &&
          g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL))
        return g_steal_pointer (&uri);
    }

  return NULL;
}

static char *
cut (const char *text, guint max)
{
  g_autofree char *start = NULL;

  if (max == 0 || g_utf8_strlen (text, -1) <= (glong) max)
    return g_strdup (text);

  start = g_utf8_substring (text, 0, (glong) max - 1);

  return g_strconcat (g_strchomp (start), "…", NULL);
}

static char *
dup_members (const CrmField *field, const char *value)
{
  g_auto (GStrv) members = g_strsplit (value, ";", -1);

  return g_strjoinv (", ", members);
}

char *
crm_record_words_dup_value (const CrmField *field, const char *value, const char *linked, guint max)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  if (crm_text_is_empty (value))
    return g_strdup ("");

  if (field->type == CRM_FIELD_LINK)
    shown = g_strdup (linked != NULL ? linked : _("Unknown relation"));
  else if (field->type == CRM_FIELD_SET)
    shown = dup_members (field, value);
  else if (field->type == CRM_FIELD_DATE || field->type == CRM_FIELD_TIME)
    shown = crm_when_dup_full (value);
  else
    shown = crm_value_display (field, value);

  return cut (shown != NULL ? shown : value, max);
}

const char *
crm_record_words_get_activity_icon (const char *type)
{
  static const char *const icons[][2] = {
    { "call", "call-start-symbolic" },       { "visit", "mark-location-symbolic" },
    { "task", "checkbox-checked-symbolic" }, { "note", "text-x-generic-symbolic" },
    { "email", "mail-unread-symbolic" },     { "letter", "document-print-symbolic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (icons[i][0], type) == 0)
      return icons[i][1];

  return "x-office-calendar-symbolic";
}

const char *
crm_record_words_get_section (CrmSection section)
{
  switch (section)
    {
    case CRM_SECTION_NAME:
      return _("Name");
    case CRM_SECTION_CONTACT:
      return _("Contact");
    case CRM_SECTION_VISITING:
      return _("Visiting address");
    case CRM_SECTION_POSTAL:
      return _("Postal address");
    case CRM_SECTION_WORK:
      return _("Work");
    case CRM_SECTION_STATUS:
      return _("Status");
    case CRM_SECTION_NOTE:
      return _("Note");
    case CRM_SECTION_HIDDEN:
      return "";
    default:
      g_return_val_if_reached ("");
    }
}
