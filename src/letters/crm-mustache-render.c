#include "letters/crm-mustache-private.h"

#include <string.h>

/* A list of a hundred in itself, sixty deep, would run for ever without writing anything. */
#define MAX_STEPS 1000000

typedef struct
{
  const CrmMustacheSource *source;
  GString *out;
  /* (element-type CrmMustacheValue): what the open sections stand for, the innermost last. */
  GPtrArray *stack;
  guint steps;
} Renderer;

CrmMustacheValue *
crm_mustache_value_new (char *text)
{
  CrmMustacheValue *self = g_new0 (CrmMustacheValue, 1);

  self->text = text;
  return self;
}

CrmMustacheValue *
crm_mustache_value_new_list (char *text)
{
  CrmMustacheValue *self = crm_mustache_value_new (text);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_mustache_value_free);
  return self;
}

CrmMustacheValue *
crm_mustache_value_new_object (char *text, gconstpointer object)
{
  CrmMustacheValue *self = crm_mustache_value_new (text);

  self->object = object;
  return self;
}

void
crm_mustache_value_free (CrmMustacheValue *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

/* The first name is looked for from the innermost section outwards. */
static CrmMustacheValue *
look_up_first (Renderer *self, const char *name)
{
  for (guint i = self->stack->len; i > 0; i--)
    {
      const CrmMustacheValue *context = g_ptr_array_index (self->stack, i - 1);
      CrmMustacheValue *found = NULL;

      if (context->object != NULL)
        found = self->source->lookup (context->object, name, self->source->data);
      if (found != NULL)
        return found;
    }

  return self->source->lookup (NULL, name, self->source->data);
}

/* NULL when there is nothing; a chain that breaks half-way is nothing too. */
static CrmMustacheValue *
look_up (Renderer *self, const CrmMustacheNode *node)
{
  g_autoptr (CrmMustacheValue) value = NULL;

  if (node->parts[0] == NULL)
    {
      const CrmMustacheValue *top = self->stack->len > 0
                                        ? g_ptr_array_index (self->stack, self->stack->len - 1)
                                        : NULL;

      if (top == NULL)
        return NULL;
      value = crm_mustache_value_new_object (g_strdup (top->text), top->object);
      value->items = top->items != NULL ? g_ptr_array_ref (top->items) : NULL;
      return g_steal_pointer (&value);
    }

  value = look_up_first (self, node->parts[0]);
  for (guint i = 1; node->parts[i] != NULL && value != NULL; i++)
    {
      CrmMustacheValue *next = NULL;

      if (value->object != NULL)
        next = self->source->lookup (value->object, node->parts[i], self->source->data);
      crm_mustache_value_free (value);
      value = next;
    }

  return g_steal_pointer (&value);
}

static gboolean
is_true (const CrmMustacheValue *value)
{
  if (value == NULL)
    return FALSE;
  if (value->items != NULL)
    return value->items->len > 0;

  return value->object != NULL || (value->text != NULL && *value->text != '\0');
}

static void
render_value (Renderer *self, const CrmMustacheNode *node)
{
  g_autoptr (CrmMustacheValue) value = look_up (self, node);

  if (value == NULL || value->text == NULL || *value->text == '\0')
    {
      if (self->source->empty != NULL)
        self->source->empty (node->text, self->source->data);
      return;
    }

  if (node->type == NODE_ESCAPED && self->source->escape != NULL && !value->verbatim)
    self->source->escape (self->out, value->text);
  else
    g_string_append (self->out, value->text);
}

static gboolean render_nodes (Renderer *self, GPtrArray *nodes, GError **error);

static gboolean
render_inside (Renderer *self,
               const CrmMustacheNode *node,
               const CrmMustacheValue *context,
               GError **error)
{
  gboolean done;

  g_ptr_array_add (self->stack, (gpointer) context);
  done = render_nodes (self, node->children, error);
  g_ptr_array_set_size (self->stack, (int) self->stack->len - 1);

  return done;
}

static gboolean
render_section (Renderer *self, const CrmMustacheNode *node, GError **error)
{
  g_autoptr (CrmMustacheValue) value = look_up (self, node);
  gboolean truth = is_true (value);

  if (node->type == NODE_INVERTED)
    return truth || render_nodes (self, node->children, error);
  if (!truth)
    return TRUE;
  if (value->items == NULL)
    return render_inside (self, node, value, error);

  for (guint i = 0; i < value->items->len; i++)
    if (!render_inside (self, node, g_ptr_array_index (value->items, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
render_node (Renderer *self, const CrmMustacheNode *node, GError **error)
{
  switch (node->type)
    {
    case NODE_TEXT:
      g_string_append (self->out, node->text);
      return TRUE;

    case NODE_ESCAPED:
    case NODE_RAW:
      render_value (self, node);
      return TRUE;

    case NODE_SECTION:
    case NODE_INVERTED:
      return render_section (self, node, error);

    default:
      g_assert_not_reached ();
    }
}

static gboolean
render_nodes (Renderer *self, GPtrArray *nodes, GError **error)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      if (++self->steps > MAX_STEPS || self->out->len > CRM_MUSTACHE_MAX_OUTPUT)
        {
          g_set_error_literal (error,
                               CRM_LETTERS_ERROR,
                               CRM_LETTERS_ERROR_TEMPLATE,
                               "The letter becomes too long; shorten the template or its lists");
          return FALSE;
        }
      if (!render_node (self, g_ptr_array_index (nodes, i), error))
        return FALSE;
    }

  return TRUE;
}

char *
crm_mustache_render (const CrmMustache *self, const CrmMustacheSource *source, GError **error)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  Renderer renderer = { .source = source, .out = out, .stack = stack };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (source != NULL && source->lookup != NULL, NULL);

  if (!render_nodes (&renderer, self->nodes, error))
    return NULL;

  return g_string_free_and_steal (g_steal_pointer (&out));
}
