#include "ui/shell/crm-palette-entry.h"

#include "base/crm-text.h"
#include "ui/relations/crm-relation-row.h"
#include "ui/shell/crm-page-list.h"

#include <glib/gi18n-lib.h>

struct _CrmPaletteEntry
{
  GObject parent_instance;

  char *title;
  char *subtitle;
  char *icon;
  char *action;
  GVariant *target;
};

G_DEFINE_FINAL_TYPE (CrmPaletteEntry, crm_palette_entry, G_TYPE_OBJECT)

static const struct
{
  const char *title;
  const char *icon;
  const char *action;
  const char *target; /* as text of a variant, nullable */
} actions[] = {
  { N_ ("New Person"), "contact-new-symbolic", "win.new-record", "'person'" },
    { N_ ("New Organisation"), "building-symbolic", "win.new-record", "'organisation'" },
      { N_ ("Import a File…"), "document-open-symbolic", "win.import", NULL },
        { N_ ("Undo"), "edit-undo-symbolic", "win.undo", NULL },
          { N_ ("Redo"), "edit-redo-symbolic", "win.redo", NULL },
            { N_ ("Preferences"), "applications-system-symbolic", "app.preferences", NULL },
              { N_ ("Keyboard Shortcuts"),
                   "input-keyboard-symbolic",
                   "win.show-help-overlay",
                   NULL },
                { N_ ("Help"), "help-browser-symbolic", "app.help", NULL },
                  { N_ ("About CRM"), "help-about-symbolic", "app.about", NULL },
                };

static CrmPaletteEntry *
new_entry (const char *title,
           const char *subtitle,
           const char *icon,
           const char *action,
           GVariant *target)
{
  CrmPaletteEntry *self = g_object_new (CRM_TYPE_PALETTE_ENTRY, NULL);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle != NULL ? subtitle : "");
  self->icon = g_strdup (icon);
  self->action = g_strdup (action);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;

  return self;
}

static gboolean
holds (const char *title, const char *folded_text, gboolean start)
{
  g_autofree char *folded = crm_text_fold (title);
  const char *place = strstr (folded, folded_text);

  return place != NULL && start == (place == folded);
}

static void
crm_palette_entry_finalize (GObject *object)
{
  CrmPaletteEntry *self = CRM_PALETTE_ENTRY (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->icon);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);

  G_OBJECT_CLASS (crm_palette_entry_parent_class)->finalize (object);
}

static void
crm_palette_entry_class_init (CrmPaletteEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_palette_entry_finalize;
}

static void
crm_palette_entry_init (CrmPaletteEntry *self)
{
}

CrmPaletteEntry *
crm_palette_entry_new_for_record (CrmRecord *record)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  title = crm_record_dup_title (record);
  subtitle = crm_relation_row_dup_subtitle (record, NULL, 0);

  return new_entry (title,
                    subtitle,
                    crm_kind_get_icon (crm_record_get_kind (record)),
                    "win.open-record",
                    g_variant_new_string (crm_record_get_id (record)));
}

GPtrArray *
crm_palette_entry_list_fixed (const char *text, gboolean start)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = crm_text_fold (text);
  guint n_pages;
  const CrmPageInfo *pages = crm_page_list_get (&n_pages);

  for (guint i = 0; i < n_pages; i++)
    if (holds (_(pages[i].title), folded, start))
      g_ptr_array_add (entries,
                       new_entry (_(pages[i].title),
                                    _("Page"),
                                      pages[i].icon,
                                      "win.show",
                                      g_variant_new_string (pages[i].name)));
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (holds (_(actions[i].title), folded, start))
      g_ptr_array_add (entries,
                       new_entry (_(actions[i].title),
                                    NULL,
                                    actions[i].icon,
                                    actions[i].action,
                                    actions[i].target != NULL
                                        ? g_variant_new_parsed (actions[i].target)
                                        : NULL));

  return entries;
}

const char *
crm_palette_entry_get_title (CrmPaletteEntry *self)
{
  return self->title;
}

const char *
crm_palette_entry_get_subtitle (CrmPaletteEntry *self)
{
  return self->subtitle;
}

const char *
crm_palette_entry_get_icon (CrmPaletteEntry *self)
{
  return self->icon;
}

const char *
crm_palette_entry_get_action (CrmPaletteEntry *self)
{
  return self->action;
}

GVariant *
crm_palette_entry_get_target (CrmPaletteEntry *self)
{
  return self->target;
}
