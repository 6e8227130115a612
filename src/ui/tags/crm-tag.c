#include "ui/tags/crm-tag.h"

#include "base/crm-text.h"

struct _CrmTag
{
  GObject parent_instance;

  char *name;
  char *folded;
  guint n_relations;
  char *id;
  char *explanation;
};

G_DEFINE_FINAL_TYPE (CrmTag, crm_tag, G_TYPE_OBJECT)

static void
crm_tag_finalize (GObject *object)
{
  CrmTag *self = CRM_TAG (object);

  g_free (self->name);
  g_free (self->folded);
  g_free (self->id);
  g_free (self->explanation);

  G_OBJECT_CLASS (crm_tag_parent_class)->finalize (object);
}

static void
crm_tag_class_init (CrmTagClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_tag_finalize;
}

static void
crm_tag_init (CrmTag *self)
{
}

CrmTag *
crm_tag_new (const char *name, guint n_relations, const char *id, const char *explanation)
{
  CrmTag *self;

  g_return_val_if_fail (!crm_text_is_empty (name), NULL);

  self = g_object_new (CRM_TYPE_TAG, NULL);
  self->name = g_strdup (name);
  self->folded = crm_text_fold (name);
  self->n_relations = n_relations;
  self->id = g_strdup (id);
  self->explanation = g_strdup (explanation);

  return self;
}

const char *
crm_tag_get_name (CrmTag *self)
{
  g_return_val_if_fail (CRM_IS_TAG (self), NULL);

  return self->name;
}

guint
crm_tag_get_n_relations (CrmTag *self)
{
  g_return_val_if_fail (CRM_IS_TAG (self), 0);

  return self->n_relations;
}

const char *
crm_tag_get_id (CrmTag *self)
{
  g_return_val_if_fail (CRM_IS_TAG (self), NULL);

  return self->id;
}

const char *
crm_tag_get_explanation (CrmTag *self)
{
  g_return_val_if_fail (CRM_IS_TAG (self), NULL);

  return self->explanation;
}

gboolean
crm_tag_equal (CrmTag *a, CrmTag *b)
{
  g_return_val_if_fail (CRM_IS_TAG (a), FALSE);
  g_return_val_if_fail (CRM_IS_TAG (b), FALSE);

  return g_str_equal (a->name, b->name) && a->n_relations == b->n_relations &&
         g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->explanation, b->explanation) == 0;
}

int
crm_tag_compare (CrmTag *a, CrmTag *b)
{
  int order;

  g_return_val_if_fail (CRM_IS_TAG (a), 0);
  g_return_val_if_fail (CRM_IS_TAG (b), 0);

  order = strcmp (a->folded, b->folded);

  return order != 0 ? order : strcmp (a->name, b->name);
}

char *
crm_tag_dup_clean_name (const char *text)
{
  char *name = crm_text_clean (text);

  return name != NULL ? g_strdelimit (name, ";\n", ',') : NULL;
}
