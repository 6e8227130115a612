#include "ui/letters/crm-letters-page.h"

#include "model/crm-builtin.h"
#include "ui/letters/crm-letters-page-private.h"
#include "ui/letters/crm-sender-dialog.h"
#include "ui/letters/crm-template-dialog.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (CrmLettersPage, crm_letters_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (CrmLettersPage *self);

void
letters_page_update_actions (CrmLettersPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean ready = self->template != NULL && self->n_ids > 0 && !self->making &&
                   crm_preflight_get_failure (self->preflight) == NULL;

  gtk_widget_action_set_enabled (widget, "letters.previous", self->at > 0);
  gtk_widget_action_set_enabled (widget, "letters.next", self->at + 1 < self->n_ids);
  gtk_widget_action_set_enabled (widget, "letters.make", ready);
  gtk_widget_action_set_enabled (widget, "letters.make-each", ready);
  gtk_widget_action_set_enabled (widget, "letters.print", ready);
  gtk_widget_action_set_enabled (widget, "letters.edit-template", self->template != NULL);
  gtk_widget_action_set_enabled (widget, "letters.duplicate-template", self->template != NULL);
}

static void
show_counter (CrmLettersPage *self)
{
  g_autofree char *text = NULL;

  /* Translators: which of the letters is on the paper: "12 of 412" */
  if (self->n_ids > 0)
    text = g_strdup_printf (_("%'u of %'u"), self->at + 1, self->n_ids);
  gtk_label_set_text (self->counter, text != NULL ? text : "");
  letters_page_update_actions (self);
}

static void
show_stack (CrmLettersPage *self)
{
  const char *failure = crm_preflight_get_failure (self->preflight);

  if (self->n_ids == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (failure != NULL)
    gtk_stack_set_visible_child_name (self->stack, "failed");
  else
    gtk_stack_set_visible_child_name (self->stack, "paper");
  if (failure != NULL)
    adw_status_page_set_description (self->failed_status, failure);
}

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmLettersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  CrmLettersPreview *preview = crm_store_run_finish (CRM_STORE (source), result, &error);
  g_autofree char *name = NULL;

  /* Disposed: a store that closes answers with another error than cancelled. */
  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&preview, crm_letters_preview_free);
      return;
    }
  if (preview == NULL)
    {
      /* A template that cannot be read is told by the pre-flight; a relation may just be gone. */
      g_message ("No preview of the letter: %s", error->message);
      crm_letter_paper_set_letter (self->paper, NULL, NULL);
      return;
    }

  name = crm_record_dup_title (preview->relation);
  crm_letter_paper_set_letter (self->paper, g_steal_pointer (&preview->letter), name);
  adw_window_title_set_subtitle (self->window_title, name);
  crm_letters_preview_free (preview);
}

/* What is on the paper stays until the new letter is there. */
static void
show_letter (CrmLettersPage *self)
{
  const char *ids[2] = { NULL, NULL };

  g_cancellable_cancel (self->showing);
  g_clear_object (&self->showing);
  show_counter (self);
  show_stack (self);
  if (self->template == NULL || self->n_ids == 0)
    {
      adw_window_title_set_subtitle (self->window_title, "");
      return;
    }

  ids[0] = self->ids[self->at];
  self->showing = g_cancellable_new ();
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       crm_letters_work_preview,
                       crm_letters_request_new (self->template, ids),
                       (GDestroyNotify) crm_letters_request_free,
                       (GDestroyNotify) crm_letters_preview_free,
                       self->showing,
                       preview_cb,
                       g_object_ref (self));
}

static void
check (CrmLettersPage *self)
{
  crm_letters_panel_set_n_recipients (self->panel, self->n_ids);
  if (self->template != NULL && self->n_ids > 0)
    crm_preflight_start (self->preflight, self->template, (const char *const *) self->ids);
  else
    crm_preflight_stop (self->preflight);
}

static void
checked_cb (CrmLettersPage *self)
{
  show_stack (self);
  letters_page_update_actions (self);
}

static void
choose_template (CrmLettersPage *self, CrmRecord *template)
{
  g_set_object (&self->template, template);
  adw_window_title_set_title (self->window_title, crm_record_get (template, "name"));
  show_letter (self);
  check (self);
}

static void
template_activated_cb (CrmLettersPage *self, GtkListBoxRow *row)
{
  choose_template (self,
                   g_ptr_array_index (self->templates, (guint) gtk_list_box_row_get_index (row)));
  if (adw_overlay_split_view_get_collapsed (self->left_split))
    adw_overlay_split_view_set_show_sidebar (self->left_split, FALSE);
}

static GtkWidget *
make_template_row (CrmRecord *template)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (crm_record_get (template, "name"));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  if (crm_builtin_find (crm_record_get_id (template)) < 0)
    {
      GtkWidget *own = gtk_image_new_from_icon_name ("avatar-default-symbolic");

      gtk_widget_set_tooltip_text (own, _("Own template"));
      gtk_widget_add_css_class (own, "dim-label");
      gtk_box_append (GTK_BOX (box), own);
    }

  return box;
}

