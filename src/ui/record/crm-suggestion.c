#include "ui/record/crm-suggestion.h"

struct _CrmSuggestion
{
  GObject parent_instance;

  char *value;
  char *title;
  char *subtitle;
  CrmRecord *draft;
};

G_DEFINE_FINAL_TYPE (CrmSuggestion, crm_suggestion, G_TYPE_OBJECT)

static void
crm_suggestion_finalize (GObject *object)
{
  CrmSuggestion *self = CRM_SUGGESTION (object);

  g_free (self->value);
  g_free (self->title);
  g_free (self->subtitle);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (crm_suggestion_parent_class)->finalize (object);
}

static void
crm_suggestion_class_init (CrmSuggestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_suggestion_finalize;
}

static void
crm_suggestion_init (CrmSuggestion *self)
{
}

CrmSuggestion *
crm_suggestion_new (const char *value, const char *title, const char *subtitle)
{
  CrmSuggestion *self = g_object_new (CRM_TYPE_SUGGESTION, NULL);

  self->value = g_strdup (value);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);

  return self;
}

CrmSuggestion *
crm_suggestion_new_for_draft (CrmRecord *draft, const char *title)
{
  CrmSuggestion *self;

  g_return_val_if_fail (CRM_IS_RECORD (draft), NULL);

  self = crm_suggestion_new (crm_record_get_id (draft), title, NULL);
  self->draft = g_object_ref (draft);

  return self;
}

const char *
crm_suggestion_get_value (CrmSuggestion *self)
{
  g_return_val_if_fail (CRM_IS_SUGGESTION (self), NULL);

  return self->value;
}

const char *
crm_suggestion_get_title (CrmSuggestion *self)
{
  g_return_val_if_fail (CRM_IS_SUGGESTION (self), NULL);

  return self->title;
}

const char *
crm_suggestion_get_subtitle (CrmSuggestion *self)
{
  g_return_val_if_fail (CRM_IS_SUGGESTION (self), NULL);

  return self->subtitle;
}

CrmRecord *
crm_suggestion_get_draft (CrmSuggestion *self)
{
  g_return_val_if_fail (CRM_IS_SUGGESTION (self), NULL);

  return self->draft;
}
