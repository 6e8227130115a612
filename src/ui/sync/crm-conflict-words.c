#include "ui/sync/crm-conflict-words.h"

#include "model/crm-model-error.h"
#include "store/crm-store-error.h"
#include "ui/record/crm-record-words.h"

#include <glib/gi18n-lib.h>

/* Of longer values the start is enough to choose by. */
#define MAX_CHARS 2000

static const CrmField *
find_field (const CrmConflict *conflict)
{
  return conflict->kind != NULL && conflict->field != NULL
             ? crm_kind_find_field (conflict->kind, conflict->field)
             : NULL;
}

static const char *
get_title (const CrmConflict *conflict)
{
  if (conflict->title != NULL)
    return conflict->title;
  if (conflict->record == NULL && conflict->n_records > 1)
    return _("Several relations");

  return conflict->kind != NULL ? crm_kind_get_label (conflict->kind) : _("Gone");
}

char *
crm_conflict_words_dup_heading (const CrmConflict *conflict)
{
  const CrmField *field;

  g_return_val_if_fail (conflict != NULL, NULL);

  field = find_field (conflict);
  if (crm_conflict_words_is_mass_delete (conflict))
    return g_strdup_printf (ngettext ("%'u deletion", "%'u deletions", conflict->n_records),
                            conflict->n_records);
  if (conflict->type == CRM_CONFLICT_DOUBLE && conflict->other_title != NULL)
    /* Translators: two relations that may be the same */
    return g_strdup_printf (_("%1$s and %2$s"), get_title (conflict), conflict->other_title);
  if (field == NULL)
    return g_strdup (get_title (conflict));

  /* Translators: a relation, and a field of it */
  return g_strdup_printf (_("%1$s · %2$s"), get_title (conflict), crm_field_get_label (field));
}

static const char *
get_refusal (const CrmConflict *conflict)
{
  static const struct
  {
    const char *code;
    const char *words;
  } codes[] = {
    { "stale", N_ ("Not taken over: somebody changed it before you deleted it.") },
      { "deleted", N_ ("Not taken over: somebody had deleted it.") },
        { "not_found", N_ ("Not taken over: the server does not know it.") },
          { "forbidden", N_ ("Not taken over: you have no right to this change.") },
            { "invalid", N_ ("Not taken over: the server found it not in order.") },
              { "mass_delete",
                N_ ("Not taken over: the server asks first whether so many are to be deleted. Nothing was.") },
            };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].code, conflict->code) == 0)
      return _(codes[i].words);

  return _("The server did not take this change over.");
}

const char *
crm_conflict_words_get_what (const CrmConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  switch (conflict->type)
    {
    case CRM_CONFLICT_FIELD:
      return "";

    case CRM_CONFLICT_DELETE:
      if (conflict->field == NULL)
        return _("Deleted by one, changed by another. It is still there.");
      return _("Changed by one, deleted by another. It is gone now.");

    case CRM_CONFLICT_NUMBER:
      return _("Another relation has this number already, so that it has none now.");

    case CRM_CONFLICT_DOUBLE:
      return _("Made twice, on two laptops that did not know of each other?");

    case CRM_CONFLICT_REFUSED:
      return get_refusal (conflict);

    case CRM_CONFLICT_PARKED:
      return _("The server cannot take this change. It stands on this laptop only.");

    default:
      return _("A newer version of CRM made this: update to decide it.");
    }
}

char *
crm_conflict_words_dup_who (const CrmConflict *conflict)
{
  const char *late;
  const char *kept;

  g_return_val_if_fail (conflict != NULL, NULL);

  late = conflict->mine_is_late ? conflict->mine_author : conflict->theirs_author;
  kept = conflict->mine_is_late ? conflict->theirs_author : conflict->mine_author;
  if (conflict->type != CRM_CONFLICT_DELETE || conflict->field != NULL || late == NULL ||
      kept == NULL)
    return NULL;

  /* Translators: two people */
  return g_strdup_printf (_("Deleted by %1$s, changed by %2$s"), late, kept);
}

char *
crm_conflict_words_dup_author (const char *author, const char *why)
{
  if (author == NULL && why == NULL)
    return g_strdup ("");
  if (author == NULL)
    return g_strdup (why);
  if (why == NULL)
    return g_strdup (author);

  /* Translators: who changed it, and why */
  return g_strdup_printf (_("%1$s · %2$s"), author, why);
}

char *
crm_conflict_words_dup_value (const CrmKind *kind,
                              const char *field,
                              const char *value,
                              GHashTable *titles)
{
  const CrmField *described = kind != NULL && field != NULL ? crm_kind_find_field (kind, field)
                                                            : NULL;

  if (value == NULL || value[0] == '\0')
    return g_strdup (_("Empty"));
  if (described == NULL)
    return g_strdup (value);

  return crm_record_words_dup_value (described,
                                     value,
                                     titles != NULL ? g_hash_table_lookup (titles, value) : NULL,
                                     MAX_CHARS);
}

const char *
crm_conflict_words_get_mine (const CrmConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  if (!conflict->can_decide)
    return NULL;
  if (conflict->type == CRM_CONFLICT_FIELD)
    return _("Keep _Mine");
  if (conflict->type == CRM_CONFLICT_DELETE && conflict->field != NULL)
    return conflict->mine_is_late ? _("_Restore with Mine") : _("Leave _Deleted");
  if (conflict->type == CRM_CONFLICT_DELETE)
    return conflict->mine_is_late ? _("_Delete It") : _("_Keep It");

  return NULL;
}

const char *
crm_conflict_words_get_theirs (const CrmConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  if (!conflict->can_decide)
    return NULL;
  if (conflict->type == CRM_CONFLICT_FIELD)
    return _("Keep _Theirs");
  if (conflict->type == CRM_CONFLICT_DELETE && conflict->field != NULL)
    return conflict->mine_is_late ? _("Leave _Deleted") : _("_Restore with Theirs");
  if (conflict->type == CRM_CONFLICT_DELETE)
    return conflict->mine_is_late ? _("_Keep It") : _("_Delete It");

  return NULL;
}

gboolean
crm_conflict_words_can_write (const CrmConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, FALSE);

  return conflict->can_decide && find_field (conflict) != NULL &&
         (conflict->type == CRM_CONFLICT_FIELD || conflict->type == CRM_CONFLICT_NUMBER ||
          conflict->type == CRM_CONFLICT_DELETE);
}

gboolean
crm_conflict_words_is_refusal (const CrmConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, FALSE);

  return conflict->type == CRM_CONFLICT_REFUSED || conflict->type == CRM_CONFLICT_PARKED;
}

gboolean
crm_conflict_words_is_mass_delete (const CrmConflict *conflict)
{
  g_return_val_if_fail (conflict != NULL, FALSE);

  return conflict->type == CRM_CONFLICT_REFUSED && g_strcmp0 (conflict->code, "mass_delete") == 0;
}

const char *
crm_conflict_words_get_retry (const CrmConflict *conflict, gboolean all)
{
  g_return_val_if_fail (conflict != NULL, NULL);

  if (crm_conflict_words_is_mass_delete (conflict))
    return all ? _("Delete All…") : _("_Delete…");

  return all ? _("Try All Again") : _("_Try Again");
}

const char *
crm_conflict_words_get_error (const GError *error)
{
  if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOTHING) ||
      g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND))
    return _("Somebody decided this already");
  if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_EXISTS))
    return _("Another relation has this number");
  if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_LOST))
    return _("It cannot come back: its last values are not on this laptop");
  if (g_error_matches (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE))
    return _("This value does not fit the field");

  return _("The decision could not be kept; nothing was changed");
}
