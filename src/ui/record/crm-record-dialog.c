#include "ui/record/crm-record-dialog.h"

#include "base/crm-text.h"
#include "model/crm-name.h"
#include "model/crm-value.h"
#include "ui/record/crm-activity-draft.h"
#include "ui/record/crm-duplicates.h"
#include "ui/record/crm-record-form.h"
#include "ui/record/crm-record-saver.h"
#include "ui/record/crm-record-words.h"
#include "ui/record/crm-toast-place.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmRecordDialog
{
  AdwDialog parent_instance;

  CrmStore *store;
  const CrmKind *kind;
  /* NULL for a new record. Replaced when it changes elsewhere. */
  CrmRecord *stored;
  /* The new record, from the start, so that its id is known. */
  CrmRecord *draft;
  GCancellable *cancellable;
  gulong changed_handler;
  gboolean saving;
  CrmSection section;

  /* What initials were proposed last: typing over them ends that. */
  char *proposed;
  char *duplicate;
  guint duplicate_timer;
  GCancellable *duplicate_search;

  AdwToastOverlay *toasts;
  AdwBanner *banner;
  CrmRecordForm *form;
  GtkEditable *why;
};

G_DEFINE_FINAL_TYPE (CrmRecordDialog, crm_record_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  SAVED,
} CrmRecordDialogSignal;

static guint signals[SAVED + 1];

static void
update_can_close (CrmRecordDialog *self)
{
  adw_dialog_set_can_close (ADW_DIALOG (self), !crm_record_form_is_touched (self->form));
}

static void
say_saved (CrmRecordDialog *self, CrmRecord *record, const char *set)
{
  g_autofree char *title = crm_record_dup_title (record);
  g_autofree char *text = NULL;

  if (set == NULL)
    return;

  /* Translators: a toast: "Saved Jan de Vries" */
  text = g_strdup_printf (_("Saved %s"), title);
  crm_toast_show_undo (crm_toast_place_find (GTK_WIDGET (self)), text, self->store, set);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *set = NULL;
  CrmRecord *record = self->stored != NULL ? self->stored : self->draft;

  set = crm_store_apply_finish (CRM_STORE (source), result, &error);
  self->saving = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "record.save", TRUE);
  if (error != NULL)
    {
      if (self->form != NULL)
        crm_toast_show_error (GTK_WIDGET (self->form), _("This could not be saved"), error);
      return;
    }

  g_signal_emit (self, signals[SAVED], 0, crm_record_get_id (record));
  if (self->form != NULL)
    {
      crm_record_form_peek (self->form, record);
      say_saved (self, record, set);
      adw_dialog_force_close (ADW_DIALOG (self));
    }
}

/* A person without any name cannot be found again. */
static gboolean
check_name (CrmRecordDialog *self, CrmRecord *record)
{
  CrmFieldEditor *surname = crm_record_form_get_editor (self->form, "surname");
  g_autofree char *name = NULL;

  if (surname == NULL)
    return TRUE;
  if (!crm_text_is_empty (name = crm_name_dup_display (record)))
    return TRUE;

  crm_field_editor_set_note (surname, _("Give at least a surname or a first name"), TRUE);
  crm_field_editor_focus (surname);

  return FALSE;
}

/* Not cancelled with the dialog: what was asked to be saved is saved. */
static void
apply (CrmRecordDialog *self, CrmChangeSet *set)
{
  crm_store_apply_async (self->store, set, NULL, saved_cb, g_object_ref (self));
}

/* An activity waits for its relation, whose last activity goes along. */
typedef struct
{
  CrmRecordDialog *dialog;
  CrmChangeSet *set;
  CrmRecord *activity;
} Follow;

static void
relation_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Follow *follow = user_data;
  g_autoptr (CrmRecord) relation = crm_store_get_finish (CRM_STORE (source), result, NULL);

  crm_activity_draft_follow (follow->set, follow->activity, relation);
  apply (follow->dialog, follow->set);
  g_object_unref (follow->activity);
  g_object_unref (follow->dialog);
  g_free (follow);
}

