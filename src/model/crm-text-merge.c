#include "model/crm-merge.h"

#include "base/crm-text.h"

#include <string.h>

/*
 * diff3 (S. Khanna, K. Kunal, B. C. Pierce: A Formal Investigation of Diff3, 2007): lines that all
 * three texts share stand still; what lies between is taken from the side that changed it.
 */

/* The table of the longest common subsequence has lines × lines places. */
#define MAX_PLACES (4 * 1000 * 1000)

typedef struct
{
  char **lines;
  guint n;
  /* To each line of the old text the place of the same line here, or -1. */
  int *places;
} Side;

static char **
split_lines (const char *text, guint *n)
{
  char **lines = crm_text_is_empty (text) ? g_new0 (char *, 1) : g_strsplit (text, "\n", -1);

  *n = g_strv_length (lines);

  return lines;
}

static void
clear_side (Side *self)
{
  g_strfreev (self->lines);
  g_free (self->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, clear_side)

/* lengths[i][j]: of the longest common subsequence of the lines from i and from j on. */
static guint16 *
measure (char **old, guint n_old, char **new, guint n_new)
{
  const gsize width = (gsize) n_new + 1;
  guint16 *lengths = g_new0 (guint16, ((gsize) n_old + 1) * width);

  for (guint i = n_old; i-- > 0;)
    for (guint j = n_new; j-- > 0;)
      lengths[i * width + j] = strcmp (old[i], new[j]) == 0
                                   ? lengths[(i + 1) * width + j + 1] + 1
                                   : MAX (lengths[(i + 1) * width + j], lengths[i * width + j + 1]);

  return lengths;
}

static gboolean
align (Side *self, char **old, guint n_old)
{
  const gsize width = (gsize) self->n + 1;
  g_autofree guint16 *lengths = NULL;

  if (((guint64) n_old + 1) * width > MAX_PLACES || MIN (n_old, self->n) > G_MAXUINT16)
    return FALSE;

  lengths = measure (old, n_old, self->lines, self->n);
  self->places = g_new (int, (gsize) n_old + 1);
  for (guint i = 0, j = 0; i < n_old; i++)
    {
      while (j < self->n && strcmp (old[i], self->lines[j]) != 0 &&
             lengths[i * width + j + 1] > lengths[(i + 1) * width + j])
        j++;
      self->places[i] = j < self->n && strcmp (old[i], self->lines[j]) == 0 ? (int) j++ : -1;
    }
  self->places[n_old] = (int) self->n;

  return TRUE;
}

static void
add_lines (GPtrArray *merged, char **lines, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    g_ptr_array_add (merged, lines[i]);
}

static gboolean
same_lines (char **a, guint a_from, guint a_to, char **b, guint b_from, guint b_to)
{
  if (a_to - a_from != b_to - b_from)
    return FALSE;

  for (guint i = 0; i < a_to - a_from; i++)
    if (strcmp (a[a_from + i], b[b_from + i]) != 0)
      return FALSE;

  return TRUE;
}

/* Where the next stretch that differs begins, in each text. */
typedef struct
{
  guint old;
  guint mine;
  guint theirs;
} Place;

/* From @at up to the lines at @to, which all three share. FALSE when both sides changed it. */
static gboolean
merge_stretch (GPtrArray *merged,
               char **old,
               const Side *mine,
               const Side *theirs,
               const Place *at,
               const Place *to)
{
  const gboolean mine_is_old = same_lines (old, at->old, to->old, mine->lines, at->mine, to->mine);

  if (same_lines (mine->lines, at->mine, to->mine, theirs->lines, at->theirs, to->theirs) ||
      same_lines (old, at->old, to->old, theirs->lines, at->theirs, to->theirs))
    add_lines (merged, mine->lines, at->mine, to->mine);
  else if (mine_is_old)
    add_lines (merged, theirs->lines, at->theirs, to->theirs);
  else
    return FALSE;

  return TRUE;
}

static gboolean
merge_lines (GPtrArray *merged, char **old, guint n_old, const Side *mine, const Side *theirs)
{
  Place at = { 0 };

  for (guint i = 0; i <= n_old; i++)
    {
      const Place to = { i, (guint) mine->places[i], (guint) theirs->places[i] };

      if (mine->places[i] < 0 || theirs->places[i] < 0)
        continue;
      if (!merge_stretch (merged, old, mine, theirs, &at, &to))
        return FALSE;
      if (i < n_old)
        g_ptr_array_add (merged, old[i]);
      at = (Place) { to.old + 1, to.mine + 1, to.theirs + 1 };
    }

  return TRUE;
}

gboolean
crm_text_merge (const char *old, const char *mine, const char *theirs, char **merged)
{
  guint n_old;
  g_auto (GStrv) old_lines = split_lines (old, &n_old);
  g_auto (Side) left = { NULL };
  g_auto (Side) right = { NULL };
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  g_return_val_if_fail (merged != NULL, FALSE);

  left.lines = split_lines (mine, &left.n);
  right.lines = split_lines (theirs, &right.n);
  if (!align (&left, old_lines, n_old) || !align (&right, old_lines, n_old) ||
      !merge_lines (lines, old_lines, n_old, &left, &right))
    return FALSE;

  g_ptr_array_add (lines, NULL);
  *merged = lines->len > 1 ? g_strjoinv ("\n", (char **) lines->pdata) : NULL;
  if (crm_text_is_empty (*merged))
    g_clear_pointer (merged, g_free);

  return TRUE;
}
