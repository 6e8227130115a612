#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For comparing and searching: NFKD, no marks, lower case, "ß" as "ss", "ø" as "o", any apostrophe
 * as "'" and dash as "-", one space between words, none around. Folding twice is folding once.
 * Bytes that are no UTF-8 become U+FFFD. Never NULL; "" for NULL. */
char *crm_text_fold (const char *text);
/* The folded text with all but letters and digits left out: "de Vries" gives "devries". */
char *crm_text_squash (const char *text);
/* NFC, trimmed; NULL when nothing remains. */
char *crm_text_clean (const char *text);
/* As g_utf8_strup() and g_utf8_strdown(), but the same in every locale: in a Turkish one those make
 * "İ" of "i". Valid UTF-8. */
char *crm_text_dup_upper (const char *text);
char *crm_text_dup_lower (const char *text);
/* NULL and "" alike. */
gboolean crm_text_is_empty (const char *text);
/* The text as a JSON string (RFC 8259), NULL as null. Valid UTF-8 in gives valid UTF-8 out. */
void crm_text_append_json (GString *json, const char *text);

G_END_DECLS