static void
follow_and_apply (CrmRecordDialog *self, CrmChangeSet *set, CrmRecord *activity)
{
  Follow *follow = g_new0 (Follow, 1);

  follow->dialog = g_object_ref (self);
  follow->set = set;
  follow->activity = g_object_ref (activity);
  crm_store_get_async (self->store,
                       crm_record_get (activity, "relation"),
                       NULL,
                       relation_read_cb,
                       follow);
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRecordDialog *self = CRM_RECORD_DIALOG (widget);
  g_autoptr (CrmRecord) edited = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  const char *why = self->why != NULL ? gtk_editable_get_text (self->why) : NULL;
  CrmChangeSet *set;

  if (self->saving)
    return;

  edited = crm_record_copy (self->stored != NULL ? self->stored : self->draft);
  if (!crm_record_form_collect (self->form, edited) || !check_name (self, edited))
    return;

  drafts = crm_record_form_list_drafts (self->form);
  set = crm_record_saver_new_set (self->stored, edited, drafts, why);
  if (set == NULL)
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }

  self->saving = TRUE;
  gtk_widget_action_set_enabled (widget, "record.save", FALSE);
  if (crm_record_peek (edited, "done") != NULL && crm_record_peek (edited, "relation") != NULL)
    follow_and_apply (self, set, edited);
  else
    apply (self, set);
}

static void
discard_cb (AdwAlertDialog *alert, const char *response, CrmRecordDialog *self)
{
  if (g_str_equal (response, "discard"))
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
crm_record_dialog_close_attempt (AdwDialog *dialog)
{
  AdwAlertDialog *alert =
      ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Discard Changes?"),
                                                _("What you typed here has not been saved.")));

  adw_alert_dialog_add_responses (alert,
                                  "keep",
                                  _("_Keep Editing"), "discard", _("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "keep");
  adw_alert_dialog_set_close_response (alert, "keep");
  g_signal_connect_object (alert, "response", G_CALLBACK (discard_cb), dialog, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (alert), GTK_WIDGET (dialog));
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
look_at_duplicate (CrmRecordDialog *self)
{
  GtkWidget *place = crm_toast_place_find (GTK_WIDGET (self));

  if (self->duplicate == NULL)
    return;

  /* Opens behind the form, which stays as it is. */
  gtk_widget_activate_action (place, "win.open-record", "s", self->duplicate);
}

static gpointer
find_duplicates_on_worker (CrmReplica *replica,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error)
{
  return crm_duplicates_find (replica, data, cancellable, error);
}

static void
duplicates_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = crm_store_run_finish (CRM_STORE (source), result, &error);
  g_autofree char *title = NULL;
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;

  if (self->form == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    g_message ("Looking for duplicates failed: %s", error->message);
  if (found == NULL || found->len == 0)
    {
      adw_banner_set_revealed (self->banner, FALSE);
      return;
    }

  g_set_str (&self->duplicate, crm_record_get_id (g_ptr_array_index (found, 0)));
  title = crm_record_dup_title (g_ptr_array_index (found, 0));
  place = crm_record_words_dup_place (g_ptr_array_index (found, 0));
  /* Translators: a name, and a town when it is known */
  text = place != NULL ? g_strdup_printf (_("Perhaps there already: %s, %s"), title, place)
                       : g_strdup_printf (_("Perhaps there already: %s"), title);
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, TRUE);
}

static gboolean
look_for_duplicates_cb (gpointer user_data)
{
  CrmRecordDialog *self = user_data;
  CrmRecord *record = crm_record_copy (self->draft);

  self->duplicate_timer = 0;
  g_cancellable_cancel (self->duplicate_search);
  g_clear_object (&self->duplicate_search);
  self->duplicate_search = g_cancellable_new ();
  crm_record_form_peek (self->form, record);
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       find_duplicates_on_worker,
                       record,
                       g_object_unref,
                       (GDestroyNotify) g_ptr_array_unref,
                       self->duplicate_search,
                       duplicates_cb,
                       g_object_ref (self));

  return G_SOURCE_REMOVE;
}

