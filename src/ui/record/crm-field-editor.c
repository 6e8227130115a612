#include "ui/record/crm-field-editor.h"

#include "base/crm-text.h"
#include "model/crm-value.h"
#include "ui/record/crm-field-editors-private.h"
#include "ui/record/crm-field-words.h"
#include "ui/record/crm-record-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const CrmKind *kind;
  const CrmField *field;
  CrmSuggester *suggester;

  GtkWidget *row;
  GtkWidget *note_row;
  GtkLabel *note_label;

  char *base;
  /* The input that shows the base: different means touched. */
  char *untouched;
  char *elsewhere;
} CrmFieldEditorPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CrmFieldEditor, crm_field_editor, G_TYPE_OBJECT)

typedef enum
{
  EDITED,
} CrmFieldEditorSignal;

static guint signals[EDITED + 1];

#define PRIVATE(self) ((CrmFieldEditorPrivate *) crm_field_editor_get_instance_private (self))

static char *
default_parse (CrmFieldEditor *self, const char *input, GError **error)
{
  return crm_value_parse (PRIVATE (self)->field, input, error);
}

static void
crm_field_editor_dispose (GObject *object)
{
  CrmFieldEditorPrivate *priv = PRIVATE (CRM_FIELD_EDITOR (object));

  g_clear_object (&priv->row);
  g_clear_object (&priv->note_row);
  g_clear_object (&priv->suggester);

  G_OBJECT_CLASS (crm_field_editor_parent_class)->dispose (object);
}

static void
crm_field_editor_finalize (GObject *object)
{
  CrmFieldEditorPrivate *priv = PRIVATE (CRM_FIELD_EDITOR (object));

  g_free (priv->base);
  g_free (priv->untouched);
  g_free (priv->elsewhere);

  G_OBJECT_CLASS (crm_field_editor_parent_class)->finalize (object);
}

static void
crm_field_editor_class_init (CrmFieldEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_field_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_field_editor_finalize;
  klass->parse = default_parse;

  signals[EDITED] = g_signal_new ("edited",
                                  CRM_TYPE_FIELD_EDITOR,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
}

static void
crm_field_editor_init (CrmFieldEditor *self)
{
}

static GtkWidget *
make_note_row (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv = PRIVATE (self);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_visible (row, FALSE);
  gtk_widget_add_css_class (row, "crm-note-row");
  priv->note_label = GTK_LABEL (label);

  return row;
}

static GType
type_for (const CrmField *field)
{
  switch (field->type)
    {
    case CRM_FIELD_LONG_TEXT:
      return crm_field_editor_note_get_type ();
    case CRM_FIELD_DATE:
    case CRM_FIELD_TIME:
      return crm_field_editor_date_get_type ();
    case CRM_FIELD_BOOL:
      return crm_field_editor_switch_get_type ();
    case CRM_FIELD_CHOICE:
      return crm_field_has_flag (field, CRM_FIELD_OPEN) ? crm_field_editor_text_get_type ()
                                                        : crm_field_editor_choice_get_type ();
    case CRM_FIELD_SET:
      return crm_field_editor_set_get_type ();
    case CRM_FIELD_LINK:
      return crm_field_editor_link_get_type ();
    case CRM_FIELD_TEXT:
    case CRM_FIELD_MONEY:
    case CRM_FIELD_NUMBER:
    default:
      return crm_field_editor_text_get_type ();
    }
}

CrmFieldEditor *
crm_field_editor_new (CrmSuggester *suggester, const CrmKind *kind, const CrmField *field)
{
  CrmFieldEditor *self;
  CrmFieldEditorPrivate *priv;

  g_return_val_if_fail (CRM_IS_SUGGESTER (suggester), NULL);
  g_return_val_if_fail (kind != NULL && field != NULL, NULL);

  self = g_object_new (type_for (field), NULL);
  priv = PRIVATE (self);
  priv->kind = kind;
  priv->field = field;
  priv->suggester = g_object_ref (suggester);
  priv->row = g_object_ref_sink (CRM_FIELD_EDITOR_GET_CLASS (self)->make_row (self));
  priv->note_row = g_object_ref_sink (make_note_row (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (priv->row),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  priv->note_label,
                                  NULL,
                                  -1);
  priv->untouched = CRM_FIELD_EDITOR_GET_CLASS (self)->dup_input (self);

  return self;
}

const CrmKind *
crm_field_editor_get_kind (CrmFieldEditor *self)
{
  return PRIVATE (self)->kind;
}

const CrmField *
crm_field_editor_get_field (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return PRIVATE (self)->field;
}

CrmSuggester *
crm_field_editor_get_suggester (CrmFieldEditor *self)
{
  return PRIVATE (self)->suggester;
}

GtkWidget *
crm_field_editor_get_row (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return PRIVATE (self)->row;
}

GtkWidget *
crm_field_editor_get_note_row (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return PRIVATE (self)->note_row;
}

const char *
crm_field_editor_get_note (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return gtk_widget_get_visible (PRIVATE (self)->note_row)
             ? gtk_label_get_text (PRIVATE (self)->note_label)
             : NULL;
}

void
crm_field_editor_set_note (CrmFieldEditor *self, const char *note, gboolean stops)
{
  CrmFieldEditorPrivate *priv;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  priv = PRIVATE (self);
  if (note != NULL)
    gtk_label_set_text (priv->note_label, note);
  gtk_widget_set_visible (priv->note_row, note != NULL && gtk_widget_get_visible (priv->row));
  gtk_widget_remove_css_class (GTK_WIDGET (priv->note_label), stops ? "warning" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (priv->note_label), stops ? "error" : "warning");
  if (stops)
    gtk_widget_add_css_class (priv->row, "error");
  else
    gtk_widget_remove_css_class (priv->row, "error");
}

/* The line below the row for the input as it stands. */
static void
update_note (CrmFieldEditor *self)
{
  CrmFieldEditorPrivate *priv = PRIVATE (self);
  g_autofree char *input = CRM_FIELD_EDITOR_GET_CLASS (self)->dup_input (self);
  g_autofree char *value = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  gboolean touched = crm_field_editor_is_touched (self);

  value = touched ? CRM_FIELD_EDITOR_GET_CLASS (self)->parse (self, input, &error)
                  : g_strdup (priv->base);
  if (error != NULL)
    note = crm_field_words_dup_misread (priv->field);
  else if (value != NULL && !crm_value_check (priv->field, value, NULL))
    note = crm_field_words_dup_odd (priv->field);
  else if (touched && priv->elsewhere != NULL)
    note = g_strdup (priv->elsewhere);

  /* A word half typed is not wrong yet: stopping is said when saving. */
  crm_field_editor_set_note (self, note, FALSE);
}

void
crm_field_editor_edited (CrmFieldEditor *self)
{
  if (PRIVATE (self)->row == NULL)
    return;

  update_note (self);
  g_signal_emit (self, signals[EDITED], 0);
}

void
crm_field_editor_set_base (CrmFieldEditor *self, const char *value)
{
  CrmFieldEditorPrivate *priv;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  priv = PRIVATE (self);
  g_set_str (&priv->base, value);
  g_clear_pointer (&priv->elsewhere, g_free);
  CRM_FIELD_EDITOR_GET_CLASS (self)->show (self, value);
  g_free (priv->untouched);
  priv->untouched = CRM_FIELD_EDITOR_GET_CLASS (self)->dup_input (self);
  update_note (self);
}

const char *
crm_field_editor_get_base (CrmFieldEditor *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), NULL);

  return PRIVATE (self)->base;
}

