#include "base/crm-text.h"
#include "model/crm-model-error.h"
#include "ui/record/crm-completion.h"
#include "ui/record/crm-field-editors-private.h"

#include <glib/gi18n-lib.h>

/* Another record, found by typing; an organisation that is not there yet is made when saving. */
struct _CrmFieldEditorLink
{
  CrmFieldEditor parent_instance;

  GtkWidget *entry; /* the row, owned by the parent class */
  CrmCompletion *completion;
  GCancellable *naming;

  char *id;
  char *title; /* as the entry shows it */
  CrmRecord *draft;
};

G_DEFINE_FINAL_TYPE (CrmFieldEditorLink, crm_field_editor_link, CRM_TYPE_FIELD_EDITOR)

static const char *
get_text (CrmFieldEditorLink *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
take (CrmFieldEditorLink *self, const char *id, const char *title, CrmRecord *draft)
{
  g_set_str (&self->id, id);
  g_set_str (&self->title, title);
  g_set_object (&self->draft, draft);
  crm_completion_set_text (self->completion, title);
}

static void
chosen_cb (CrmFieldEditorLink *self, CrmSuggestion *suggestion)
{
  CrmRecord *draft = crm_suggestion_get_draft (suggestion);
  g_autofree char *title = draft != NULL ? crm_record_dup_title (draft)
                                         : g_strdup (crm_suggestion_get_title (suggestion));

  take (self, crm_suggestion_get_value (suggestion), title, draft);
  crm_field_editor_edited (CRM_FIELD_EDITOR (self));
}

/* Who types a whole name and goes on means the one that is called so. */
static void
focus_left_cb (CrmFieldEditorLink *self)
{
  const char *text = get_text (self);
  CrmSuggestion *suggestion = NULL;

  if (!crm_text_is_empty (text) && g_strcmp0 (text, self->title) != 0)
    suggestion = crm_completion_find (self->completion, text);
  if (suggestion != NULL)
    chosen_cb (self, suggestion);
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmFieldEditorLink) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  name = crm_suggester_name_finish (CRM_SUGGESTER (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->entry == NULL)
    return;
  if (name == NULL)
    name = g_strdup (_("Unknown relation"));
  /* Nobody typed meanwhile. */
  if (g_strcmp0 (get_text (self), self->title) == 0)
    take (self, self->id, name, NULL);
}

static void
show (CrmFieldEditor *editor, const char *value)
{
  CrmFieldEditorLink *self = CRM_FIELD_EDITOR_LINK (editor);

  g_cancellable_cancel (self->naming);
  g_clear_object (&self->naming);
  /* The name is on its way; until then an ellipsis stands for it. */
  take (self, value, value != NULL ? "…" : "", NULL);
  if (value == NULL)
    return;

  self->naming = g_cancellable_new ();
  crm_suggester_name_async (crm_field_editor_get_suggester (editor),
                            value,
                            self->naming,
                            named_cb,
                            g_object_ref (self));
}

/* The id when the text is that of what was chosen; else the text, so that it counts as touched. */
static char *
dup_input (CrmFieldEditor *editor)
{
  CrmFieldEditorLink *self = CRM_FIELD_EDITOR_LINK (editor);
  const char *text = get_text (self);

  if (crm_text_is_empty (text))
    return g_strdup ("");
  if (self->id != NULL && g_strcmp0 (text, self->title) == 0)
    return g_strdup (self->id);

  return g_strconcat ("?", text, NULL);
}

static char *
parse (CrmFieldEditor *editor, const char *input, GError **error)
{
  if (input[0] == '\0')
    return NULL;
  if (input[0] != '?')
    return g_strdup (input);

  g_set_error (error,
               CRM_MODEL_ERROR,
               CRM_MODEL_ERROR_VALUE,
               "%s: “%s” is not chosen from the list",
               crm_field_editor_get_field (editor)->name,
               input + 1);

  return NULL;
}

static CrmRecord *
get_draft (CrmFieldEditor *editor)
{
  CrmFieldEditorLink *self = CRM_FIELD_EDITOR_LINK (editor);
  g_autofree char *input = dup_input (editor);

  return self->draft != NULL && g_strcmp0 (input, self->id) == 0 ? self->draft : NULL;
}

static GtkWidget *
make_row (CrmFieldEditor *editor)
{
  CrmFieldEditorLink *self = CRM_FIELD_EDITOR_LINK (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("system-search-symbolic");

  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), crm_field_get_label (field));
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->entry), icon);

  self->completion = crm_completion_new (self->entry,
                                         crm_field_editor_get_suggester (editor),
                                         crm_field_editor_get_kind (editor),
                                         field);
  crm_completion_set_allow_new (self->completion, TRUE);
  g_signal_connect_object (self->completion,
                           "chosen",
                           G_CALLBACK (chosen_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, focus);
  g_signal_connect_object (self->entry,
                           "changed",
                           G_CALLBACK (crm_field_editor_edited),
                           self,
                           G_CONNECT_SWAPPED);

  return self->entry;
}

static void
crm_field_editor_link_dispose (GObject *object)
{
  CrmFieldEditorLink *self = CRM_FIELD_EDITOR_LINK (object);

  g_cancellable_cancel (self->naming);
  g_clear_object (&self->naming);
  g_clear_object (&self->completion);
  g_clear_object (&self->draft);
  self->entry = NULL;

  G_OBJECT_CLASS (crm_field_editor_link_parent_class)->dispose (object);
}

static void
crm_field_editor_link_finalize (GObject *object)
{
  CrmFieldEditorLink *self = CRM_FIELD_EDITOR_LINK (object);

  g_free (self->id);
  g_free (self->title);

  G_OBJECT_CLASS (crm_field_editor_link_parent_class)->finalize (object);
}

static void
crm_field_editor_link_class_init (CrmFieldEditorLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  object_class->dispose = crm_field_editor_link_dispose;
  object_class->finalize = crm_field_editor_link_finalize;
  editor_class->make_row = make_row;
  editor_class->show = show;
  editor_class->dup_input = dup_input;
  editor_class->parse = parse;
  editor_class->get_draft = get_draft;
}

static void
crm_field_editor_link_init (CrmFieldEditorLink *self)
{
}