/* Initials follow the first name until someone types them. */
static void
propose_initials (CrmRecordDialog *self)
{
  CrmFieldEditor *given = crm_record_form_get_editor (self->form, "given_name");
  CrmFieldEditor *initials = crm_record_form_get_editor (self->form, "initials");
  g_autofree char *name = NULL;
  g_autofree char *known = NULL;
  g_autofree char *proposal = NULL;

  if (given == NULL || initials == NULL || !crm_field_editor_dup_value (given, &name) ||
      !crm_field_editor_dup_value (initials, &known))
    return;
  if (known != NULL && g_strcmp0 (known, self->proposed) != 0)
    return;

  proposal = name != NULL ? crm_name_dup_initials (name) : NULL;
  if (g_strcmp0 (proposal, known) == 0)
    return;
  g_set_str (&self->proposed, proposal);
  crm_field_editor_fill (initials, proposal);
}

static void
edited_cb (CrmRecordDialog *self, const char *field)
{
  if (g_str_equal (field, "given_name"))
    propose_initials (self);
  update_can_close (self);

  if (self->draft == NULL || !crm_kind_is_relation (self->kind))
    return;
  g_clear_handle_id (&self->duplicate_timer, g_source_remove);
  self->duplicate_timer = g_timeout_add (300, look_for_duplicates_cb, self);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_finish (CRM_STORE (source), result, &error);

  if (self->form == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND))
    {
      adw_banner_set_button_label (self->banner, NULL);
      adw_banner_set_title (self->banner, _("Deleted elsewhere meanwhile"));
      adw_banner_set_revealed (self->banner, TRUE);
      return;
    }
  if (record == NULL)
    {
      g_message ("Following a record failed: %s", error->message);
      return;
    }

  g_set_object (&self->stored, record);
  crm_record_form_follow (self->form, record);
  update_can_close (self);
}

static void
store_changed_cb (CrmRecordDialog *self, const CrmStoreChange *change)
{
  if (self->stored == NULL || self->saving ||
      !crm_store_change_touches (change, crm_record_get_id (self->stored)))
    return;

  crm_store_get_async (self->store,
                       crm_record_get_id (self->stored),
                       self->cancellable,
                       reloaded_cb,
                       g_object_ref (self));
}

static void
crm_record_dialog_closed (AdwDialog *dialog)
{
  CrmRecordDialog *self = CRM_RECORD_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->duplicate_search);
}

static void
crm_record_dialog_map (GtkWidget *widget)
{
  CrmRecordDialog *self = CRM_RECORD_DIALOG (widget);

  GTK_WIDGET_CLASS (crm_record_dialog_parent_class)->map (widget);

  if (self->form != NULL)
    crm_record_form_focus_section (self->form, self->section);
}

/* When it has come up; on a bottom sheet, in a narrow window, nothing can have the focus before.
 * Who was quick and types already is left where he is. */
static gboolean
crm_record_dialog_grab_focus (GtkWidget *widget)
{
  CrmRecordDialog *self = CRM_RECORD_DIALOG (widget);

  if (adw_dialog_get_can_close (ADW_DIALOG (self)))
    crm_record_form_focus_section (self->form, self->section);

  return TRUE;
}

static void
crm_record_dialog_dispose (GObject *object)
{
  CrmRecordDialog *self = CRM_RECORD_DIALOG (object);

  g_clear_handle_id (&self->duplicate_timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->duplicate_search);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_handler, self->store);
  self->form = NULL;
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RECORD_DIALOG);

  g_clear_object (&self->duplicate_search);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stored);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_record_dialog_parent_class)->dispose (object);
}

