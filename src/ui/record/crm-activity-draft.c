#include "ui/record/crm-activity-draft.h"

#include "base/crm-text.h"
#include "ui/record/crm-when.h"

#include <string.h>

static void
set_words (CrmRecord *activity, const char *text)
{
  g_autofree char *clean = crm_text_clean (text);
  g_auto (GStrv) lines = g_strsplit (clean != NULL ? clean : "", "\n", 2);
  g_autofree char *subject = crm_text_clean (lines[0]);
  g_autofree char *note = lines[0] != NULL ? crm_text_clean (lines[1]) : NULL;

  crm_record_set (activity, "subject", subject);
  crm_record_set (activity, "note", note);
}

static void
move_last_activity (CrmChangeSet *set, CrmRecord *relation, GDateTime *when)
{
  g_autofree char *date = crm_when_to_date (when);
  const char *known = crm_record_peek (relation, "last_activity");

  if (known == NULL || strcmp (known, date) < 0)
    crm_change_set_set (set,
                        crm_record_get_kind (relation),
                        crm_record_get_id (relation),
                        "last_activity",
                        date);
}

CrmChangeSet *
crm_activity_draft_new_set (const CrmModel *model,
                            CrmRecord *relation,
                            const char *type,
                            const char *text,
                            GDateTime *when,
                            const char *owner)
{
  const CrmKind *kind = crm_model_find_kind (model, "activity");
  g_autoptr (CrmRecord) activity = crm_record_new (kind, NULL);
  g_autoptr (GDateTime) now = crm_when_now ();
  g_autofree char *moment = NULL;
  CrmChangeSet *set = crm_change_set_new ("activity.log");
  gboolean is_task = g_str_equal (type, "task");
  gboolean to_come = is_task || (when != NULL && g_date_time_compare (when, now) > 0);

  crm_record_set (activity, "type", type);
  set_words (activity, text);
  crm_record_set (activity, "relation", crm_record_get_id (relation));
  crm_record_set (activity, "owner", owner);

  if (when == NULL && !is_task)
    when = now;
  if (when != NULL)
    {
      moment = crm_when_to_time (when);
      crm_record_set (activity, to_come ? "due" : "done", moment);
    }

  crm_change_set_put (set, activity);
  if (!to_come)
    move_last_activity (set, relation, when);

  return set;
}

CrmChangeSet *
crm_activity_draft_done_set (CrmRecord *activity, CrmRecord *relation)
{
  g_autoptr (GDateTime) now = crm_when_now ();
  g_autofree char *moment = crm_when_to_time (now);
  CrmChangeSet *set = crm_change_set_new ("activity.done");

  crm_change_set_set (set,
                      crm_record_get_kind (activity),
                      crm_record_get_id (activity),
                      "done",
                      moment);
  if (relation != NULL)
    move_last_activity (set, relation, now);

  return set;
}

void
crm_activity_draft_follow (CrmChangeSet *set, CrmRecord *activity, CrmRecord *relation)
{
  g_autoptr (GDateTime) done = crm_when_parse (crm_record_peek (activity, "done"), NULL);

  if (done != NULL && relation != NULL && crm_kind_is_relation (crm_record_get_kind (relation)))
    move_last_activity (set, relation, done);
}
