#include "ui/letters/crm-letters-page-private.h"
#include "ui/relations/crm-pick.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

static gpointer
find_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_pick_load_ids (data, replica, cancellable, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmLettersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  if (ids == NULL)
    crm_toast_show_error (GTK_WIDGET (self), _("The relations could not be read"), error);
  else
    letters_page_set_recipients (self, (const char *const *) ids);
}

/* The last question counts: the one before is not waited for. @query: NULL for nobody. */
void
letters_page_query_cb (CrmLettersPage *self, const CrmQuery *query)
{
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  if (query == NULL)
    {
      letters_page_set_recipients (self, NULL);
      return;
    }

  self->finding = g_cancellable_new ();
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       find_on_worker,
                       crm_pick_new_all (query),
                       (GDestroyNotify) crm_pick_free,
                       (GDestroyNotify) g_strfreev,
                       self->finding,
                       found_cb,
                       g_object_ref (self));
}

void
letters_page_everybody_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmLettersPage *self = CRM_LETTERS_PAGE (widget);

  crm_letters_recipients_choose_everybody (crm_letters_panel_get_recipients (self->panel));
}

void
letters_page_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmLettersPage *self = CRM_LETTERS_PAGE (widget);

  adw_overlay_split_view_set_show_sidebar (self->right_split, TRUE);
  crm_letters_recipients_open_filter (crm_letters_panel_get_recipients (self->panel));
}
