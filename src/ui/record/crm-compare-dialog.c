#include "ui/record/crm-compare-dialog.h"

#include "model/crm-value.h"
#include "ui/record/crm-record-words.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_cell (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_field (GtkGrid *grid, int *line, const CrmField *field, const char *a, const char *b)
{
  g_autofree char *left = crm_record_words_dup_value (field, a, NULL, 200);
  g_autofree char *right = crm_record_words_dup_value (field, b, NULL, 200);
  const char *mark = crm_value_equal (a, b) ? "dim-label" : "crm-differs";

  if ((a == NULL && b == NULL) || field->type == CRM_FIELD_LINK)
    return;

  gtk_grid_attach (grid, make_cell (crm_field_get_label (field), "caption"), 0, *line, 2, 1);
  gtk_grid_attach (grid, make_cell (left[0] != '\0' ? left : "—", mark), 0, *line + 1, 1, 1);
  gtk_grid_attach (grid, make_cell (right[0] != '\0' ? right : "—", mark), 1, *line + 1, 1, 1);
  *line += 2;
}

static GtkWidget *
make_open_button (CrmRecord *record)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Open"));
  g_autofree char *title = crm_record_dup_title (record);
  g_autofree char *tooltip = g_strdup_printf (_("Open %s"), title);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", crm_record_get_id (record));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-record");

  return button;
}

static GtkWidget *
make_grid (CrmRecord *shown, CrmRecord *other)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  const CrmKind *kind = crm_record_get_kind (shown);
  g_autofree char *left = crm_record_dup_title (shown);
  g_autofree char *right = crm_record_dup_title (other);
  int line = 1;

  gtk_grid_set_column_homogeneous (grid, TRUE);
  gtk_grid_set_column_spacing (grid, 18);
  gtk_grid_set_row_spacing (grid, 6);
  gtk_widget_set_margin_start (GTK_WIDGET (grid), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (grid), 18);
  gtk_widget_set_margin_top (GTK_WIDGET (grid), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (grid), 18);
  gtk_grid_attach (grid, make_cell (left, "heading"), 0, 0, 1, 1);
  gtk_grid_attach (grid, make_cell (right, "heading"), 1, 0, 1, 1);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    add_field (grid,
               &line,
               crm_kind_get_field (kind, i),
               crm_record_get_at (shown, i),
               crm_record_get_at (other, i));

  return GTK_WIDGET (grid);
}

AdwDialog *
crm_compare_dialog_new (CrmRecord *shown, CrmRecord *other)
{
  AdwDialog *dialog;
  GtkWidget *view;
  GtkWidget *header;
  GtkWidget *scrolled;

  g_return_val_if_fail (CRM_IS_RECORD (shown), NULL);
  g_return_val_if_fail (CRM_IS_RECORD (other), NULL);
  g_return_val_if_fail (crm_record_get_kind (shown) == crm_record_get_kind (other), NULL);

  dialog = adw_dialog_new ();
  adw_dialog_set_title (dialog, _("Perhaps the Same"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 560);

  header = adw_header_bar_new ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_open_button (other));
  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), make_grid (shown, other));
  view = adw_toolbar_view_new ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
