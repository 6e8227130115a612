#pragma once

#include <gio/gio.h>

/*
 * A file system of a few MiB, in memory, that is really full when it is full. It is mounted in a
 * mount namespace of this process alone, so it wants no rights where user namespaces are allowed,
 * and is gone with the process.
 */

/* Before any thread is started. FALSE where the system does not let us: then skip, and say @why. */
gboolean crm_small_disk_enter (const char **why);
void crm_small_disk_mount (const char *path, guint64 bytes);
void crm_small_disk_unmount (const char *path);
/* Takes all room but @left bytes; FALSE when there is less already. */
gboolean crm_small_disk_fill (const char *path, guint64 left);
/* Gives it back. */
void crm_small_disk_free (const char *path);
