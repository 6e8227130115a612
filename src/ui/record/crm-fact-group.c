#include "ui/record/crm-fact-group.h"

#include "base/crm-text.h"
#include "ui/record/crm-fact-row.h"
#include "ui/record/crm-record-words.h"

#include <glib/gi18n-lib.h>

struct _CrmFactGroup
{
  AdwPreferencesGroup parent_instance;

  CrmSection sections[2];
  GtkListBox *list;
  /* (element-type utf8 CrmFactRow): by name of field; the rows are owned by the list. */
  GHashTable *rows;
  GtkWidget *missing;
  CrmRecord *record;
  GHashTable *titles;
  int position;
};

G_DEFINE_FINAL_TYPE (CrmFactGroup, crm_fact_group, ADW_TYPE_PREFERENCES_GROUP)

/* Shown together as an address. */
static gboolean
is_address_part (const CrmField *field)
{
  static const char *const names[] = { "street",
                                       "house_number",
                                       "house_letter",
                                       "house_addition",
                                       "postcode",
                                       "city",
                                       "country",
                                       "postal_street",
                                       "postal_house_number",
                                       "postal_po_box",
                                       "postal_postcode",
                                       "postal_city",
                                       "postal_country",
                                       NULL };

  return g_strv_contains (names, field->name);
}

static gboolean
is_mine (CrmFactGroup *self, const CrmField *field)
{
  return field->section == self->sections[0] || field->section == self->sections[1];
}

static void
remove_row (CrmFactGroup *self, const char *name)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, name);

  if (row == NULL)
    return;
  g_hash_table_remove (self->rows, name);
  gtk_list_box_remove (self->list, row);
}

/* The row for @name, made at the position where the pass over the fields stands. */
static CrmFactRow *
ensure_row (CrmFactGroup *self, const char *name, const char *label)
{
  CrmFactRow *row = g_hash_table_lookup (self->rows, name);

  if (row == NULL)
    {
      row = crm_fact_row_new (label);
      g_hash_table_insert (self->rows, g_strdup (name), row);
      gtk_list_box_insert (self->list, GTK_WIDGET (row), self->position);
    }
  self->position++;

  return row;
}

static const char *
get_uri_icon (const CrmField *field)
{
  if (field->check == CRM_CHECK_PHONE)
    return "call-start-symbolic";

  return field->check == CRM_CHECK_EMAIL ? "mail-unread-symbolic" : "adw-external-link-symbolic";
}

static void
show_field (CrmFactGroup *self, const CrmField *field)
{
  const char *value = crm_record_get (self->record, field->name);
  const char *linked = g_hash_table_lookup (self->titles, field->name);
  g_autofree char *shown = NULL;
  g_autofree char *uri = NULL;
  CrmFactRow *row;

  if (crm_text_is_empty (value) || field->type == CRM_FIELD_SET)
    {
      remove_row (self, field->name);
      return;
    }

  shown = crm_record_words_dup_value (field, value, linked, 0);
  uri = crm_record_words_dup_uri (field, value);
  row = ensure_row (self, field->name, crm_field_get_label (field));
  crm_fact_row_set_value (row, shown, shown);
  if (field->type == CRM_FIELD_LINK && linked != NULL)
    crm_fact_row_set_action (row, "win.open-record", value, "go-next-symbolic");
  else
    crm_fact_row_set_action (row,
                             uri != NULL ? "relation.open-uri" : NULL,
                             uri,
                             uri != NULL ? get_uri_icon (field) : NULL);
}

static void
show_address (CrmFactGroup *self, gboolean postal)
{
  const char *name = postal ? "*postal" : "*visiting";
  g_autofree char *address = crm_record_words_dup_address (self->record, postal);

  if (address == NULL)
    {
      remove_row (self, name);
      return;
    }

  crm_fact_row_set_value (ensure_row (self,
                                      name,
                                      crm_record_words_get_section (postal ? CRM_SECTION_POSTAL
                                                                           : CRM_SECTION_VISITING)),
                          address,
                          address);
}

static void
add_word (GString *words, const char *word)
{
  if (words->len > 0)
    g_string_append (words, ", ");
  g_string_append (words, word);
}

