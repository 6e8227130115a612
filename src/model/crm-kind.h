#pragma once

#include "model/crm-field.h"

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * A kind of record: a name, labels and fields. Kinds and the model that holds them are made before
 * any thread starts and are immutable from then on, so every thread may read them without a lock.
 */
typedef struct _CrmKind CrmKind;
typedef struct _CrmModel CrmModel;

const char *crm_kind_get_name (const CrmKind *kind);
const char *crm_kind_get_label (const CrmKind *kind);
const char *crm_kind_get_plural (const CrmKind *kind);
const char *crm_kind_get_icon (const CrmKind *kind);
/* A party that can be addressed: person and organisation. */
gboolean crm_kind_is_relation (const CrmKind *kind);
/* Made by the program itself: no page, search, import, export or demo offers it. */
gboolean crm_kind_is_system (const CrmKind *kind);
/* Small, stable number of the kind, for packed columns; never reused. */
guint crm_kind_get_number (const CrmKind *kind);

guint crm_kind_get_n_fields (const CrmKind *kind);
const CrmField *crm_kind_get_field (const CrmKind *kind, guint index);
/* By name; NULL when the kind has no such field. */
const CrmField *crm_kind_find_field (const CrmKind *kind, const char *name);
/* Index in description order, or -1. */
int crm_kind_find_index (const CrmKind *kind, const char *name);

/* The field that a header of a foreign file means: by name first, then by label and letter name,
 * then by alias. No header means two fields of one kind equally well, which a test holds. NULL when
 * none. */
const CrmField *crm_kind_find_header (const CrmKind *kind, const char *header);

/* The kinds of this program, in a fixed order; never freed. */
CrmModel *crm_model_get_default (void);
/*
 * A model with one more field, as custom fields and tests make it. @field is copied; the strings in
 * it must live as long as the program.
 */
CrmModel *
crm_model_new_with_field (const CrmModel *base, const char *kind_name, const CrmField *field);
CrmModel *crm_model_ref (CrmModel *model);
void crm_model_unref (CrmModel *model);

guint crm_model_get_n_kinds (const CrmModel *model);
const CrmKind *crm_model_get_kind (const CrmModel *model, guint index);
/* NULL when there is no such kind. */
const CrmKind *crm_model_find_kind (const CrmModel *model, const char *name);
const CrmKind *crm_model_find_kind_by_number (const CrmModel *model, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmModel, crm_model_unref)

G_END_DECLS
