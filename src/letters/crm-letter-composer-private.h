#pragma once

#include "letters/crm-letter-composer.h"
#include "letters/crm-letter-fields.h"
#include "letters/crm-mustache.h"
#include "model/crm-address.h"
#include "model/crm-value.h"

struct _CrmLetterComposer
{
  CrmReplica *replica;
  const CrmModel *model;
  CrmLetterSettings *settings;
  CrmRecord *template;
  const CrmLetterWords *words;
  CrmMustache *body;
  CrmMustache *subject;
  /* What the head of the template names itself. */
  gboolean has_address;
  gboolean has_date;
  gboolean has_reference;
  char *today;
  char *place_date;
  char *signature;
  /* id -> CrmRecord: letters to one organisation often come together. */
  GHashTable *linked;

  /* Of the letter at hand; all borrowed but the salutation. */
  CrmRecord *relation;
  CrmRecord *person;
  CrmRecord *organisation;
  const char *reference;
  CrmSalutation *salutation;
  char **block;
  GPtrArray *notes;
};

/* What the names of the template stand for; data is the composer. A #CrmMustacheLookup. */
CrmMustacheValue *letter_composer_look_up (gconstpointer object, const char *name, gpointer data);
/* The record that a link points at; (nullable) (transfer none), kept by the composer. */
CrmRecord *letter_composer_get_linked (CrmLetterComposer *self, const char *id);
/* crm-letter-preflight.c: what is wrong with the relation at hand. */
void letter_composer_check_relation (CrmLetterComposer *self);
