#include "ui/widgets/crm-action-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *words;
} Words;

/* Actions are "KIND.VERB" or a single word; the whole name goes before the verb alone. */
static const Words whole[] = {
  { "import", N_ ("Import") },
    { "letters", N_ ("Letters") },
      { "demo", N_ ("Demo company") },
        { "bulk", N_ ("Change of several relations") },
          { "tag", N_ ("Tagging") },
            { "tag.rename", N_ ("Renaming a tag") },
              { "tag.merge", N_ ("Merging two tags") },
                { "tag.delete", N_ ("Deleting a tag") },
                  { "undo", N_ ("Undo") },
                    { "redo", N_ ("Redo") },
                      { "activity.new", N_ ("Logging an activity") },
                        { "activity.log", N_ ("Logging an activity") },
                          { "activity.done", N_ ("Completing a task") },
                            { "conflict.resolve", N_ ("Decision about a conflict") },
                              { "owner.login", N_ ("Owner after logging in") },
                            };

static const Words verbs[] = {
  { "new", N_ ("Creation") },    { "create", N_ ("Creation") }, { "edit", N_ ("Edit") },
  { "set", N_ ("Edit") },        { "delete", N_ ("Deletion") }, { "tag", N_ ("Tagging") },
  { "merge", N_ ("Merge") },     { "log", N_ ("Note") },        { "done", N_ ("Completion") },
};

static const char *
find_words (const Words *list, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (list[i].name, name))
      return _(list[i].words);
  return NULL;
}

const char *
crm_action_words_get (const char *action)
{
  const char *words;
  const char *verb;

  g_return_val_if_fail (action != NULL, NULL);

  words = find_words (whole, G_N_ELEMENTS (whole), action);
  if (words != NULL)
    return words;

  verb = strrchr (action, '.');
  words = find_words (verbs, G_N_ELEMENTS (verbs), verb != NULL ? verb + 1 : action);

  return words != NULL ? words : _("Change");
}

static char *
dup_subject (const CrmUndoResult *result)
{
  const char *words = crm_action_words_get (result->action);

  if (result->title != NULL)
    /* Translators: what was done, and to which record: "Edit: Jan de Vries" */
    return g_strdup_printf (_("%s: %s"), words, result->title);

  /* Translators: what was done, and to how many records: "Import (1,200 records)" */
  return g_strdup_printf (ngettext ("%s (%'u record)", "%s (%'u records)", result->n_records),
                          words,
                          result->n_records);
}

char *
crm_action_words_dup_undone (const CrmUndoResult *result, gboolean redo)
{
  g_autofree char *subject = NULL;
  g_autofree char *text = NULL;
  guint n_kept;

  g_return_val_if_fail (result != NULL, NULL);

  subject = dup_subject (result);
  text = g_strdup_printf (redo ? _("Done again: %s") : _("Undone: %s"), subject);
  n_kept = result->kept != NULL ? result->kept->len : 0;
  if (n_kept == 0)
    return g_steal_pointer (&text);

  /* Translators: %s is what was undone */
  return g_strdup_printf (ngettext ("%s. %'u record changed since and was left as it is",
                                    "%s. %'u records changed since and were left as they are",
                                    n_kept),
                          text,
                          n_kept);
}