/* The same template stays chosen, also when its text changed; else the first. */
static void
show_templates (CrmLettersPage *self)
{
  guint chosen = 0;

  gtk_list_box_remove_all (self->templates_list);
  for (guint i = 0; i < self->templates->len; i++)
    {
      CrmRecord *template = g_ptr_array_index (self->templates, i);

      gtk_list_box_append (self->templates_list, make_template_row (template));
      if (self->template != NULL &&
          g_str_equal (crm_record_get_id (template), crm_record_get_id (self->template)))
        chosen = i;
    }

  gtk_list_box_select_row (self->templates_list,
                           gtk_list_box_get_row_at_index (self->templates_list, (int) chosen));
  choose_template (self, g_ptr_array_index (self->templates, chosen));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmLettersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  CrmLettersSetup *setup = crm_store_run_finish (CRM_STORE (source), result, &error);

  self->loading = FALSE;
  /* The window closed in the meantime. */
  if (self->store == NULL)
    {
      crm_letters_setup_free (setup);
      return;
    }
  if (setup == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (self), _("The templates could not be read"), error);
      return;
    }

  g_clear_pointer (&self->templates, g_ptr_array_unref);
  self->templates = g_steal_pointer (&setup->templates);
  g_clear_pointer (&self->settings, crm_letter_settings_free);
  self->settings = g_steal_pointer (&setup->settings);
  crm_letters_setup_free (setup);

  crm_letter_paper_set_settings (self->paper, self->settings);
  adw_banner_set_revealed (self->sender_banner,
                           crm_letter_settings_get (self->settings, "sender.street") == NULL);
  show_templates (self);
}

static void
load (CrmLettersPage *self)
{
  if (self->loading)
    return;

  self->loading = TRUE;
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       crm_letters_work_load,
                       NULL,
                       NULL,
                       (GDestroyNotify) crm_letters_setup_free,
                       self->cancellable,
                       loaded_cb,
                       g_object_ref (self));
}

static gboolean
touches_recipients (CrmLettersPage *self, const CrmStoreChange *change)
{
  for (guint i = 0; i < self->n_ids; i++)
    if (crm_store_change_touches (change, self->ids[i]))
      return TRUE;

  return FALSE;
}

/* What was mended shows at once. */
static void
store_changed_cb (CrmLettersPage *self, const CrmStoreChange *change)
{
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (self->store), "template");

  if (self->making)
    return;
  if (change->ids == NULL || (change->kinds & (1u << crm_kind_get_number (kind))) != 0)
    {
      load (self);
      return;
    }
  if (touches_recipients (self, change))
    {
      show_letter (self);
      check (self);
    }
}

void
letters_page_set_recipients (CrmLettersPage *self, const char *const *ids)
{
  g_strfreev (self->ids);
  self->ids = ids != NULL ? g_strdupv ((char **) ids) : g_new0 (char *, 1);
  self->n_ids = g_strv_length (self->ids);
  self->at = 0;
  show_letter (self);
  check (self);
}

static void
edit_template_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmLettersPage *self = CRM_LETTERS_PAGE (widget);

  adw_dialog_present (crm_template_dialog_new (self->store,
                                               self->template,
                                               self->n_ids > 0 ? self->ids[self->at] : NULL),
                      widget);
}

static void
new_template_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmLettersPage *self = CRM_LETTERS_PAGE (widget);
  g_autoptr (CrmRecord) template = crm_builtin_new (crm_store_get_model (self->store), 0);
  g_autoptr (CrmRecord) own = crm_record_new (crm_record_get_kind (template), NULL);

  crm_record_set (own, "type", "letter");
  crm_record_set (own, "format", "markdown");
  crm_record_set (own, "language", "nl");
  crm_record_set (own, "name", _("New template"));
  crm_record_set (own, "body", "{{aanhef}}\n\n\n\n{{groet}}\n\n{{ondertekening}}\n");
  adw_dialog_present (crm_template_dialog_new (self->store,
                                               own,
                                               self->n_ids > 0 ? self->ids[self->at] : NULL),
                      widget);
}

static void
duplicate_template_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmLettersPage *self = CRM_LETTERS_PAGE (widget);
  const CrmKind *kind = crm_record_get_kind (self->template);
  g_autoptr (CrmRecord) copy = crm_record_new (kind, NULL);
  g_autofree char *copy_name = NULL;

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    crm_record_set_at (copy, i, crm_record_get_at (self->template, i));
  /* Translators: the name of a template that was duplicated */
  copy_name = g_strdup_printf (_("%s (copy)"), crm_record_get (self->template, "name"));
  crm_record_set (copy, "name", copy_name);

  adw_dialog_present (crm_template_dialog_new (self->store,
                                               copy,
                                               self->n_ids > 0 ? self->ids[self->at] : NULL),
                      widget);
}

