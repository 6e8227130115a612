#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory that is freed at once, for the parts of one message. One thread at a time. */
typedef struct _CrmArena CrmArena;

CrmArena *crm_arena_new (void);
void crm_arena_free (CrmArena *self);
/* Zeroed, aligned for any type; NULL for no bytes. */
gpointer crm_arena_alloc (CrmArena *self, gsize n, gsize size);
#define crm_arena_new0(self, type, n) ((type *) crm_arena_alloc (self, n, sizeof (type)))
/* @text: nullable */
char *crm_arena_strdup (CrmArena *self, const char *text);
char *crm_arena_strndup (CrmArena *self, const char *text, gsize length);
/* Frees @data with the arena. */
void crm_arena_own (CrmArena *self, gpointer data, GDestroyNotify destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmArena, crm_arena_free)

G_END_DECLS
