#include "model/crm-address.h"
#include "model/crm-value.h"
#include "ui/record/crm-compare-dialog.h"
#include "ui/record/crm-record-dialog.h"
#include "ui/record/crm-record-saver.h"
#include "ui/record/crm-record-words.h"
#include "ui/record/crm-relation-page-private.h"
#include "ui/record/crm-toast-place.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  CrmRelationPage *page;
  GtkWidget *place;
  char *text;
  void (*saved) (CrmRelationPage *self);
} Apply;

static void
apply_free (Apply *apply)
{
  g_object_unref (apply->page);
  g_object_unref (apply->place);
  g_free (apply->text);
  g_free (apply);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Apply, apply_free)

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Apply) apply = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *set = crm_store_apply_finish (CRM_STORE (source), result, &error);
  CrmQuickEntry *quick = crm_relation_page_get_quick_entry (apply->page);

  if (quick != NULL)
    crm_quick_entry_set_busy (quick, FALSE);
  if (error != NULL)
    {
      crm_toast_show_error (apply->place, _("This could not be saved"), error);
      return;
    }
  if (apply->saved != NULL && quick != NULL)
    apply->saved (apply->page);
  if (set != NULL)
    crm_toast_show_undo (apply->place, apply->text, CRM_STORE (source), set);
}

void
crm_relation_page_apply (CrmRelationPage *self,
                         CrmChangeSet *set,
                         const char *text,
                         void (*saved) (CrmRelationPage *self))
{
  Apply *apply = g_new0 (Apply, 1);
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  apply->page = g_object_ref (self);
  /* The overlay outlives a page that pops. */
  apply->place = g_object_ref (overlay != NULL ? overlay : GTK_WIDGET (self));
  apply->text = g_strdup (text);
  apply->saved = saved;
  /* Not cancelled with the page: what was asked to be saved is saved. */
  crm_store_apply_async (crm_relation_page_get_store (self), set, NULL, applied_cb, apply);
}

static void
open_dialog (CrmRelationPage *self, CrmSection section)
{
  CrmRecord *record = crm_relation_page_get_record (self);
  CrmRecordDialog *dialog;

  if (record == NULL)
    return;

  dialog = crm_record_dialog_new (crm_relation_page_get_store (self),
                                  crm_record_get_kind (record),
                                  record);
  crm_record_dialog_set_section (dialog, section);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
edit_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_dialog (CRM_RELATION_PAGE (widget), CRM_SECTION_NAME);
}

static void
edit_section_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_dialog (CRM_RELATION_PAGE (widget), (CrmSection) g_variant_get_int32 (parameter));
}

static void
copy (GtkWidget *widget, const char *text, const char *said)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  crm_toast_show (widget, said);
}

static void
copy_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  copy (widget, g_variant_get_string (parameter, NULL), _("Copied"));
}

static void
copy_address_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRecord *record = crm_relation_page_get_record (CRM_RELATION_PAGE (widget));
  gboolean is_person = crm_kind_find_field (crm_record_get_kind (record), "surname") != NULL;
  g_auto (GStrv)
      block = crm_address_dup_block (is_person ? record : NULL, is_person ? NULL : record, "NL");
  g_autofree char *text = block != NULL ? g_strjoinv ("\n", block) : NULL;

  if (text != NULL)
    copy (widget, text, _("Address copied"));
}

static void
copy_number_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRecord *record = crm_relation_page_get_record (CRM_RELATION_PAGE (widget));
  const char *number = crm_record_peek (record, "number");

  if (number != NULL)
    copy (widget, number, _("Number copied"));
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) place = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    crm_toast_show_error (place, _("No program could open this"), error);
}

static void
open_uri (GtkWidget *widget, const char *uri)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_uri_launcher_launch (launcher,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                           NULL,
                           launched_cb,
                           g_object_ref (crm_toast_place_find (widget)));
}

static void
open_uri_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_uri (widget, g_variant_get_string (parameter, NULL));
}

/* The first filled field with this check: the phone before the mobile, as the description has it.
 */
static char *
dup_uri (CrmRelationPage *self, CrmCheck check)
{
  CrmRecord *record = crm_relation_page_get_record (self);
  const CrmKind *kind = record != NULL ? crm_record_get_kind (record) : NULL;

  for (guint i = 0; kind != NULL && i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *value = crm_record_get_at (record, i);

      if (field->check == check && value != NULL)
        return crm_record_words_dup_uri (field, value);
    }

  return NULL;
}

static void
call_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);
  g_autofree char *uri = dup_uri (self, CRM_CHECK_PHONE);

  if (uri == NULL)
    return;

  open_uri (widget, uri);
  /* A call is logged while it is remembered. */
  crm_relation_page_show_story (self);
  crm_quick_entry_start (crm_relation_page_get_quick_entry (self), "call");
}

