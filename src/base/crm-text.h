#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For comparing and searching: NFKD, no marks, casefolded, "ß" as "ss", "ø" as "o", one space
 * between words, none around. Never NULL; "" for NULL. */
char *crm_text_fold (const char *text);
/* The folded text with all but letters and digits left out: "de Vries" gives "devries". */
char *crm_text_squash (const char *text);
/* NFC, trimmed; NULL when nothing remains. */
char *crm_text_clean (const char *text);
/* NULL and "" alike. */
gboolean crm_text_is_empty (const char *text);

G_END_DECLS
