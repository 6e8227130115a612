#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/*
 * The running text of a letter: Markdown (CommonMark, by libcmark) as a flat list of blocks that a
 * page can be filled with. Links become text, images their description, HTML stays visible text;
 * two HTML comments have a meaning, see %CRM_LETTER_SIGNATURE_MARK and %CRM_LETTER_PAGE_MARK.
 */
typedef enum
{
  CRM_LETTER_PARAGRAPH,
  CRM_LETTER_HEADING,
  CRM_LETTER_ITEM,
  CRM_LETTER_CODE,
  CRM_LETTER_RULE,
  CRM_LETTER_SIGNATURE,
  CRM_LETTER_PAGE_BREAK,
} CrmLetterBlockType;

/* Room to sign by hand; between the closing and the name. */
#define CRM_LETTER_SIGNATURE_MARK "<!-- signature -->"
#define CRM_LETTER_PAGE_MARK      "<!-- page -->"

/* Lists and quotations deeper than this stay at this indent. */
#define CRM_LETTER_MAX_INDENT 5

typedef struct
{
  CrmLetterBlockType type;
  /* HEADING: 1 to 6. */
  guint level;
  /* How many steps it stands to the right. */
  guint indent;
  /* ITEM: "•" or "1."; NULL for its further paragraphs and for other blocks. */
  char *marker;
  /* Follows the block before it without a blank line, as items of a tight list do. */
  gboolean tight;
  /* Line breaks are U+2028. */
  char *text;
  /* NULL when all is plain. */
  PangoAttrList *attributes;
} CrmLetterBlock;

void crm_letter_block_free (CrmLetterBlock *self);

/* Never fails: any text is Markdown. Returns: (transfer full) (element-type CrmLetterBlock) */
GPtrArray *crm_letter_text_parse (const char *markdown);

/* Appends @text so that Markdown shows it as it is; its line breaks stay. A #CrmMustacheEscape. */
void crm_letter_text_escape (GString *out, const char *text);

G_END_DECLS
