#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether @code, an errno, says that no more can be written: no space, over quota, over a limit. */
gboolean crm_file_error_is_full (int code);
/* What the user can do about @code, to stand behind a message: "; make room …", or "". */
const char *crm_file_error_get_advice (int code);
/* Sets the %G_IO_ERROR of @code: "“PATH” cannot be written: …; what to do". Always FALSE. */
gboolean crm_file_error_set (GError **error, const char *path, int code);
/*
 * crm_file_error_blame:
 *
 * For an error of writing a file under a name of ours: @path, which the user asked for, takes the
 * place of @partial, or goes in front, and advice behind. Not for a cancelled operation. Always
 * FALSE.
 */
gboolean crm_file_error_blame (GError **error, const char *path, const char *partial);

G_END_DECLS
