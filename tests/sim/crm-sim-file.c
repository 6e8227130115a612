#include "crm-sim-file.h"

#include <string.h>

#define PAGE   4096
#define SECTOR 512

typedef struct
{
  int refs;
  guint8 bytes[PAGE];
} Page;

/* The whole content at one time. */
typedef struct
{
  GPtrArray *pages; /* (element-type Page) (nullable elements): NULL is zeros */
  gint64 size;
} Image;

/* At most a sector; or, without bytes, a new size. */
typedef struct
{
  gint64 offset;
  guint size;
  guint8 *bytes;
} Write;

struct _CrmSimFile
{
  int refs;
  Image now;
  Image durable;
  gboolean name_is_durable;
  /* (element-type Write): since the last sync, in order. */
  GArray *writes;
};

static void
drop_page (gpointer data)
{
  Page *page = data;

  if (page != NULL && --page->refs == 0)
    g_free (page);
}

static void
image_init (Image *image)
{
  image->pages = g_ptr_array_new_with_free_func (drop_page);
  image->size = 0;
}

static void
image_assign (Image *image, const Image *from)
{
  g_ptr_array_set_size (image->pages, 0);
  for (guint i = 0; i < from->pages->len; i++)
    {
      Page *page = g_ptr_array_index (from->pages, i);

      if (page != NULL)
        page->refs++;
      g_ptr_array_add (image->pages, page);
    }
  image->size = from->size;
}

/* One that nobody shares. */
static Page *
image_own_page (Image *image, guint index)
{
  Page *page;
  Page *own;

  if (index >= image->pages->len)
    g_ptr_array_set_size (image->pages, (int) index + 1);

  page = g_ptr_array_index (image->pages, index);
  if (page != NULL && page->refs == 1)
    return page;

  own = g_new0 (Page, 1);
  own->refs = 1;
  if (page != NULL)
    memcpy (own->bytes, page->bytes, PAGE);
  drop_page (page);
  g_ptr_array_index (image->pages, index) = own;

  return own;
}

static void
image_write (Image *image, const guint8 *bytes, gint64 offset, guint size)
{
  image->size = MAX (image->size, offset + size);
  while (size > 0)
    {
      const guint start = (guint) (offset % PAGE);
      const guint part = MIN (size, PAGE - start);

      memcpy (image_own_page (image, (guint) (offset / PAGE))->bytes + start, bytes, part);
      bytes += part;
      offset += part;
      size -= part;
    }
}

static void
image_truncate (Image *image, gint64 size)
{
  const guint n_pages = (guint) ((size + PAGE - 1) / PAGE);

  if (n_pages < image->pages->len)
    g_ptr_array_set_size (image->pages, (int) n_pages);
  if (size < image->size && size % PAGE != 0 && n_pages <= image->pages->len)
    memset (image_own_page (image, n_pages - 1)->bytes + size % PAGE, 0, PAGE - size % PAGE);
  image->size = size;
}

static void
clear_write (gpointer data)
{
  g_free (((Write *) data)->bytes);
}

CrmSimFile *
crm_sim_file_new (void)
{
  CrmSimFile *self = g_new0 (CrmSimFile, 1);

  self->refs = 1;
  image_init (&self->now);
  image_init (&self->durable);
  self->writes = g_array_new (FALSE, FALSE, sizeof (Write));
  g_array_set_clear_func (self->writes, clear_write);

  return self;
}

CrmSimFile *
crm_sim_file_ref (CrmSimFile *self)
{
  self->refs++;

  return self;
}

void
crm_sim_file_unref (CrmSimFile *self)
{
  if (--self->refs > 0)
    return;

  g_ptr_array_unref (self->now.pages);
  g_ptr_array_unref (self->durable.pages);
  g_array_unref (self->writes);
  g_free (self);
}

CrmSimFile *
crm_sim_file_copy (CrmSimFile *self)
{
  CrmSimFile *copy = crm_sim_file_new ();

  image_assign (&copy->now, &self->now);
  crm_sim_file_sync (copy);

  return copy;
}

gint64
crm_sim_file_get_size (CrmSimFile *self)
{
  return self->now.size;
}

gboolean
crm_sim_file_read (CrmSimFile *self, guint8 *bytes, gint64 offset, guint size)
{
  const gint64 there = CLAMP (self->now.size - offset, 0, size);
  guint done = 0;

  memset (bytes, 0, size);
  while (done < there)
    {
      const guint index = (guint) ((offset + done) / PAGE);
      const guint start = (guint) ((offset + done) % PAGE);
      const guint part = MIN ((guint) there - done, PAGE - start);
      const Page *page = index < self->now.pages->len ? g_ptr_array_index (self->now.pages, index)
                                                      : NULL;

      if (page != NULL)
        memcpy (bytes + done, page->bytes + start, part);
      done += part;
    }

  return there == size;
}

void
crm_sim_file_write (CrmSimFile *self, const guint8 *bytes, gint64 offset, guint size)
{
  image_write (&self->now, bytes, offset, size);

  while (size > 0)
    {
      const guint part = MIN (size, SECTOR - (guint) (offset % SECTOR));
      const Write write = { offset, part, g_memdup2 (bytes, part) };

      g_array_append_val (self->writes, write);
      bytes += part;
      offset += part;
      size -= part;
    }
}

void
crm_sim_file_truncate (CrmSimFile *self, gint64 size)
{
  const Write write = { size, 0, NULL };

  image_truncate (&self->now, size);
  g_array_append_val (self->writes, write);
}

void
crm_sim_file_sync (CrmSimFile *self)
{
  image_assign (&self->durable, &self->now);
  g_array_set_size (self->writes, 0);
  self->name_is_durable = TRUE;
}

void
crm_sim_file_sync_name (CrmSimFile *self)
{
  self->name_is_durable = TRUE;
}

gboolean
crm_sim_file_lose_power (CrmSimFile *self, guint kept, CrmSimRandom *random)
{
  const guint torn = crm_sim_random_below (random, 2 * self->writes->len + 1);

  for (guint i = 0; i < self->writes->len; i++)
    {
      const Write *write = &g_array_index (self->writes, Write, i);

      if (i == torn && write->bytes != NULL)
        image_write (&self->durable,
                     write->bytes,
                     write->offset,
                     crm_sim_random_below (random, write->size));
      else if (!crm_sim_random_chance (random, kept))
        continue;
      else if (write->bytes != NULL)
        image_write (&self->durable, write->bytes, write->offset, write->size);
      else
        image_truncate (&self->durable, write->offset);
    }

  image_assign (&self->now, &self->durable);
  g_array_set_size (self->writes, 0);

  self->name_is_durable = self->name_is_durable || crm_sim_random_chance (random, 50);

  return self->name_is_durable;
}
