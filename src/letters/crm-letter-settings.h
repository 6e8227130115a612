#pragma once

#include "letters/crm-envelope.h"
#include "model/crm-field.h"
#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * Who sends the letters and on what paper; kept as settings of the replica. A name here is the
 * setting's name, "sender.name"; in templates it is {{sender.name}} or {{afzender.naam}}.
 */
/* Where on the paper a setting shows; settings of one group stand together in a form. */
typedef enum
{
  CRM_LETTER_SETTING_SIGNER,
  CRM_LETTER_SETTING_ORGANISATION,
  CRM_LETTER_SETTING_REACH,
  CRM_LETTER_SETTING_FOOT,
  CRM_LETTER_SETTING_PAPER,
} CrmLetterSettingGroup;

typedef struct
{
  CrmLetterSettingGroup group;
  const char *name;
  /* Dutch name in letters, without "afzender."; NULL when it is no merge field. */
  const char *letter_name;
  /* English, marked for translation. */
  const char *label;
  /* What is of this form is written in it, see crm_letter_settings_set(). */
  CrmCheck check;
} CrmLetterSetting;

guint crm_letter_setting_get_n (void);
const CrmLetterSetting *crm_letter_setting_get (guint index);
/* Translated. */
const char *crm_letter_setting_get_label (const CrmLetterSetting *setting);

/* Not locked: a copy goes to another thread. */
typedef struct _CrmLetterSettings CrmLetterSettings;

CrmLetterSettings *crm_letter_settings_new (void);
CrmLetterSettings *crm_letter_settings_load (CrmReplica *replica);
gboolean
crm_letter_settings_save (const CrmLetterSettings *self, CrmReplica *replica, GError **error);
CrmLetterSettings *crm_letter_settings_copy (const CrmLetterSettings *self);
void crm_letter_settings_free (CrmLetterSettings *self);
/* NULL when not set. */
const char *crm_letter_settings_get (const CrmLetterSettings *self, const char *name);
/* A phone number, postcode or IBAN gets the spaces that people write in it, and a country its code;
 * what is none of that stays as it is. */
void crm_letter_settings_set (CrmLetterSettings *self, const char *name, const char *value);

const CrmEnvelope *crm_letter_settings_get_envelope (const CrmLetterSettings *self);
/* The country letters are sent from, ISO 3166-1; addresses there carry no country. */
const char *crm_letter_settings_get_home (const CrmLetterSettings *self);
/* FALSE for paper that has its letterhead already. */
gboolean crm_letter_settings_get_letterhead (const CrmLetterSettings *self);
/* "Bakker B.V., Postbus 123, 1067 GZ  AMSTERDAM"; NULL when nothing is known. */
char *crm_letter_settings_dup_return_line (const CrmLetterSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLetterSettings, crm_letter_settings_free)

G_END_DECLS