static void
crm_record_dialog_finalize (GObject *object)
{
  CrmRecordDialog *self = CRM_RECORD_DIALOG (object);

  g_free (self->proposed);
  g_free (self->duplicate);

  G_OBJECT_CLASS (crm_record_dialog_parent_class)->finalize (object);
}

static void
crm_record_dialog_class_init (CrmRecordDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  AdwDialogClass *dialog_class = ADW_DIALOG_CLASS (klass);

  object_class->dispose = crm_record_dialog_dispose;
  object_class->finalize = crm_record_dialog_finalize;
  widget_class->map = crm_record_dialog_map;
  widget_class->grab_focus = crm_record_dialog_grab_focus;
  dialog_class->closed = crm_record_dialog_closed;
  dialog_class->close_attempt = crm_record_dialog_close_attempt;

  gtk_widget_class_install_action (widget_class, "record.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "record.cancel", NULL, cancel_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-record-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRecordDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordDialog, banner);
  gtk_widget_class_bind_template_callback (widget_class, look_at_duplicate);

  signals[SAVED] = g_signal_new ("saved",
                                 CRM_TYPE_RECORD_DIALOG,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_STRING);
}

static void
crm_record_dialog_init (CrmRecordDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_why (CrmRecordDialog *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Why this changes (optional)"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (row), CRM_REASON_MAX / 4 /* bytes */);
  adw_preferences_group_add (group, row);
  crm_record_form_add_group (self->form, group);
  self->why = GTK_EDITABLE (row);
}

/* Languages bend the word to the kind: "nieuwe persoon". */
static char *
dup_new_title (const CrmKind *kind)
{
  if (g_str_equal (crm_kind_get_name (kind), "person"))
    return g_strdup (_("New Person"));
  if (g_str_equal (crm_kind_get_name (kind), "organisation"))
    return g_strdup (_("New Organisation"));

  /* Translators: the title of a form of another kind: "New Activity" */
  return g_strdup_printf (_("New %s"), crm_kind_get_label (kind));
}

static void
set_title (CrmRecordDialog *self)
{
  g_autofree char *title = self->stored != NULL ? crm_record_dup_title (self->stored)
                                                : dup_new_title (self->kind);

  adw_dialog_set_title (ADW_DIALOG (self), title);
}

CrmRecordDialog *
crm_record_dialog_new (CrmStore *store, const CrmKind *kind, CrmRecord *record)
{
  CrmRecordDialog *self;
  g_autoptr (CrmSuggester) suggester = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (record == NULL || crm_record_get_kind (record) == kind, NULL);

  self = g_object_new (CRM_TYPE_RECORD_DIALOG, NULL);
  self->store = g_object_ref (store);
  self->kind = kind;
  suggester = crm_suggester_new (store);
  self->form = crm_record_form_new (suggester, kind);
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->form));

  if (record != NULL)
    {
      self->stored = crm_record_copy (record);
      crm_record_form_set_base (self->form, record);
      add_why (self);
    }
  else
    self->draft = crm_record_new (kind, NULL);

  set_title (self);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  self->changed_handler = g_signal_connect_object (store,
                                                   "changed",
                                                   G_CALLBACK (store_changed_cb),
                                                   self,
                                                   G_CONNECT_SWAPPED);

  return self;
}

void
crm_record_dialog_set_value (CrmRecordDialog *self, const char *field, const char *value)
{
  CrmFieldEditor *editor;

  g_return_if_fail (CRM_IS_RECORD_DIALOG (self));

  editor = crm_record_form_get_editor (self->form, field);
  g_return_if_fail (editor != NULL);

  /* Prefilled is not typed: closing does not ask. */
  if (self->draft != NULL)
    crm_record_set (self->draft, field, value);
  crm_field_editor_set_base (editor, value);
}

void
crm_record_dialog_set_section (CrmRecordDialog *self, CrmSection section)
{
  g_return_if_fail (CRM_IS_RECORD_DIALOG (self));

  self->section = section;
}
