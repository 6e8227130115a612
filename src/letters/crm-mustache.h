#pragma once

#include "letters/crm-letters-error.h"

G_BEGIN_DECLS

/*
 * Mustache without lambdas, partials and other delimiters, by the public specification
 * (https://github.com/mustache/spec: interpolation, sections, inverted, comments, with the rules
 * for tags that stand alone on a line):
 *
 *   {{name}}  {{{raw}}}  {{&raw}}  {{#section}}…{{/section}}  {{^inverted}}…{{/inverted}}  {{!
 * comment}}
 *
 * Parsed text is immutable, so any thread may render it. Text may come from anyone: nesting, work
 * and output are limited.
 */
typedef struct _CrmMustache CrmMustache;

/* Sections deeper than this are refused. */
#define CRM_MUSTACHE_MAX_DEPTH 64
/* More output than this, in bytes, is refused. */
#define CRM_MUSTACHE_MAX_OUTPUT (4 * 1024 * 1024)

typedef struct _CrmMustacheValue CrmMustacheValue;

struct _CrmMustacheValue
{
  /* How it reads when interpolated; NULL or "" is empty. */
  char *text;
  /* (element-type CrmMustacheValue) (nullable): a section repeats for each. */
  GPtrArray *items;
  /* (nullable): what dotted names and the inside of a section look into; borrowed. */
  gconstpointer object;
  /* The text is in the output's language already and is not escaped. */
  gboolean verbatim;
};

/* @text: (transfer full) (nullable) */
CrmMustacheValue *crm_mustache_value_new (char *text);
CrmMustacheValue *crm_mustache_value_new_list (char *text);
CrmMustacheValue *crm_mustache_value_new_object (char *text, gconstpointer object);
void crm_mustache_value_free (CrmMustacheValue *self);

/*
 * CrmMustacheLookup:
 * @object: (nullable): what an earlier value carried; NULL for the outermost names
 *
 * Returns: (transfer full) (nullable): NULL when @object has no such name
 */
typedef CrmMustacheValue *(*CrmMustacheLookup) (gconstpointer object,
                                                const char *name,
                                                gpointer data);
/* Appends @text so that it reads as itself in the output's language. */
typedef void (*CrmMustacheEscape) (GString *out, const char *text);

typedef struct
{
  CrmMustacheLookup lookup;
  /* nullable: {{name}} is raw too. */
  CrmMustacheEscape escape;
  /* nullable: told of each {{name}} that was reached and gave nothing. */
  void (*empty) (const char *name, gpointer data);
  gpointer data;
} CrmMustacheSource;

/* Where a name stands in the text; lines and columns (in characters) from 1. */
typedef struct
{
  const char *name;
  guint line;
  guint column;
  gsize offset;
  gboolean section;
} CrmMustacheName;

/* Fails with %CRM_LETTERS_ERROR_TEMPLATE; the message names line and column. @text: NULL is "". */
CrmMustache *crm_mustache_parse (const char *text, GError **error);
void crm_mustache_free (CrmMustache *self);
/* In the order of the text, each time it is used. Returns: (element-type CrmMustacheName) */
GPtrArray *crm_mustache_get_names (const CrmMustache *self);
/* Fails with %CRM_LETTERS_ERROR_TEMPLATE when a limit is passed. */
char *
crm_mustache_render (const CrmMustache *self, const CrmMustacheSource *source, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMustache, crm_mustache_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMustacheValue, crm_mustache_value_free)

G_END_DECLS
