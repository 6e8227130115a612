#pragma once

#include "letters/crm-typesetter.h"

/* Where the text stands, in points. */
#define LEFT   (25 * CRM_MM)
#define RIGHT  (CRM_PAGE_WIDTH - 20 * CRM_MM)
#define TOP    (25 * CRM_MM)
#define BOTTOM (CRM_PAGE_HEIGHT - 27 * CRM_MM)
#define FOOT   (CRM_PAGE_HEIGHT - 14 * CRM_MM)

#define BODY_SIZE   10.5
#define LEADING     14.0
#define INDENT      (6 * CRM_MM)
#define LABEL_WIDTH (33 * CRM_MM)

typedef enum
{
  STYLE_BODY,
  STYLE_HEADING_1,
  STYLE_HEADING_2,
  STYLE_HEADING_3,
  STYLE_CODE,
  STYLE_SUBJECT,
  STYLE_LABEL,
  STYLE_SMALL,
  STYLE_RETURN,
  STYLE_NAME,
  N_STYLES,
} TypeStyle;

typedef struct
{
  PangoLayoutLine *line; /* borrowed from the block's layout */
  double x;
  double top;
  double baseline;
  double height;
} TypeLine;

/* A shaped piece of text; reference counted, one thread. */
typedef struct
{
  PangoLayout *layout;
  TypeLine *lines;
  guint n_lines;
  double height;
  /* The number of the letter that used it last. */
  guint64 used;
} TypeBlock;

TypeBlock *type_block_ref (TypeBlock *self);
void type_block_unref (TypeBlock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TypeBlock, type_block_unref)

/* A piece of the flow, from top to bottom. */
typedef struct
{
  TypeBlock *block;  /* nullable: empty room, or a rule */
  TypeBlock *marker; /* nullable: stands left of the first line */
  double x;
  double marker_x;
  double space_before;
  double room; /* without a block: its height */
  gboolean rule;
  gboolean keep_next;
  gboolean keep_whole;
  gboolean new_page;
} TypePart;

typedef struct
{
  double x;
  double y;    /* of the baseline */
  double rule; /* width of a line to draw; 0 for text */
  double grey;
  PangoLayoutLine *line;
} TypeItem;

struct _CrmLetterPages
{
  GPtrArray *pages;  /* (element-type GArray of TypeItem) */
  GPtrArray *blocks; /* (element-type TypeBlock): keeps the lines alive */
  CrmRect address_ink;
  guint n_lost;
};

struct _CrmTypesetter
{
  CrmLetterSettings *settings;
  PangoFontMap *font_map;
  PangoContext *context;
  PangoFontDescription *fonts[N_STYLES];
  GHashTable *cache; /* key -> TypeBlock */
  GString *key;
  guint64 n_letters;
};

/* Shaped, or what was shaped before. @attributes: nullable. (transfer full) */
TypeBlock *typesetter_shape (CrmTypesetter *self,
                             TypeStyle style,
                             const char *text,
                             PangoAttrList *attributes,
                             double width);
TypeBlock *type_block_new (PangoLayout *layout, double leading);

/* A new empty page at the end. */
void letter_pages_add (CrmLetterPages *self);
void letter_pages_put_line (CrmLetterPages *self,
                            guint page,
                            const TypeLine *line,
                            double x,
                            double top,
                            double grey);
/* All lines of a block. Returns where it ends. */
double letter_pages_put (CrmLetterPages *self,
                         guint page,
                         TypeBlock *block,
                         double x,
                         double top,
                         double grey);
void letter_pages_put_rule (CrmLetterPages *self, guint page, double x, double y, double width);

/* crm-letter-face.c: what surrounds the text. Returns where the text may start. */
double letter_face_set (CrmTypesetter *self, CrmLetterPages *pages, const CrmLetter *letter);
void letter_face_number (CrmTypesetter *self, CrmLetterPages *pages, const CrmLetter *letter);
/* crm-letter-window.c */
void letter_window_set (CrmTypesetter *self, CrmLetterPages *pages, char **address);

/* crm-letter-flow.c: @parts: (element-type TypePart) */
void letter_flow_set (CrmLetterPages *pages, GArray *parts, double top);
