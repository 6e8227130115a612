#include "report/crm-report-week.h"

#include "base/crm-clock.h"
#include "base/crm-text.h"
#include "store/log/crm-made.h"
#include "store/query/crm-query.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define MAX_DAYS 3660
/* A table is read whole; a period of ten years of everybody must still fit in memory. */
#define MAX_ROWS  10000
#define MAX_NEXT  20
#define DATE_SIZE 11

static const struct
{
  const char *type;
  const char *name;
  const char *label;
} types[] = {
  { "call", "calls", N_ ("Calls") },   { "visit", "visits", N_ ("Visits") },
  { "letter", "letters", N_ ("Letters") }, { "email", "emails", N_ ("E-mails") },
  { "task", "tasks", N_ ("Tasks done") },
};

typedef struct
{
  CrmReplica *replica;
  CrmReport *report;
  GDate from;
  guint n_days;
  char *user;         /* folded; nullable: everybody */
  gboolean ownerless; /* what has no owner counts too */
  CrmReportTable *done;
  CrmReportTable *next;
  CrmReportTable *made;
} Week;

static gboolean
parse_date (const char *text, GDate *date, GError **error)
{
  int year, month, day;
  char rest;

  if (text != NULL && strlen (text) == 10 &&
      sscanf (text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3 && year > 0 && month > 0 &&
      day > 0 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    {
      g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
      return TRUE;
    }

  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_INVALID_ARGUMENT,
               "“%s” is no date; write it as 2024-03-05",
               text);
  return FALSE;
}

static char *
dup_date (const GDate *date)
{
  char text[DATE_SIZE];

  g_date_strftime (text, sizeof text, "%Y-%m-%d", date);
  return g_strdup (text);
}

static gboolean
read_period (Week *self, const char *from, const char *to, GError **error)
{
  g_autofree char *today = crm_clock_dup_today (0);
  GDate last;
  int n_days;

  g_date_clear (&self->from, 1);
  g_date_clear (&last, 1);
  if ((from != NULL && !parse_date (from, &self->from, error)) ||
      ((to != NULL || from == NULL) && !parse_date (to != NULL ? to : today, &last, error)))
    return FALSE;

  if (from == NULL)
    {
      self->from = last;
      g_date_subtract_days (&self->from, 6);
    }
  else if (to == NULL)
    {
      last = self->from;
      g_date_add_days (&last, 6);
    }

  n_days = g_date_days_between (&self->from, &last) + 1;
  if (n_days < 1 || n_days > MAX_DAYS)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_ARGUMENT,
                   "The period from %s to %s is no period of 1 to %d days",
                   from,
                   to,
                   MAX_DAYS);
      return FALSE;
    }

  self->n_days = (guint) n_days;
  self->report->from = dup_date (&self->from);
  self->report->to = dup_date (&last);
  return TRUE;
}

/* The day of the report on which a moment falls, here; negative before it: -1 is the day before. */
static int
get_day (Week *self, gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  int year, month, day;
  GDate date;

  g_date_time_get_ymd (local, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_days_between (&self->from, &date);
}

static gboolean
is_mine (Week *self, const char *owner)
{
  g_autofree char *folded = NULL;

  if (self->user == NULL)
    return TRUE;
  if (owner == NULL)
    return self->ownerless;

  folded = crm_text_fold (owner);
  return g_str_equal (folded, self->user);
}

/* Counts in the period, or in the one before. FALSE when it is in neither, or not in the period. */
static gboolean
count (Week *self, const char *name, int day)
{
  CrmReportFigure *figure = crm_report_find_figure (self->report, name);

  if (day >= 0 && day < (int) self->n_days)
    {
      figure->value++;
      return TRUE;
    }
  if (day < 0 && day >= -(int) self->n_days)
    figure->before++;

  return FALSE;
}

static void
count_point (Week *self, int day)
{
  CrmReportPoint *point;
  gboolean before = day < 0;

  if (before)
    day += (int) self->n_days;
  if (day < 0 || day >= (int) self->n_days)
    return;

  point = g_ptr_array_index (self->report->points, (guint) day);
  if (before)
    point->before++;
  else
    point->value++;
}

static char *
dup_relation_title (Week *self, CrmRecord *activity)
{
  const char *id = crm_record_get (activity, "relation");
  g_autoptr (CrmRecord) relation = id != NULL ? crm_replica_find (self->replica, id) : NULL;

  return relation != NULL ? crm_record_dup_title (relation) : g_strdup ("");
}

static char *
dup_local (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

/* A row opens its relation, or the activity when it has none. */
static void
add_activity_row (Week *self,
                  CrmReportTable *table,
                  const char *figure,
                  CrmRecord *activity,
                  gint64 at)
{
  const CrmKind *kind = crm_record_get_kind (activity);
  const char *relation = crm_record_get (activity, "relation");
  const char *subject = crm_record_get (activity, "subject");
  char **cells = g_new0 (char *, 5);

  cells[0] = dup_local (at);
  cells[1] = g_strdup (crm_field_get_choice_label (crm_kind_find_field (kind, "type"),
                                                   crm_record_get (activity, "type")));
  cells[2] = g_strdup (subject != NULL ? subject : "");
  cells[3] = dup_relation_title (self, activity);
  crm_report_table_add_row (table,
                            relation != NULL ? relation : crm_record_get_id (activity),
                            figure,
                            cells);
}

static gboolean
take_done (CrmRecord *activity, gpointer data)
{
  Week *self = data;
  const char *type = crm_record_get (activity, "type");
  gint64 at;
  int day;

  if (!is_mine (self, crm_record_get (activity, "owner")) ||
      !crm_clock_parse (crm_record_get (activity, "done"), &at))
    return TRUE;

  day = get_day (self, at);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].type, type) == 0)
      {
        count_point (self, day);
        if (count (self, types[i].name, day) && self->done->rows->len < MAX_ROWS)
          add_activity_row (self, self->done, types[i].name, activity, at);
      }

  return TRUE;
}

