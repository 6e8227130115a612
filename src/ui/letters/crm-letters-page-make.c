#include "ui/letters/crm-letters-page-private.h"

#include "ui/widgets/crm-progress-dialog.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* One run of making letters, from the click to the toast. */
typedef struct
{
  CrmLettersPage *page;
  CrmStore *store;
  char *output; /* nullable until people chose a place */
  char *group;  /* nullable until made: what one undo takes back */
  gboolean each;
  gboolean print;
  gboolean skip;
  GCancellable *cancellable;
  CrmProgressDialog *dialog; /* nullable */
} Run;

/* The printer has its own copy; personal letters do not stay in the temporary folder. */
static void
remove_print (Run *run)
{
  g_autofree char *folder = NULL;

  if (!run->print || run->output == NULL)
    return;

  folder = g_path_get_dirname (run->output);
  g_unlink (run->output);
  g_rmdir (folder);
}

static void
free_run (Run *run)
{
  remove_print (run);
  g_clear_object (&run->page);
  g_clear_object (&run->store);
  g_clear_object (&run->cancellable);
  g_clear_object (&run->dialog);
  g_free (run->output);
  g_free (run->group);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, free_run)

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    crm_toast_show_error (page, _("The letters could not be opened"), error);
}

static void
open_cb (GtkButton *button, gpointer user_data)
{
  AdwToast *toast = user_data;
  GtkWidget *page = g_object_get_data (G_OBJECT (toast), "page");
  const char *path = g_object_get_data (G_OBJECT (toast), "path");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher,
                            GTK_WINDOW (gtk_widget_get_root (page)),
                            NULL,
                            opened_cb,
                            g_object_ref (page));
}

static void
undo_cb (AdwToast *toast)
{
  CrmLettersPage *page = g_object_get_data (G_OBJECT (toast), "page");

  crm_toast_undo (GTK_WIDGET (page), page->store, g_object_get_data (G_OBJECT (toast), "group"));
}

/* A toast has one button of its own, Undo; the other stands with the words. */
static void
show_made (Run *run, const CrmLettersResult *result)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *text = g_strdup_printf (ngettext ("%'u letter made and logged",
                                                     "%'u letters made and logged",
                                                     result->n_letters),
                                           result->n_letters);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  if (!run->print)
    {
      GtkWidget *open = gtk_button_new_with_mnemonic (_("_Open"));

      gtk_widget_add_css_class (open, "flat");
      g_signal_connect_object (open, "clicked", G_CALLBACK (open_cb), toast, 0);
      gtk_box_append (GTK_BOX (box), open);
    }

  /* The title is what a screen reader announces; the widget is what is seen. */
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_custom_title (toast, box);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, 10);
  g_object_set_data_full (G_OBJECT (toast), "page", g_object_ref (run->page), g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "path", g_strdup (run->output), g_free);
  g_object_set_data_full (G_OBJECT (toast), "group", g_strdup (result->group), g_free);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), NULL);
  crm_toast_add (GTK_WIDGET (run->page), toast);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_print_dialog_print_file_finish (GTK_PRINT_DIALOG (source), result, &error))
    return;

  /* The undo of the making may be gone from the screen by now. */
  if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    crm_toast_show_undo (GTK_WIDGET (run->page),
                         _("Nothing was printed; the letters are logged"), run->store, run->group);
  else
    crm_toast_show_error (GTK_WIDGET (run->page), _("The letters could not be printed"), error);
}

static void
print_file (Run *run)
{
  g_autoptr (GtkPrintDialog) dialog = gtk_print_dialog_new ();
  g_autoptr (GFile) file = g_file_new_for_path (run->output);
  CrmLettersPage *page = run->page;

  gtk_print_dialog_set_title (dialog, _("Print Letters"));
  gtk_print_dialog_print_file (dialog,
                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                               NULL,
                               file,
                               page->cancellable,
                               printed_cb,
                               run);
}

static void
made_cb (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmLettersResult)
      result = crm_store_run_finish (CRM_STORE (source), async_result, &error);

  crm_progress_dialog_done (run->dialog);
  run->page->making = FALSE;
  letters_page_update_actions (run->page);

  if (result == NULL)
    {
      if (g_error_matches (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_STOPPED))
        crm_toast_show_error (GTK_WIDGET (run->page),
                              _("No letters made: some need mending"), error);
      else
        crm_toast_show_error (GTK_WIDGET (run->page), _("The letters could not be made"), error);
      return;
    }

  run->group = g_strdup (result->group);
  show_made (run, result);
  if (run->print)
    print_file (g_steal_pointer (&run));
}