void
crm_field_editor_follow (CrmFieldEditor *self, const char *value)
{
  CrmFieldEditorPrivate *priv;
  g_autofree char *shown = NULL;

  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  priv = PRIVATE (self);
  if (crm_value_equal (priv->base, value))
    return;
  if (!crm_field_editor_is_touched (self))
    {
      crm_field_editor_set_base (self, value);
      return;
    }

  g_set_str (&priv->base, value);
  shown = crm_record_words_dup_value (priv->field, value, NULL, 40);
  g_free (priv->elsewhere);
  if (shown[0] == '\0')
    priv->elsewhere = g_strdup (_("Emptied elsewhere meanwhile; saving keeps what is here"));
  else if (priv->field->type == CRM_FIELD_LINK)
    priv->elsewhere = g_strdup (_("Changed elsewhere meanwhile; saving keeps what is here"));
  else
    priv->elsewhere =
        g_strdup_printf (_("Changed elsewhere meanwhile to “%s”; saving keeps what is here"),
                           shown);
  update_note (self);
}

void
crm_field_editor_fill (CrmFieldEditor *self, const char *value)
{
  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  CRM_FIELD_EDITOR_GET_CLASS (self)->show (self, value);
  crm_field_editor_edited (self);
}

gboolean
crm_field_editor_is_touched (CrmFieldEditor *self)
{
  g_autofree char *input = NULL;

  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), FALSE);

  input = CRM_FIELD_EDITOR_GET_CLASS (self)->dup_input (self);

  return g_strcmp0 (input, PRIVATE (self)->untouched) != 0;
}

gboolean
crm_field_editor_dup_value (CrmFieldEditor *self, char **value)
{
  CrmFieldEditorPrivate *priv;
  g_autoptr (GError) error = NULL;
  g_autofree char *input = NULL;

  g_return_val_if_fail (CRM_IS_FIELD_EDITOR (self), FALSE);

  priv = PRIVATE (self);
  *value = NULL;
  if (!crm_field_editor_is_touched (self))
    {
      *value = g_strdup (priv->base);
      return TRUE;
    }

  input = CRM_FIELD_EDITOR_GET_CLASS (self)->dup_input (self);
  *value = CRM_FIELD_EDITOR_GET_CLASS (self)->parse (self, input, &error);

  return error == NULL;
}

CrmRecord *
crm_field_editor_get_draft (CrmFieldEditor *self)
{
  CrmFieldEditorClass *klass = CRM_FIELD_EDITOR_GET_CLASS (self);

  return klass->get_draft != NULL ? klass->get_draft (self) : NULL;
}

void
crm_field_editor_focus (CrmFieldEditor *self)
{
  g_return_if_fail (CRM_IS_FIELD_EDITOR (self));

  gtk_widget_grab_focus (PRIVATE (self)->row);
}
