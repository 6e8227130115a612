#include "ui/widgets/crm-action-words.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

/* Kept with the toast, and with the operation it starts. */
typedef struct
{
  GWeakRef from;
  CrmStore *store;
  char *set;
  gboolean redo;
} Undo;

static Undo *
undo_new (GtkWidget *from, CrmStore *store, const char *set, gboolean redo)
{
  Undo *undo = g_new0 (Undo, 1);

  g_weak_ref_init (&undo->from, from);
  undo->store = g_object_ref (store);
  undo->set = g_strdup (set);
  undo->redo = redo;

  return undo;
}

static void
undo_free (Undo *undo)
{
  g_weak_ref_clear (&undo->from);
  g_object_unref (undo->store);
  g_free (undo->set);
  g_free (undo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

static void
say_nothing_to_undo (GtkWidget *from, gboolean redo)
{
  crm_toast_show (from, redo ? _("There is nothing to redo") : _("There is nothing to undo"));
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Undo) undo = user_data;
  g_autoptr (CrmUndoResult) done = NULL;
  g_autoptr (GtkWidget) from = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  done = crm_store_undo_finish (CRM_STORE (source), result, &error);
  from = g_weak_ref_get (&undo->from);
  if (from == NULL)
    return;

  if (done != NULL)
    {
      text = crm_action_words_dup_undone (done, undo->redo);
      crm_toast_show (from, text);
    }
  else if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOTHING))
    say_nothing_to_undo (from, undo->redo);
  else if (undo->redo)
    crm_toast_show_error (from, _("It could not be done again"), error);
  else
    crm_toast_show_error (from, _("It could not be undone"), error);
}

void
crm_toast_undo (GtkWidget *from, CrmStore *store, const char *set)
{
  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (CRM_IS_STORE (store));

  crm_store_undo_async (store, set, NULL, NULL, undone_cb, undo_new (from, store, set, FALSE));
}

void
crm_toast_redo (GtkWidget *from, CrmStore *store)
{
  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (CRM_IS_STORE (store));

  crm_store_redo_async (store, NULL, NULL, undone_cb, undo_new (from, store, NULL, TRUE));
}

static void
undo_clicked_cb (AdwToast *toast, gpointer user_data)
{
  Undo *undo = user_data;
  g_autoptr (GtkWidget) from = g_weak_ref_get (&undo->from);

  if (from != NULL)
    crm_toast_undo (from, undo->store, undo->set);
}

static void
free_undo_cb (gpointer data, GClosure *closure)
{
  undo_free (data);
}

/* The overlay outlives @from: a page that deletes its record is gone when Undo is clicked. */
static GtkWidget *
find_lasting_widget (GtkWidget *from)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);

  return overlay != NULL ? overlay : from;
}

void
crm_toast_show_undo (GtkWidget *from, const char *text, CrmStore *store, const char *set)
{
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (CRM_IS_STORE (store));

  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  if (set != NULL)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      g_signal_connect_data (toast,
                             "button-clicked",
                             G_CALLBACK (undo_clicked_cb),
                             undo_new (find_lasting_widget (from), store, set, FALSE),
                             free_undo_cb,
                             G_CONNECT_DEFAULT);
    }
  crm_toast_add (from, toast);
}