static void
start (Run *run)
{
  CrmLettersPage *page = run->page;
  CrmLettersRequest *request = crm_letters_request_new (page->template,
                                                        (const char *const *) page->ids);

  request->output = g_strdup (run->output);
  request->each = run->each;
  request->skip = run->skip;
  request->progress = crm_progress_new ();
  run->cancellable = g_cancellable_new ();
  run->dialog = g_object_ref_sink (crm_progress_dialog_new (_("Making Letters"),
                                                              request->progress,
                                                              run->cancellable));

  page->making = TRUE;
  letters_page_update_actions (page);
  crm_progress_dialog_present_late (run->dialog, GTK_WIDGET (page));
  crm_store_run_async (page->store,
                       CRM_STORE_BULK,
                       crm_letters_work_make,
                       request,
                       (GDestroyNotify) crm_letters_request_free,
                       (GDestroyNotify) crm_letters_result_free,
                       run->cancellable,
                       made_cb,
                       run);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  if (run->each)
    file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);
  else
    file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        crm_toast_show_error (GTK_WIDGET (run->page), _("The letters could not be made"), error);
      return;
    }

  run->output = g_file_get_path (file);
  if (run->output != NULL)
    start (g_steal_pointer (&run));
  else
    crm_toast_show (GTK_WIDGET (run->page), _("Choose a place on this computer"));
}

static void
ask_for_place (Run *run)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (run->page)));
  CrmLettersPage *page = run->page;

  if (run->each)
    {
      gtk_file_dialog_set_title (dialog, _("Folder for the Letters"));
      gtk_file_dialog_select_folder (dialog, window, page->cancellable, saved_cb, run);
      return;
    }

  {
    g_autofree char *name = g_strconcat (crm_record_get (page->template, "name"), ".pdf", NULL);

    g_strdelimit (name, "/\\:", '-');
    gtk_file_dialog_set_title (dialog, _("Save the Letters"));
    gtk_file_dialog_set_initial_name (dialog, name);
    gtk_file_dialog_save (dialog, window, page->cancellable, saved_cb, run);
  }
}

static void
proceed (Run *run)
{
  if (run->print)
    {
      g_autofree char *name = g_strdup_printf ("crm-%s.pdf", g_get_user_name ());
      g_autofree char *folder = g_dir_make_tmp ("crm-print-XXXXXX", NULL);

      run->output = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);
      start (run);
    }
  else if (run->output != NULL)
    start (run);
  else
    ask_for_place (run);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (answer, "skip"))
    {
      run->skip = TRUE;
      proceed (g_steal_pointer (&run));
    }
  else if (g_str_equal (answer, "show"))
    {
      adw_overlay_split_view_set_show_sidebar (run->page->right_split, TRUE);
    }
}

/* Nothing is left out unless people say so. */
static void
ask_to_skip (Run *run)
{
  guint n_stopped = crm_preflight_get_n_stopped (run->page->preflight);
  guint n_left = run->page->n_ids - MIN (n_stopped, run->page->n_ids);
  g_autofree char *heading = g_strdup_printf (ngettext ("%'u Letter Cannot Be Made",
                                                        "%'u Letters Cannot Be Made",
                                                        n_stopped),
                                              n_stopped);
  g_autofree char *skip = g_strdup_printf (ngettext ("_Make the Other %'u",
                                                     "_Make the Other %'u",
                                                     n_left),
                                           n_left);
  AdwDialog *dialog = adw_alert_dialog_new (heading,
                                            _("Names or addresses are missing. Mend them now, or make the others without them."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel",
                                  _("_Cancel"), "show", _("_Show What to Mend"), NULL);
  if (n_left > 0)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "skip", skip);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "show");
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog),
                                            "show",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog),
                           GTK_WIDGET (run->page),
                           NULL,
                           answered_cb,
                           run);
}

static Run *
new_run (CrmLettersPage *page, gboolean each, gboolean print)
{
  Run *run = g_new0 (Run, 1);

  run->page = g_object_ref (page);
  run->store = g_object_ref (page->store);
  run->each = each;
  run->print = print;
  return run;
}

static void
begin (CrmLettersPage *self, gboolean each, gboolean print)
{
  Run *run = new_run (self, each, print);

  if (crm_preflight_get_n_stopped (self->preflight) > 0)
    ask_to_skip (run);
  else
    proceed (run);
}

void
letters_page_make_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (CRM_LETTERS_PAGE (widget), FALSE, FALSE);
}

void
letters_page_make_each_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (CRM_LETTERS_PAGE (widget), TRUE, FALSE);
}

void
letters_page_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (CRM_LETTERS_PAGE (widget), FALSE, TRUE);
}

void
crm_letters_page_make (CrmLettersPage *self, const char *output, gboolean each, gboolean skip)
{
  Run *run;

  g_return_if_fail (CRM_IS_LETTERS_PAGE (self));
  g_return_if_fail (output != NULL);
  g_return_if_fail (self->template != NULL && !self->making);

  run = new_run (self, each, FALSE);
  run->output = g_strdup (output);
  run->skip = skip;
  start (run);
}
