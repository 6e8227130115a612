#include "ui/letters/crm-preflight-private.h"

#include <glib/gi18n-lib.h>

struct _CrmPreflightItem
{
  GObject parent_instance;

  char *id;
  char *title;
  char *text;
  gboolean stops;
};

G_DEFINE_FINAL_TYPE (CrmPreflightItem, crm_preflight_item, G_TYPE_OBJECT)

static void
crm_preflight_item_finalize (GObject *object)
{
  CrmPreflightItem *self = CRM_PREFLIGHT_ITEM (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->text);

  G_OBJECT_CLASS (crm_preflight_item_parent_class)->finalize (object);
}

static void
crm_preflight_item_class_init (CrmPreflightItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_preflight_item_finalize;
}

static void
crm_preflight_item_init (CrmPreflightItem *self)
{
}

static char *
dup_text (const CrmLetterNote *note)
{
  switch (note->problem)
    {
    case CRM_LETTER_NO_NAME:
      return g_strdup (note->stops ? _("No surname and no organisation: fill in a name")
                                   : _("No surname: the letter goes to the organisation"));

    case CRM_LETTER_NO_ADDRESS:
      return g_strdup (_("No address with a town: fill in the address"));

    case CRM_LETTER_NO_STREET:
      return g_strdup (_("The address has neither street nor PO box"));

    case CRM_LETTER_NO_FORM_OF_ADDRESS:
      return g_strdup (_("Form of address unknown: the letter uses the name alone"));

    case CRM_LETTER_BAD_POSTCODE:
      return g_strdup (_("The postcode is not a Dutch one"));

    case CRM_LETTER_NO_COUNTRY:
      return g_strdup (_("The address looks foreign: fill in the country"));

    case CRM_LETTER_EMPTY_FIELD:
      return g_strdup_printf (_("The letter uses “%s”, which is empty"), note->field);

    case CRM_LETTER_ADDRESS_TOO_LONG:
      return g_strdup (_("The address does not fit in the window: shorten it"));

    case CRM_LETTER_UNKNOWN_NAME:
      return g_strdup_printf (_("The template uses “%s”, which does not exist"), note->field);

    case CRM_LETTER_TOO_LONG:
      return g_strdup (_("The letter becomes too long: shorten the template"));

    default:
      return g_strdup (note->message);
    }
}

CrmPreflightItem *
crm_preflight_item_new (const CrmLetterNote *note, const char *title)
{
  CrmPreflightItem *self = g_object_new (CRM_TYPE_PREFLIGHT_ITEM, NULL);

  self->id = g_strdup (note->id);
  self->title = g_strdup (title);
  self->text = dup_text (note);
  self->stops = note->stops;
  return self;
}

const char *
crm_preflight_item_get_id (CrmPreflightItem *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT_ITEM (self), NULL);

  return self->id;
}

const char *
crm_preflight_item_get_title (CrmPreflightItem *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT_ITEM (self), NULL);

  return self->title;
}

const char *
crm_preflight_item_get_text (CrmPreflightItem *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT_ITEM (self), NULL);

  return self->text;
}

gboolean
crm_preflight_item_get_stops (CrmPreflightItem *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT_ITEM (self), FALSE);

  return self->stops;
}
