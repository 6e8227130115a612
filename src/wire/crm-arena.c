#include "wire/crm-arena.h"

#include <string.h>

#define FIRST_BLOCK 4096
#define LARGE_BLOCK (256 * 1024)
#define ALIGNMENT   (sizeof (gpointer) * 2)

typedef struct
{
  gpointer data;
  GDestroyNotify destroy;
} Owned;

struct _CrmArena
{
  GPtrArray *blocks;
  GArray *owned;
  guint8 *next;
  gsize left;
  gsize block_size;
};

CrmArena *
crm_arena_new (void)
{
  CrmArena *self = g_new0 (CrmArena, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->owned = g_array_new (FALSE, FALSE, sizeof (Owned));
  self->block_size = FIRST_BLOCK;

  return self;
}

void
crm_arena_free (CrmArena *self)
{
  if (self == NULL)
    return;

  for (guint i = self->owned->len; i-- > 0;)
    {
      const Owned *owned = &g_array_index (self->owned, Owned, i);

      owned->destroy (owned->data);
    }
  g_array_unref (self->owned);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

static void
add_block (CrmArena *self, gsize size)
{
  self->left = MAX (size, self->block_size);
  self->next = g_malloc (self->left);
  g_ptr_array_add (self->blocks, self->next);
  self->block_size = MIN (self->block_size * 4, LARGE_BLOCK);
}

static gpointer
take (CrmArena *self, gsize size)
{
  gpointer taken;

  if (size > self->left)
    add_block (self, size);
  taken = self->next;
  self->next += size;
  self->left -= size;

  return taken;
}

gpointer
crm_arena_alloc (CrmArena *self, gsize n, gsize size)
{
  gsize total;
  gsize misaligned;
  gpointer taken;

  g_return_val_if_fail (self != NULL, NULL);

  if (n == 0)
    return NULL;
  if (!g_size_checked_mul (&total, n, size))
    g_error ("An arena cannot hold %" G_GSIZE_FORMAT " items", n);

  misaligned = (guintptr) self->next % ALIGNMENT;
  if (misaligned != 0)
    take (self, MIN (ALIGNMENT - misaligned, self->left));
  taken = take (self, total);
  memset (taken, 0, total);

  return taken;
}

char *
crm_arena_strndup (CrmArena *self, const char *text, gsize length)
{
  char *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = take (self, length + 1);
  memcpy (copy, text, length);
  copy[length] = '\0';

  return copy;
}

char *
crm_arena_strdup (CrmArena *self, const char *text)
{
  return text != NULL ? crm_arena_strndup (self, text, strlen (text)) : NULL;
}

void
crm_arena_own (CrmArena *self, gpointer data, GDestroyNotify destroy)
{
  const Owned owned = { data, destroy };

  g_return_if_fail (self != NULL);
  g_return_if_fail (destroy != NULL);

  g_array_append_val (self->owned, owned);
}
