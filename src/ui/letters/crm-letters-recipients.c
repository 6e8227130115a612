#include "ui/letters/crm-letters-recipients.h"

#include "ui/relations/crm-filter-popover.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmLettersRecipients
{
  AdwPreferencesGroup parent_instance;

  CrmModel *model;
  CrmFilterPopover *popover;
  gboolean filling; /* the filter changes without anybody asking */

  AdwActionRow *row;
  GtkMenuButton *filter_button;
  GtkEditable *expression_row;
};

G_DEFINE_FINAL_TYPE (CrmLettersRecipients, crm_letters_recipients, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  QUERY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* @where: nullable, all of @kinds; @words: what people read about it. */
static void
ask (CrmLettersRecipients *self, const char *kinds, const CrmExpr *where, const char *words)
{
  g_autoptr (CrmQuery) query = crm_query_new (kinds);

  crm_query_set_where (query, where);
  adw_action_row_set_subtitle (self->row, words);
  g_signal_emit (self, signals[QUERY], 0, query);
}

static void
filter_changed_cb (CrmLettersRecipients *self)
{
  g_autoptr (CrmFilter) filter = crm_filter_popover_dup_filter (self->popover);
  g_autoptr (CrmExpr) where = crm_filter_to_expr (filter);
  g_autofree char *words = crm_filter_popover_dup_words (self->popover);

  if (self->filling)
    return;
  if (words != NULL)
    {
      ask (self, crm_filter_popover_get_kinds (self->popover), where, words);
      return;
    }
  /* A condition that waits for its value chooses nobody yet, and does not write to everybody. */
  if (crm_filter_get_n_terms (filter) > 0)
    return;

  adw_action_row_set_subtitle (self->row, "");
  g_signal_emit (self, signals[QUERY], 0, NULL);
}

static void
clear_filter (CrmLettersRecipients *self)
{
  self->filling = TRUE;
  crm_filter_popover_set (self->popover, "relation", NULL);
  self->filling = FALSE;
}

static void
expression_cb (CrmLettersRecipients *self)
{
  const char *text = gtk_editable_get_text (self->expression_row);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmExpr) where = crm_expr_parse (text, &error);

  if (where == NULL || !crm_expr_check (where, self->model, &error))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->expression_row), "error");
      crm_toast_show_error (GTK_WIDGET (self), _("This filter cannot be read"), error);
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (self->expression_row), "error");
  clear_filter (self);
  ask (self, "relation", where, text);
}

static void
crm_letters_recipients_dispose (GObject *object)
{
  CrmLettersRecipients *self = CRM_LETTERS_RECIPIENTS (object);

  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_LETTERS_RECIPIENTS);
  g_clear_pointer (&self->model, crm_model_unref);

  G_OBJECT_CLASS (crm_letters_recipients_parent_class)->dispose (object);
}

static void
crm_letters_recipients_class_init (CrmLettersRecipientsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_letters_recipients_dispose;

  signals[QUERY] = g_signal_new ("query",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/letters/"
                                               "crm-letters-recipients.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmLettersRecipients, row);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersRecipients, filter_button);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersRecipients, expression_row);
  gtk_widget_class_bind_template_callback (widget_class, expression_cb);
}

static void
crm_letters_recipients_init (CrmLettersRecipients *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CrmLettersRecipients *
crm_letters_recipients_new (CrmModel *model)
{
  CrmLettersRecipients *self;

  g_return_val_if_fail (model != NULL, NULL);

  self = g_object_new (CRM_TYPE_LETTERS_RECIPIENTS, NULL);
  self->model = crm_model_ref (model);
  self->popover = CRM_FILTER_POPOVER (crm_filter_popover_new (model));
  g_signal_connect_object (self->popover,
                           "changed",
                           G_CALLBACK (filter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (self->filter_button, GTK_WIDGET (self->popover));
  crm_letters_recipients_set_n (self, 0);

  return self;
}

void
crm_letters_recipients_set_n (CrmLettersRecipients *self, guint n)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CRM_IS_LETTERS_RECIPIENTS (self));

  text = n == 0 ? g_strdup (_("Nobody yet"))
                : g_strdup_printf (ngettext ("%'u relation", "%'u relations", n), n);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), text);
}

void
crm_letters_recipients_show_chosen (CrmLettersRecipients *self)
{
  g_return_if_fail (CRM_IS_LETTERS_RECIPIENTS (self));

  clear_filter (self);
  adw_action_row_set_subtitle (self->row, _("Chosen in the list"));
}

void
crm_letters_recipients_choose_everybody (CrmLettersRecipients *self)
{
  g_return_if_fail (CRM_IS_LETTERS_RECIPIENTS (self));

  clear_filter (self);
  ask (self, "relation", NULL, _("Everybody"));
}

void
crm_letters_recipients_open_filter (CrmLettersRecipients *self)
{
  g_return_if_fail (CRM_IS_LETTERS_RECIPIENTS (self));

  gtk_menu_button_popup (self->filter_button);
}
