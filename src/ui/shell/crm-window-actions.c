#include "ui/shell/crm-window-actions.h"

#include "ui/import/crm-import-dialog.h"
#include "ui/letters/crm-letters-page.h"
#include "ui/record/crm-record-dialog.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

/* Which record, and what to do with it once it is read. */
typedef struct
{
  CrmWindow *window;
  gboolean edit;
} Open;

static void
edit_record (CrmWindow *window, CrmRecord *record)
{
  adw_dialog_present (ADW_DIALOG (crm_record_dialog_new (crm_window_get_store (window),
                                                         crm_record_get_kind (record),
                                                         record)),
                      GTK_WIDGET (window));
}

/* An activity has no page of its own: it stands on that of its relation. */
static void
open_record (CrmWindow *window, CrmRecord *record)
{
  const char *relation = crm_record_peek (record, "relation");

  if (crm_kind_is_relation (crm_record_get_kind (record)))
    crm_window_show_relation (window, crm_record_get_id (record));
  else if (relation != NULL)
    crm_window_show_relation (window, relation);
  else
    edit_record (window, record);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Open *open = user_data;
  g_autoptr (CrmWindow) window = open->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_finish (CRM_STORE (source), result, &error);

  if (record == NULL)
    crm_toast_show_error (GTK_WIDGET (window),
                          g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND)
                          ? _("It is not there any more")
                          : _("It could not be read"), error);
  else if (open->edit)
    edit_record (window, record);
  else
    open_record (window, record);
}

static void
get_record (CrmWindow *window, const char *id, gboolean edit)
{
  Open *open = g_new0 (Open, 1);

  open->window = g_object_ref (window);
  open->edit = edit;
  crm_store_get_async (crm_window_get_store (window), id, NULL, got_cb, open);
}

static void
open_record_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  get_record (CRM_WINDOW (widget), g_variant_get_string (parameter, NULL), FALSE);
}

static void
edit_record_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  get_record (CRM_WINDOW (widget), g_variant_get_string (parameter, NULL), TRUE);
}

static void
new_record_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmStore *store = crm_window_get_store (CRM_WINDOW (widget));
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (store),
                                             g_variant_get_string (parameter, NULL));

  if (kind != NULL)
    adw_dialog_present (ADW_DIALOG (crm_record_dialog_new (store, kind, NULL)), widget);
}

static void
import_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmStore *store = crm_window_get_store (CRM_WINDOW (widget));

  adw_dialog_present (ADW_DIALOG (crm_import_dialog_new (store, NULL)), widget);
}

static void
make_letters_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwNavigationPage *page = crm_window_show_page (CRM_WINDOW (widget), "letters");
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);

  crm_letters_page_set_recipients (CRM_LETTERS_PAGE (page), ids);
}

void
crm_window_install_record_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-record", "s", open_record_action);
  gtk_widget_class_install_action (widget_class, "win.edit-record", "s", edit_record_action);
  gtk_widget_class_install_action (widget_class, "win.new-record", "s", new_record_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.make-letters", "as", make_letters_action);
}
