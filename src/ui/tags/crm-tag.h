#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define CRM_TYPE_TAG (crm_tag_get_type ())

G_DECLARE_FINAL_TYPE (CrmTag, crm_tag, CRM, TAG, GObject)

/* A tag that relations have, or that somebody explained, or both. Immutable; any thread. */
CrmTag *crm_tag_new (const char *name, guint n_relations, const char *id, const char *explanation);
const char *crm_tag_get_name (CrmTag *self);
guint crm_tag_get_n_relations (CrmTag *self);
/* Of its record of kind tag; NULL when it is only in use. */
const char *crm_tag_get_id (CrmTag *self);
/* NULL when nobody explained it. */
const char *crm_tag_get_explanation (CrmTag *self);

gboolean crm_tag_equal (CrmTag *a, CrmTag *b);
/* By folded name, those that differ in case or accents only by their bytes. */
int crm_tag_compare (CrmTag *a, CrmTag *b);
/* As people type it: trimmed, and ";", which separates tags, becomes ","; NULL when nothing
 * remains.
 */
char *crm_tag_dup_clean_name (const char *text);

G_END_DECLS
