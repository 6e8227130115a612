#include "app/crm-open-error-page.h"

#include "store/crm-backup.h"
#include "store/crm-store-error.h"

#include <glib/gi18n-lib.h>

struct _CrmOpenErrorPage
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (CrmOpenErrorPage, crm_open_error_page, ADW_TYPE_BIN)

enum
{
  RETRY,
  RECOVER,
  KEY_FILE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  CrmStoreError code;
  const char *icon;
  const char *title;
  const char *advice;
} Words;

static const Words known[] = {
  { CRM_STORE_ERROR_KEY,
    "dialog-password-symbolic",
    N_ ("The Relations Are Locked"),
       N_ ("They are encrypted, and no key was found that opens them. Unlock your keyring and try "
        "again, or open them with the recovery key that you printed or with a file that holds the "
        "key.") },
    { CRM_STORE_ERROR_TOO_NEW,
      "software-update-available-symbolic",
      N_ ("A Newer Version Made This"),
         N_ ("A newer version of CRM has worked with these relations. Update CRM on this laptop, then try "
        "again. Nothing was changed.") },
      { CRM_STORE_ERROR_BUSY,
        "changes-prevent-symbolic",
        N_ ("In Use by Another Program"),
           N_ ("Another program is writing to these relations and did not finish. Close it, or wait until it "
        "is done, then try again.") },
        { CRM_STORE_ERROR_CORRUPT,
          "dialog-warning-symbolic",
          N_ ("The File Is Damaged"),
             N_ ("These relations cannot be read in full. Do not write to the folder any more: copy it, then "
        "restore your latest back-up in a new folder with crm-cli restore.") },
          { CRM_STORE_ERROR_FULL,
            "drive-harddisk-symbolic",
            N_ ("The Disk Is Full"),
               N_ ("There is no room to open the relations. Free some space, then try again. Nothing was lost.") },
          };

static const Words unknown = { CRM_STORE_ERROR_FAILED,
                               "dialog-error-symbolic",
                               N_ ("The Relations Cannot Be Opened"),
                                  N_ ("See the reason below, mend it, then try again.") };

static const Words *
find_words (const GError *error)
{
  for (gsize i = 0; error->domain == CRM_STORE_ERROR && i < G_N_ELEMENTS (known); i++)
    if ((gint) known[i].code == error->code)
      return &known[i];

  return &unknown;
}

static void
retry_cb (CrmOpenErrorPage *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
recover_cb (CrmOpenErrorPage *self)
{
  g_signal_emit (self, signals[RECOVER], 0);
}

static void
key_file_cb (CrmOpenErrorPage *self)
{
  g_signal_emit (self, signals[KEY_FILE], 0);
}

static void
add_button (CrmOpenErrorPage *self, GtkWidget *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "pill");
  if (gtk_widget_get_first_child (box) == NULL)
    gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_buttons (CrmOpenErrorPage *self, const GError *error, const char *dir)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gboolean locked = g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
  g_autofree char *wrapped = locked ? crm_recovery_key_load (dir, NULL) : NULL;

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  add_button (self, box, _("_Try Again"), G_CALLBACK (retry_cb));
  if (wrapped != NULL)
    add_button (self, box, _("Open with the _Recovery Key…"), G_CALLBACK (recover_cb));
  if (locked && crm_replica_exists (dir))
    add_button (self, box, _("Open with a _Key File…"), G_CALLBACK (key_file_cb));

  return box;
}

static GtkWidget *
make_detail (const GError *error, const char *dir)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s", dir, error->message);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");

  return label;
}

static void
crm_open_error_page_class_init (CrmOpenErrorPageClass *klass)
{
  static const char *const names[N_SIGNALS] = { "retry", "recover", "key-file" };

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i],
                               G_TYPE_FROM_CLASS (klass),
                               G_SIGNAL_RUN_LAST,
                               0,
                               NULL,
                               NULL,
                               NULL,
                               G_TYPE_NONE,
                               0);
}

static void
crm_open_error_page_init (CrmOpenErrorPage *self)
{
}

GtkWidget *
crm_open_error_page_new (const GError *error, const char *dir)
{
  CrmOpenErrorPage *self = g_object_new (CRM_TYPE_OPEN_ERROR_PAGE, NULL);
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  const Words *words;

  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (dir != NULL, NULL);

  words = find_words (error);
  gtk_box_append (GTK_BOX (box), make_buttons (self, error, dir));
  gtk_box_append (GTK_BOX (box), make_detail (error, dir));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), words->icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _(words->title));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _(words->advice));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  adw_bin_set_child (ADW_BIN (self), page);

  return GTK_WIDGET (self);
}
