#include "store/demo/crm-demo.h"

#include "store/demo/crm-demo-maker-private.h"
#include "store/log/crm-change-log.h"

/* From so many on, texts are put in the search index at the end. */
#define BULK_MIN 500
/* Relations between two reports of progress. */
#define PROGRESS_STEP 100

static gboolean
put_tags (CrmDemoMaker *maker, CrmAction *action, GError **error)
{
  for (guint i = 0; i < crm_demo_n_tags; i++)
    {
      g_autoptr (CrmRecord) tag = crm_demo_maker_new_tag (maker, i);

      if (!crm_action_put (action, tag, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_relation (CrmDemoMaker *maker,
              CrmAction *action,
              guint number,
              guint *next_activity,
              GError **error)
{
  g_autoptr (CrmRecord) relation = NULL;
  g_autoptr (GPtrArray) activities = NULL;

  if (number % 3 == 0)
    relation = crm_demo_maker_new_organisation (maker, number);
  else
    relation = crm_demo_maker_new_person (maker, number);

  /* First, because they say when the last activity was. */
  activities = crm_demo_maker_list_activities (maker, relation, next_activity);
  if (!crm_action_put (action, relation, error))
    return FALSE;
  for (guint i = 0; i < activities->len; i++)
    if (!crm_action_put (action, activities->pdata[i], error))
      return FALSE;

  return TRUE;
}

gboolean
crm_demo_fill (CrmReplica *replica,
               guint n,
               CrmProgress *progress,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (CrmDemoMaker) maker = NULL;
  g_autoptr (CrmAction) action = NULL;
  guint next_activity = 0;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  if (!(action = crm_action_begin (replica, "demo", NULL, error)))
    return FALSE;

  crm_action_set_bulk (action, n >= BULK_MIN);
  maker = crm_demo_maker_new (replica);
  if (!put_tags (maker, action, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !put_relation (maker, action, i, &next_activity, error))
        return FALSE;
      if (i % PROGRESS_STEP == 0)
        crm_progress_set (progress, i, n);
    }
  crm_progress_set (progress, n, n);

  return crm_action_finish (action, NULL, error);
}
