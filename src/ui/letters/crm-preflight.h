#pragma once

#include "store/crm-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_TYPE_PREFLIGHT_ITEM (crm_preflight_item_get_type ())

G_DECLARE_FINAL_TYPE (CrmPreflightItem, crm_preflight_item, CRM, PREFLIGHT_ITEM, GObject)

/* One thing to look at before the letters go out. */
const char *crm_preflight_item_get_id (CrmPreflightItem *self);
/* Who it is about. */
const char *crm_preflight_item_get_title (CrmPreflightItem *self);
/* Translated: what is wrong, with the remedy. */
const char *crm_preflight_item_get_text (CrmPreflightItem *self);
gboolean crm_preflight_item_get_stops (CrmPreflightItem *self);

#define CRM_TYPE_PREFLIGHT (crm_preflight_get_type ())

G_DECLARE_FINAL_TYPE (CrmPreflight, crm_preflight, CRM, PREFLIGHT, GObject)

/*
 * The pre-flight of letters while it runs, in pieces, so that the reader's thread stays free for
 * what people look at. Signal "changed" after each piece and at the end.
 */
CrmPreflight *crm_preflight_new (CrmStore *store);
/* Starts over. What was found before stays until the first answer is there. */
void crm_preflight_start (CrmPreflight *self, CrmRecord *template, const char *const *ids);
void crm_preflight_stop (CrmPreflight *self);
gboolean crm_preflight_get_running (CrmPreflight *self);
/* (transfer none): of CrmPreflightItem; what stops is first. */
GListModel *crm_preflight_get_items (CrmPreflight *self);
/* Relations whose letter cannot be made, and relations with anything to look at. */
guint crm_preflight_get_n_stopped (CrmPreflight *self);
guint crm_preflight_get_n_noted (CrmPreflight *self);
/* (nullable): why the template cannot be read at all. */
const char *crm_preflight_get_failure (CrmPreflight *self);

G_END_DECLS