static gboolean
take_next (CrmRecord *activity, gpointer data)
{
  Week *self = data;
  gint64 at;

  if (crm_record_get (activity, "done") == NULL &&
      is_mine (self, crm_record_get (activity, "owner")) &&
      crm_clock_parse (crm_record_get (activity, "due"), &at))
    add_activity_row (self, self->next, NULL, activity, at);

  return self->next->rows->len < MAX_NEXT;
}

static void
take_made (const CrmKind *kind, const char *id, gint64 at, const char *user, gpointer data)
{
  Week *self = data;
  g_autoptr (CrmRecord) record = NULL;
  char **cells;

  if (!is_mine (self, user) || !count (self, "new_relations", get_day (self, at)) ||
      self->made->rows->len >= MAX_ROWS || (record = crm_replica_find (self->replica, id)) == NULL)
    return;

  cells = g_new0 (char *, 4);
  cells[0] = dup_local (at);
  cells[1] = crm_record_dup_title (record);
  cells[2] = g_strdup (crm_kind_get_label (kind));
  crm_report_table_add_row (self->made, id, "new_relations", cells);
}

/* Activities with @field from two days before the period that is compared; the zone decides more
 * exactly later. */
static gboolean
each_activity (Week *self,
               const char *field,
               gboolean from_start,
               CrmRecordFunc func,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new ("activity");
  GDate first = self->from;
  g_autofree char *text = NULL;
  g_autoptr (CrmExpr) where = NULL;

  if (from_start)
    g_date_subtract_days (&first, self->n_days + 2);
  else
    g_date_set_dmy (&first, 1, 1, 1900);
  text = dup_date (&first);
  where = crm_expr_new_term (field, CRM_OP_GE, CRM_EXPR_DATE, text);
  crm_query_set_where (query, where);
  crm_query_set_sort (query, field, from_start);

  return crm_replica_each (self->replica, query, 0, func, self, cancellable, error);
}

static gboolean
each_made (Week *self, GCancellable *cancellable, GError **error)
{
  static const char *const kinds[] = { "person", "organisation" };
  CrmModel *model = crm_replica_get_model (self->replica);
  gint64 from, to;
  g_autoptr (GDateTime) start = g_date_time_new_local (g_date_get_year (&self->from),
                                                       g_date_get_month (&self->from),
                                                       g_date_get_day (&self->from),
                                                       0,
                                                       0,
                                                       0);
  g_autoptr (GDateTime) first = g_date_time_add_days (start, -(int) self->n_days);
  g_autoptr (GDateTime) last = g_date_time_add_days (start, (int) self->n_days);

  from = g_date_time_to_unix (first) * G_USEC_PER_SEC;
  to = g_date_time_to_unix (last) * G_USEC_PER_SEC;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!crm_replica_each_made (self->replica,
                                crm_model_find_kind (model, kinds[i]),
                                from,
                                to,
                                take_made,
                                self,
                                cancellable,
                                error))
      return FALSE;

  return TRUE;
}

static void
add_parts (Week *self)
{
  const char *const activity[] = { _("When"), _("What"), _("Subject"), _("Relation"), NULL };
  const char *const made[] = { _("When"), _("Name"), _("Kind"), NULL };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    crm_report_add_figure (self->report,
                           types[i].name,
                           g_dgettext (GETTEXT_PACKAGE, types[i].label));
  crm_report_add_figure (self->report, "new_relations", _("New relations"));

  for (guint i = 0; i < self->n_days; i++)
    {
      GDate day = self->from;
      g_autofree char *text = NULL;

      g_date_add_days (&day, i);
      text = dup_date (&day);
      crm_report_add_point (self->report, text);
    }

  self->next = crm_report_add_table (self->report, "next", _("Comes next"), activity);
  self->done = crm_report_add_table (self->report, "done", _("Done"), activity);
  self->made = crm_report_add_table (self->report, "new", _("New relations"), made);
}

static void
read_user (Week *self, const char *user)
{
  g_autofree char *own = NULL;

  if (user == NULL)
    {
      own = crm_replica_dup_account (self->replica);
      user = own;
      self->ownerless = TRUE;
    }

  self->report->user = g_strdup (user);
  self->user = user != NULL ? crm_text_fold (user) : NULL;
}

CrmReport *
crm_report_week_new (CrmReplica *replica,
                     const char *from,
                     const char *to,
                     const char *user,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (CrmReport) report = NULL;
  g_autofree char *folded = NULL;
  Week week = { .replica = replica };

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  week.report = report = crm_report_new ("week", _("My week"));
  if (!read_period (&week, from, to, error))
    return NULL;

  read_user (&week, user);
  folded = week.user;
  add_parts (&week);
  if (!each_activity (&week, "done", TRUE, take_done, cancellable, error) ||
      !each_activity (&week, "due", FALSE, take_next, cancellable, error) ||
      !each_made (&week, cancellable, error))
    return NULL;

  return g_steal_pointer (&report);
}
