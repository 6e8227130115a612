#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of moments, Dutch and English, lower case. Each finds what @word means; FALSE when it
 * is none of them. @word: nullable. */

typedef enum
{
  CRM_UNIT_MINUTE = 1,
  CRM_UNIT_HOUR,
  CRM_UNIT_DAY,
  CRM_UNIT_WEEK,
  CRM_UNIT_MONTH,
  CRM_UNIT_YEAR,
} CrmNaturalUnit;

/* 1 is Monday. */
gboolean crm_natural_words_find_weekday (const char *word, int *weekday);
/* 1 is January. */
gboolean crm_natural_words_find_month (const char *word, int *month);
/* "morgen": days from today. */
gboolean crm_natural_words_find_day (const char *word, int *offset);
/* "morgenmiddag": days from today, and an hour. */
gboolean crm_natural_words_find_part (const char *word, int *offset, int *hour);
/* "twee" */
gboolean crm_natural_words_find_number (const char *word, int *number);
/* A #CrmNaturalUnit: "weken". */
gboolean crm_natural_words_find_unit (const char *word, int *unit);

/* @words: joined and surrounded by spaces */
gboolean crm_natural_words_is_one_of (const char *word, const char *words);

G_END_DECLS