static void
mail_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autofree char *uri = dup_uri (CRM_RELATION_PAGE (widget), CRM_CHECK_EMAIL);

  if (uri != NULL)
    open_uri (widget, uri);
}

static void
letter_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const char *ids[] = { crm_relation_page_get_id (CRM_RELATION_PAGE (widget)), NULL };

  gtk_widget_activate_action (widget, "win.make-letters", "^as", ids);
}

static void
history_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);

  crm_relation_page_show_story (self);
  crm_timeline_view_set_filter (crm_relation_page_get_timeline (self), "change");
  gtk_widget_grab_focus (GTK_WIDGET (crm_relation_page_get_timeline (self)));
}

static void
pop (CrmRelationPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

static void
delete_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);
  CrmRecord *record = crm_relation_page_get_record (self);
  g_autofree char *action = g_strconcat (crm_kind_get_name (crm_record_get_kind (record)),
                                         ".delete",
                                         NULL);
  CrmChangeSet *set = crm_change_set_new (action);
  g_autofree char *title = crm_record_dup_title (record);
  g_autofree char *text = NULL;

  /* Translators: a toast: "Deleted Jan de Vries" */
  text = g_strdup_printf (_("Deleted %s"), title);
  crm_change_set_delete (set, crm_record_get_kind (record), crm_record_get_id (record));
  crm_relation_page_apply (self, set, text, pop);
}

static void
change_tag_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);
  CrmRecord *record = crm_relation_page_get_record (self);
  const char *add;
  const char *remove;
  g_autofree char *text = NULL;

  g_variant_get (parameter, "(&s&s)", &add, &remove);
  /* Translators: toasts about a tag */
  text = add[0] != '\0' ? g_strdup_printf (_("Tagged %s"), add)
                        : g_strdup_printf (_("Tag %s removed"), remove);
  crm_relation_page_apply (self,
                           crm_record_saver_new_members_set (record,
                                                             "tags",
                                                             add[0] != '\0' ? add : NULL,
                                                             remove[0] != '\0' ? remove : NULL),
                           text,
                           NULL);
}

static void
compare_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationData *data = crm_relation_page_get_data (CRM_RELATION_PAGE (widget));

  if (data != NULL && data->duplicates->len > 0)
    adw_dialog_present (crm_compare_dialog_new (data->record,
                                                g_ptr_array_index (data->duplicates, 0)),
                        widget);
}

static void
new_person_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);
  CrmStore *store = crm_relation_page_get_store (self);
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (store), "person");
  CrmRecordDialog *dialog = crm_record_dialog_new (store, kind, NULL);

  crm_record_dialog_set_value (dialog, "organisation", crm_relation_page_get_id (self));
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
more_people_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  crm_relation_page_show_more_people (CRM_RELATION_PAGE (widget));
}

void
crm_relation_page_update_actions (CrmRelationPage *self)
{
  CrmRecord *record = crm_relation_page_get_record (self);
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *phone = dup_uri (self, CRM_CHECK_PHONE);
  g_autofree char *mail = dup_uri (self, CRM_CHECK_EMAIL);
  g_autofree char *own = record != NULL ? crm_record_words_dup_address (record, FALSE) : NULL;
  g_autofree char *postal = record != NULL ? crm_record_words_dup_address (record, TRUE) : NULL;
  static const char *const needing_record[] = {
    "relation.edit", "relation.letter", "relation.log", "relation.delete", "relation.history"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needing_record); i++)
    gtk_widget_action_set_enabled (widget, needing_record[i], record != NULL);
  gtk_widget_action_set_enabled (widget, "relation.call", phone != NULL);
  gtk_widget_action_set_enabled (widget, "relation.mail", mail != NULL);
  gtk_widget_action_set_enabled (widget, "relation.copy-address", own != NULL || postal != NULL);
  gtk_widget_action_set_enabled (widget,
                                 "relation.copy-number",
                                 record != NULL && crm_record_peek (record, "number") != NULL);
}

void
crm_relation_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "relation.edit", NULL, edit_action },
    { "relation.edit-section", "i", edit_section_action },
    { "relation.copy", "s", copy_action },
    { "relation.copy-address", NULL, copy_address_action },
    { "relation.copy-number", NULL, copy_number_action },
    { "relation.open-uri", "s", open_uri_action },
    { "relation.call", NULL, call_action },
    { "relation.mail", NULL, mail_action },
    { "relation.letter", NULL, letter_action },
    { "relation.history", NULL, history_action },
    { "relation.delete", NULL, delete_action },
    { "relation.change-tag", "(ss)", change_tag_action },
    { "relation.compare", NULL, compare_action },
    { "relation.new-person", NULL, new_person_action },
    { "relation.more-people", NULL, more_people_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class,
                                     actions[i].name,
                                     actions[i].parameter,
                                     actions[i].activate);
}