static void
sender_saved_cb (CrmLettersPage *self)
{
  load (self);
}

static void
sender_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmLettersPage *self = CRM_LETTERS_PAGE (widget);
  AdwDialog *dialog;

  if (self->settings == NULL)
    return;

  dialog = crm_sender_dialog_new (self->store, self->settings);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (sender_saved_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
mend_cb (CrmLettersPage *self, const char *id)
{
  if (self->template != NULL && g_str_equal (id, crm_record_get_id (self->template)))
    gtk_widget_activate_action (GTK_WIDGET (self), "letters.edit-template", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-record", "s", id);
}

static void
turn (CrmLettersPage *self, int step)
{
  self->at = (guint) CLAMP ((int) self->at + step, 0, (int) self->n_ids - 1);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->paper_scroll), 0);
  show_letter (self);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (CRM_LETTERS_PAGE (widget), -1);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  turn (CRM_LETTERS_PAGE (widget), 1);
}

static void
crm_letters_page_dispose (GObject *object)
{
  CrmLettersPage *self = CRM_LETTERS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->showing);
  g_cancellable_cancel (self->finding);
  if (self->preflight != NULL)
    crm_preflight_stop (self->preflight);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_LETTERS_PAGE);
  g_clear_object (&self->preflight);
  g_clear_object (&self->showing);
  g_clear_object (&self->finding);
  g_clear_object (&self->template);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->settings, crm_letter_settings_free);
  g_clear_pointer (&self->ids, g_strfreev);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_letters_page_parent_class)->dispose (object);
}

static void
crm_letters_page_finalize (GObject *object)
{
  g_clear_object (&CRM_LETTERS_PAGE (object)->cancellable);

  G_OBJECT_CLASS (crm_letters_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, sender_banner);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, left_split);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, right_split);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, templates_list);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, panel_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, failed_status);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, paper_scroll);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, paper_clamp);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, counter);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPage, make_button);
  gtk_widget_class_bind_template_callback (widget_class, template_activated_cb);
}

static void
crm_letters_page_class_init (CrmLettersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_letters_page_dispose;
  object_class->finalize = crm_letters_page_finalize;

#define ACTION(name, func) gtk_widget_class_install_action (widget_class, name, NULL, func)
  ACTION ("letters.previous", previous_action);
  ACTION ("letters.next", next_action);
  ACTION ("letters.everybody", letters_page_everybody_action);
  ACTION ("letters.filter", letters_page_filter_action);
  ACTION ("letters.make", letters_page_make_action);
  ACTION ("letters.make-each", letters_page_make_each_action);
  ACTION ("letters.print", letters_page_print_action);
  ACTION ("letters.new-template", new_template_action);
  ACTION ("letters.edit-template", edit_template_action);
  ACTION ("letters.duplicate-template", duplicate_template_action);
  ACTION ("letters.sender", sender_action);
#undef ACTION

  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Page_Down,
                                       GDK_CONTROL_MASK,
                                       "letters.next",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Page_Up,
                                       GDK_CONTROL_MASK,
                                       "letters.previous",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_p,
                                       GDK_CONTROL_MASK,
                                       "letters.print",
                                       NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/letters/crm-letters-page.ui");
  bind_children (widget_class);
}

static void
crm_letters_page_init (CrmLettersPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->ids = g_new0 (char *, 1);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->paper = CRM_LETTER_PAPER (crm_letter_paper_new ());
  adw_clamp_set_child (self->paper_clamp, GTK_WIDGET (self->paper));
}

CrmLettersPage *
crm_letters_page_new (CrmStore *store)
{
  CrmLettersPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_LETTERS_PAGE, NULL);
  self->store = g_object_ref (store);
  self->preflight = crm_preflight_new (store);
  self->panel = crm_letters_panel_new (self->preflight, crm_store_get_model (store));
  adw_bin_set_child (self->panel_bin, GTK_WIDGET (self->panel));

  g_signal_connect_object (self->preflight,
                           "changed",
                           G_CALLBACK (checked_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "mend", G_CALLBACK (mend_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (crm_letters_panel_get_recipients (self->panel),
                           "query",
                           G_CALLBACK (letters_page_query_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store,
                           "changed",
                           G_CALLBACK (store_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);

  show_counter (self);
  show_stack (self);
  load (self);
  return self;
}

void
crm_letters_page_set_recipients (CrmLettersPage *self, const char *const *ids)
{
  g_return_if_fail (CRM_IS_LETTERS_PAGE (self));

  g_cancellable_cancel (self->finding);
  crm_letters_recipients_show_chosen (crm_letters_panel_get_recipients (self->panel));
  letters_page_set_recipients (self, ids);
}

guint
crm_letters_page_get_n_recipients (CrmLettersPage *self)
{
  g_return_val_if_fail (CRM_IS_LETTERS_PAGE (self), 0);

  return self->n_ids;
}
