#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A field of a kind. The description drives tables, forms, columns, search, import, letters, wire,
 * rights, conflicts and history, so that adding a field is one line in crm-kinds.c.
 *
 * Values are strings in one canonical form everywhere inside the program; empty is NULL:
 *
 *   text, long text, link   as they are (links: the id)
 *   date                    2026-03-01
 *   time                    2026-03-01T08:00:00Z
 *   money                   1190.00
 *   number                  1190 or 11.9
 *   bool                    "true" or NULL
 *   choice                  the value, not its label
 *   set                     members sorted by byte, joined by ";"
 */
typedef enum
{
  CRM_FIELD_TEXT = 1,
  CRM_FIELD_LONG_TEXT,
  CRM_FIELD_DATE,
  CRM_FIELD_TIME,
  CRM_FIELD_MONEY,
  CRM_FIELD_NUMBER,
  CRM_FIELD_BOOL,
  CRM_FIELD_CHOICE,
  CRM_FIELD_SET,
  CRM_FIELD_LINK,
} CrmFieldType;

/* What a value must look like beyond its type. A value that fails is kept, with a warning. */
typedef enum
{
  CRM_CHECK_NONE,
  CRM_CHECK_EMAIL,
  CRM_CHECK_PHONE,
  CRM_CHECK_POSTCODE,
  CRM_CHECK_URL,
  CRM_CHECK_LANGUAGE, /* ISO 639-1 */
  CRM_CHECK_COUNTRY,  /* ISO 3166-1 alpha-2 */
  CRM_CHECK_CHAMBER,  /* Dutch chamber of commerce: 8 digits */
  CRM_CHECK_VAT,
  CRM_CHECK_CURRENCY, /* ISO 4217 */
} CrmCheck;

/* Rights are given per group of fields, at most 16 of them. */
typedef enum
{
  CRM_GROUP_IDENTITY,
  CRM_GROUP_CONTACT,
  CRM_GROUP_ADDRESS,
  CRM_GROUP_PRIVATE,
  CRM_GROUP_COMMERCIAL,
  CRM_GROUP_INTERNAL,
} CrmFieldGroup;

/* How two edits of one field meet. */
typedef enum
{
  CRM_POLICY_KEEP_SERVER,
  CRM_POLICY_MAX,
  CRM_POLICY_SET_UNION,
  CRM_POLICY_TEXT3,
  CRM_POLICY_SERVER_ONLY,
} CrmConflictPolicy;

/* Which group of rows of the form and which card of the page shows the field. */
typedef enum
{
  CRM_SECTION_NAME,
  CRM_SECTION_CONTACT,
  CRM_SECTION_VISITING,
  CRM_SECTION_POSTAL,
  CRM_SECTION_WORK,
  CRM_SECTION_STATUS,
  CRM_SECTION_NOTE,
  CRM_SECTION_HIDDEN,
} CrmSection;

typedef enum
{
  CRM_FIELD_FLAG_NONE = 0,
  /* A choice whose list grows with use: import and forms may add values. */
  CRM_FIELD_OPEN = 1 << 0,
  /* The table view may sort on it, so its column has an index. */
  CRM_FIELD_SORTED = 1 << 1,
  /* Given by the server, once, and unique. */
  CRM_FIELD_UNIQUE = 1 << 2,
  CRM_FIELD_REQUIRED = 1 << 3,
  /* A conflict in it refuses the whole set, when that is to be applied as a whole. */
  CRM_FIELD_GUARDED = 1 << 4,
} CrmFieldFlags;

typedef struct
{
  const char *value;
  const char *label; /* English, marked for translation */
  /* Other words for it in files and on the keyboard, letters and digits only, joined by "|". */
  const char *aliases;
} CrmChoice;

typedef struct
{
  /* Never reused, also not after the field is gone. */
  guint number;
  const char *name;
  /* English, marked for translation. */
  const char *label;
  CrmFieldType type;
  CrmSection section;
  CrmFieldGroup group;
  CrmCheck check;
  CrmConflictPolicy policy;
  CrmFieldFlags flags;
  /* CHOICE: ends with a NULL value. */
  const CrmChoice *choices;
  /* LINK: the kinds it may point at, "person|organisation". */
  const char *target;
  /* Headers of foreign files that mean this field, folded, joined by "|". */
  const char *aliases;
  /* Dutch name in letters; the English one is @name. */
  const char *letter_name;
  /* 0: not searched; higher ranks first. */
  guint weight;
} CrmField;

/* Translated. */
const char *crm_field_get_label (const CrmField *field);
gboolean crm_field_has_flag (const CrmField *field, CrmFieldFlags flag);
/* Translated; @value itself when the list does not have it. */
const char *crm_field_get_choice_label (const CrmField *field, const char *value);
gboolean crm_field_targets (const CrmField *field, const char *kind_name);

/* How sure a header of a file means a field; greater is surer. */
typedef enum
{
  CRM_FIELD_MATCH_NONE,
  CRM_FIELD_MATCH_ALIAS,
  CRM_FIELD_MATCH_LABEL,
  CRM_FIELD_MATCH_NAME,
} CrmFieldMatch;

/* Compared folded, "_" as a space and a last ":" or "*" left out. @header: nullable */
CrmFieldMatch crm_field_match_header (const CrmField *field, const char *header);

G_END_DECLS
