#include "store/demo/crm-demo-maker-private.h"

#include "base/crm-clock.h"

#define DAY ((gint64) 24 * 3600 * G_USEC_PER_SEC)
/* How far back the story goes. */
#define DAYS_BACK 540
/* Relations that have no activity at all: one in so many. */
#define SILENT 5

typedef struct
{
  const char *type;
  const char *const *subjects;
} Sort;

static const Sort sorts[] = {
  { "call", crm_demo_calls },
  { "call", crm_demo_calls },
  { "visit", crm_demo_visits },
  { "letter", crm_demo_letters },
};

/* The company is in Amsterdam, wherever the laptop is, so that all have the same story. */
static GTimeZone *
new_zone (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Europe/Amsterdam");

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

static char *
dup_day (CrmDemoMaker *self, int days)
{
  g_autoptr (GTimeZone) zone = new_zone ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) day = g_date_time_add_days (there, days);

  return g_date_time_format (day, "%Y-%m-%d");
}

/* A moment in office hours, in quarters of an hour, @days from today. */
static char *
dup_moment (CrmDemoMaker *self, int days)
{
  g_autofree char *day = dup_day (self, days);
  g_autofree char *text = g_strdup_printf ("%sT%02u:%02u:00",
                                           day,
                                           9 + crm_demo_maker_roll (self, 8),
                                           15 * crm_demo_maker_roll (self, 4));
  g_autoptr (GTimeZone) zone = new_zone ();
  g_autoptr (GDateTime) there = g_date_time_new_from_iso8601 (text, zone);

  return crm_clock_format (g_date_time_to_unix (there) * G_USEC_PER_SEC);
}

/* 0 on a Monday. */
static guint
get_weekday (CrmDemoMaker *self, int days)
{
  g_autofree char *day = dup_day (self, days);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, day);

  return g_date_get_weekday (&date) - 1;
}

/* People do not call on Sundays. */
static int
to_workday (CrmDemoMaker *self, int days)
{
  guint weekday = get_weekday (self, days);

  return weekday > 4 ? days - (int) (weekday - 4) : days;
}

static CrmRecord *
new_activity (CrmDemoMaker *self,
              CrmRecord *relation,
              const char *type,
              const char *const *subjects,
              guint *number)
{
  CrmRecord *record = crm_demo_maker_new_record (self, "activity", (*number)++);

  crm_record_set (record, "type", type);
  crm_record_set (record, "subject", crm_demo_maker_pick (self, subjects));
  crm_record_set (record, "relation", crm_record_get_id (relation));
  crm_record_set (record, "owner", crm_record_get (relation, "owner"));

  return record;
}

static CrmRecord *
new_past (CrmDemoMaker *self, CrmRecord *relation, int days, guint *number)
{
  const Sort *sort = &sorts[crm_demo_maker_roll (self, G_N_ELEMENTS (sorts))];
  CrmRecord *record = new_activity (self, relation, sort->type, sort->subjects, number);
  g_autofree char *moment = dup_moment (self, days);

  crm_record_set (record, "done", moment);
  if (crm_demo_maker_roll (self, 2) == 0)
    crm_record_set (record, "note", crm_demo_maker_pick (self, crm_demo_reports));

  return record;
}

/* From Monday to Friday of this week: what is past is done, all but one in four. */
static CrmRecord *
new_task (CrmDemoMaker *self, CrmRecord *relation, guint *number)
{
  CrmRecord *record = new_activity (self, relation, "task", crm_demo_tasks, number);
  int days = (int) crm_demo_maker_roll (self, 5) - (int) get_weekday (self, 0);
  g_autofree char *moment = dup_moment (self, days);

  crm_record_set (record, "due", moment);
  if (crm_demo_maker_roll (self, 4) > 0 && days < 0)
    crm_record_set (record, "done", moment);

  return record;
}

static void
note_activity (CrmDemoMaker *self, CrmRecord *relation, int days)
{
  g_autofree char *day = dup_day (self, days);

  if (g_strcmp0 (day, crm_record_get (relation, "last_activity")) > 0)
    crm_record_set (relation, "last_activity", day);
}

/* More of late than long ago: the square of an even chance. */
static int
pick_day (CrmDemoMaker *self)
{
  guint x = crm_demo_maker_roll (self, 1000);

  return to_workday (self, -1 - (int) (x * x * DAYS_BACK / 1000000));
}

GPtrArray *
crm_demo_maker_list_activities (CrmDemoMaker *self, CrmRecord *relation, guint *number)
{
  GPtrArray *activities = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = crm_demo_maker_roll (self, SILENT) == 0 ? 0 : 1 + crm_demo_maker_roll (self, 2);

  for (guint i = 0; i < n; i++)
    {
      int days = pick_day (self);

      g_ptr_array_add (activities, new_past (self, relation, days, number));
      note_activity (self, relation, days);
    }
  if (crm_demo_maker_roll (self, 12) == 0)
    g_ptr_array_add (activities, new_task (self, relation, number));

  return activities;
}
