#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_PANES (crm_panes_get_type ())

G_DECLARE_FINAL_TYPE (CrmPanes, crm_panes, CRM, PANES, GtkWidget)

/*
 * A split view whose sidebar can be made wider and narrower, by pulling the edge or by keys, and
 * keeps its width. Libadwaita's split views have no edge to pull; they take a width between a least
 * and a most, so the most is what people choose. The least stays what the template says, and so
 * does the largest part of the window (sidebar-width-fraction): a narrow window still becomes one
 * pane.
 *
 * Properties, each set once: "split" (AdwNavigationSplitView), "setting" (string): the key of the
 * screen's settings with the width, an integer with a range; "label" (string): the edge's name for
 * a screen reader.
 */
/* For keys: the edge takes the focus; FALSE when there is none now. */
gboolean crm_panes_focus_handle (CrmPanes *self);

G_END_DECLS
