#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/*
 * crm_word_marks_new:
 * @text: what is shown
 * @other: (nullable): what it differs from
 *
 * Marks the words of @text that @other does not have in that place (longest common subsequence of
 * words), bold and underlined, so that it is seen without colours. Of very long texts the part
 * between equal start and end is marked whole.
 *
 * Returns: (transfer full): without marks when nothing, or all of it, differs
 */
PangoAttrList *crm_word_marks_new (const char *text, const char *other);

G_END_DECLS
