#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An action that the list of keys tells about. */
typedef struct
{
  const char *group;  /* heading above it; NULL for that of the one before */
  const char *label;  /* what it does */
  const char *action; /* whose keys the application knows; NULL when they are @keys */
  const char *keys;   /* those that a widget keeps for itself, "Return" */
} CrmShortcut;

/* In the order of the dialog; not translated. */
const CrmShortcut *crm_shortcuts_dialog_list (guint *n_shortcuts);

/* Which keys do what, as @application has them. @application: nullable, then only those of widgets.
 */
AdwDialog *crm_shortcuts_dialog_new (GtkApplication *application);

G_END_DECLS