/* Whether any field of the section with this check is filled; @label: of the first. */
static gboolean
has_any (CrmFactGroup *self, CrmCheck check, const char **label)
{
  const CrmKind *kind = crm_record_get_kind (self->record);

  *label = NULL;
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);

      if (!is_mine (self, field) || field->check != check)
        continue;
      if (crm_record_get_at (self->record, i) != NULL)
        return TRUE;
      if (*label == NULL)
        *label = crm_field_get_label (field);
    }

  return *label == NULL;
}

/* What is needed, or what letters and calls are made with. */
static char *
dup_missing (CrmFactGroup *self)
{
  const CrmKind *kind = crm_record_get_kind (self->record);
  g_autoptr (GString) words = g_string_new (NULL);
  const char *label;

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      gboolean useful = crm_field_has_flag (field, CRM_FIELD_REQUIRED) ||
                        g_str_equal (field->name, "surname") ||
                        g_str_equal (field->name, "form_of_address");

      if (useful && is_mine (self, field) && crm_record_get_at (self->record, i) == NULL)
        add_word (words, crm_field_get_label (field));
    }
  if (self->sections[0] == CRM_SECTION_CONTACT)
    {
      if (!has_any (self, CRM_CHECK_PHONE, &label))
        add_word (words, label);
      if (!has_any (self, CRM_CHECK_EMAIL, &label))
        add_word (words, label);
    }
  if (self->sections[0] == CRM_SECTION_VISITING && g_hash_table_size (self->rows) == 0)
    add_word (words, _("Address"));

  return words->len > 0 ? g_strdup (words->str) : NULL;
}

static void
show_missing (CrmFactGroup *self)
{
  g_autofree char *words = dup_missing (self);
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->missing, words != NULL);
  if (words == NULL)
    return;

  /* Translators: opens the form to fill in what is missing: "Add Phone, E-mail" */
  title = g_strdup_printf (_("Add %s"), words);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->missing), title);
}

static void
crm_fact_group_finalize (GObject *object)
{
  CrmFactGroup *self = CRM_FACT_GROUP (object);

  g_hash_table_unref (self->rows);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (crm_fact_group_parent_class)->finalize (object);
}

static void
crm_fact_group_class_init (CrmFactGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_fact_group_finalize;
}

static void
crm_fact_group_init (CrmFactGroup *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->list = GTK_LIST_BOX (list);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), list);

  self->missing = adw_button_row_new ();
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (self->missing), "list-add-symbolic");
  gtk_widget_add_css_class (self->missing, "crm-missing");
  gtk_list_box_append (self->list, self->missing);
}

static void
add_pencil (CrmFactGroup *self, const char *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");
  g_autofree char *tooltip = NULL;

  /* Translators: opens the form at a group of fields: "Edit Contact" */
  tooltip = g_strdup_printf (_("Edit %s"), title);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "dim-label");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", (gint32) self->sections[0]);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "relation.edit-section");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), button);
}

CrmFactGroup *
crm_fact_group_new (const char *title, CrmSection first, CrmSection second)
{
  CrmFactGroup *self = g_object_new (CRM_TYPE_FACT_GROUP, NULL);

  self->sections[0] = first;
  self->sections[1] = second;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->missing), "i", (gint32) first);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->missing), "relation.edit-section");
  add_pencil (self, title);

  return self;
}

void
crm_fact_group_set_record (CrmFactGroup *self, CrmRecord *record, GHashTable *titles)
{
  const CrmKind *kind;

  g_return_if_fail (CRM_IS_FACT_GROUP (self));
  g_return_if_fail (CRM_IS_RECORD (record));
  g_return_if_fail (titles != NULL);

  g_set_object (&self->record, record);
  self->titles = titles;
  self->position = 0;
  kind = crm_record_get_kind (record);

  if (self->sections[0] == CRM_SECTION_VISITING)
    {
      show_address (self, FALSE);
      show_address (self, TRUE);
    }
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);

      if (is_mine (self, field) && !is_address_part (field))
        show_field (self, field);
    }
  show_missing (self);
  self->titles = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self),
                          g_hash_table_size (self->rows) > 0 ||
                              gtk_widget_get_visible (self->missing));
}
