#include "ui/record/crm-relation-head.h"

#include "ui/record/crm-record-words.h"
#include "ui/record/crm-tag-box.h"

struct _CrmRelationHead
{
  AdwBin parent_instance;

  CrmTagBox *tag_box;

  GtkBox *box;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *subtitle;
  AdwBin *tags;
};

G_DEFINE_FINAL_TYPE (CrmRelationHead, crm_relation_head, ADW_TYPE_BIN)

typedef enum
{
  ADD_TAG,
  REMOVE_TAG,
} CrmRelationHeadSignal;

static guint signals[REMOVE_TAG + 1];

static gboolean
open_link (CrmRelationHead *self, const char *uri)
{
  return gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "s", uri);
}

static void
add_part (GString *line, const char *markup)
{
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, markup);
}

/* "Inkoper · <a>Bakker Techniek B.V.</a>", for an organisation its branch, what it is part of, its
 * town. */
static char *
dup_subtitle (CrmRecord *record, GHashTable *titles)
{
  const CrmKind *kind = crm_record_get_kind (record);
  const char *function = crm_record_peek (record, "function");
  g_autofree char *place = crm_record_words_dup_place (record);
  g_autoptr (GString) line = g_string_new (NULL);

  if (function != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (function, -1);

      add_part (line, escaped);
    }
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *title = g_hash_table_lookup (titles, field->name);
      g_autofree char *link = NULL;

      if (title == NULL)
        continue;
      link = g_markup_printf_escaped ("<a href=\"%s\">%s</a>",
                                      crm_record_get_at (record, i),
                                      title);
      add_part (line, link);
    }
  if (line->len == 0 && place != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (place, -1);

      add_part (line, escaped);
    }

  return g_strdup (line->str);
}

static void
add_tag_cb (CrmRelationHead *self, const char *tag)
{
  g_signal_emit (self, signals[ADD_TAG], 0, tag);
}

static void
remove_tag_cb (CrmRelationHead *self, const char *tag)
{
  g_signal_emit (self, signals[REMOVE_TAG], 0, tag);
}

static void
crm_relation_head_dispose (GObject *object)
{
  /* The bin would take its child away once more. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_RELATION_HEAD);

  G_OBJECT_CLASS (crm_relation_head_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name,
                       CRM_TYPE_RELATION_HEAD,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       1,
                       G_TYPE_STRING);
}

static void
crm_relation_head_class_init (CrmRelationHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_relation_head_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-relation-head.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRelationHead, box);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationHead, avatar);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationHead, name);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationHead, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationHead, tags);
  gtk_widget_class_bind_template_callback (widget_class, open_link);

  signals[ADD_TAG] = add_signal ("add-tag");
  signals[REMOVE_TAG] = add_signal ("remove-tag");
}

static void
crm_relation_head_init (CrmRelationHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CrmRelationHead *
crm_relation_head_new (CrmSuggester *suggester, const CrmKind *kind)
{
  CrmRelationHead *self = g_object_new (CRM_TYPE_RELATION_HEAD, NULL);
  const CrmField *field = crm_kind_find_field (kind, "tags");

  if (field != NULL)
    {
      self->tag_box = crm_tag_box_new (suggester, kind, field);
      g_signal_connect_object (self->tag_box,
                               "add",
                               G_CALLBACK (add_tag_cb),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->tag_box,
                               "remove",
                               G_CALLBACK (remove_tag_cb),
                               self,
                               G_CONNECT_SWAPPED);
      adw_bin_set_child (self->tags, GTK_WIDGET (self->tag_box));
    }
  if (crm_kind_find_field (kind, "surname") == NULL)
    {
      adw_avatar_set_icon_name (self->avatar, crm_kind_get_icon (kind));
      adw_avatar_set_show_initials (self->avatar, FALSE);
    }

  return self;
}

static void
set_label (GtkLabel *label, const char *text, gboolean markup)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) == 0)
    return;
  if (markup)
    gtk_label_set_markup (label, text);
  else
    gtk_label_set_text (label, text);
}

void
crm_relation_head_set_record (CrmRelationHead *self, CrmRecord *record, GHashTable *titles)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (CRM_IS_RELATION_HEAD (self));
  g_return_if_fail (CRM_IS_RECORD (record));

  title = crm_record_dup_title (record);
  subtitle = dup_subtitle (record, titles);
  adw_avatar_set_text (self->avatar, title);
  set_label (self->name, title, FALSE);
  set_label (self->subtitle, subtitle, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle[0] != '\0');
  if (self->tag_box != NULL)
    crm_tag_box_set_value (self->tag_box, crm_record_get (record, "tags"));
}

void
crm_relation_head_set_narrow (CrmRelationHead *self, gboolean narrow)
{
  g_return_if_fail (CRM_IS_RELATION_HEAD (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  adw_avatar_set_size (self->avatar, narrow ? 56 : 72);
}
