#include "server/crm-server-segments.h"

#include "base/crm-clock.h"
#include "server/crm-server-error.h"

#include <errno.h>
#include <glib/gstdio.h>

#define SUFFIX ".segment"

struct _CrmServerSegments
{
  char *dir;
  gint64 generation;
  gint64 began;
};

/* Only what is ours: a folder of that name may have other uses. */
static void
forget_all (CrmServerSegments *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      {
        g_autofree char *path = g_build_filename (self->dir, name, NULL);

        g_unlink (path);
      }
}

CrmServerSegments *
crm_server_segments_new (const char *dir, GError **error)
{
  CrmServerSegments *self;

  g_return_val_if_fail (dir != NULL, NULL);

  if (g_mkdir_with_parents (dir, 0700) != 0 || g_chmod (dir, 0700) != 0)
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_FAILED,
                   "“%s” cannot be made: %s",
                   dir,
                   g_strerror (errno));
      return NULL;
    }

  self = g_new0 (CrmServerSegments, 1);
  self->dir = g_strdup (dir);
  forget_all (self);

  return self;
}

void
crm_server_segments_free (CrmServerSegments *self)
{
  if (self == NULL)
    return;

  forget_all (self);
  g_free (self->dir);
  g_free (self);
}

gint64
crm_server_segments_get_generation (const CrmServerSegments *self)
{
  return self->generation;
}

gint64
crm_server_segments_get_age (const CrmServerSegments *self)
{
  return crm_clock_get_monotonic () - self->began;
}

void
crm_server_segments_begin (CrmServerSegments *self, gint64 seq)
{
  forget_all (self);
  self->generation = seq;
  self->began = crm_clock_get_monotonic ();
}

static char *
make_path (CrmServerSegments *self, const char *key)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strconcat (hash, SUFFIX, NULL);

  return g_build_filename (self->dir, name, NULL);
}

GBytes *
crm_server_segments_load (CrmServerSegments *self, const char *key)
{
  g_autofree char *path = make_path (self, key);
  char *bytes;
  gsize size;

  return g_file_get_contents (path, &bytes, &size, NULL) ? g_bytes_new_take (bytes, size) : NULL;
}

void
crm_server_segments_store (CrmServerSegments *self, const char *key, GBytes *packed)
{
  g_autofree char *path = make_path (self, key);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (packed, &size);

  /* Whole or not there, but not synced: it is made again when it is lost. */
  if (!g_file_set_contents_full (path,
                                 bytes,
                                 (gssize) size,
                                 G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600,
                                 &error))
    g_info ("A segment was not kept: %s", error->message);
}
