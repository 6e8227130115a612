#pragma once

#include <glib.h>

/* Longer text holds no date; it is not worth folding a megabyte. */
#define CRM_DATE_LONGEST 80

/* A time of the day and, when one is written, its distance from UTC. */
typedef struct
{
  int seconds;
  gboolean zoned;
  int offset;
} CrmDayTime;

/* All of @text, folded: what stands behind a date. Nothing is midnight. */
gboolean crm_day_time_parse (const char *text, CrmDayTime *time);
/* Takes a date from the head of folded @text. */
GDate *crm_date_take (const char **text, gboolean month_first);
/* @instant: microseconds since 1970 UTC */
GDateTime *crm_date_to_local (gint64 instant);
