#include "store/query/crm-search-rank.h"

#include "store/query/crm-search-match-private.h"
#include "store/query/crm-search-tokenizer.h"

/* A bit of an SQL integer each. */
#define PHRASES_MAX 62

/* The word of a unit that stands for all its words in one. */
#define JOINED G_MAXUINT

/* A quoted text of the expression; its place in the array is FTS5's number of it. */
typedef struct
{
  guint unit;
  guint word;
  CrmSearchMark mark;
  gboolean start;
  /* Words of the text as one, from this word; 0: the word alone. */
  guint run;
} Phrase;

struct _CrmSearchRank
{
  const CrmSearchMatch *match;
  GString *expression;
  /* (element-type Phrase) */
  GArray *phrases;
};

static void
add_phrase (CrmSearchRank *self, const Phrase *phrase, const char *text)
{
  const char *separator = g_str_has_suffix (self->expression->str, "(") ? "" : " OR ";

  g_string_append_printf (self->expression, "%s\"%c", separator, phrase->mark);
  if (phrase->start)
    g_string_append_c (self->expression, CRM_SEARCH_START);
  g_string_append (self->expression, text);
  g_string_append_c (self->expression, '"');
  g_array_append_val (self->phrases, *phrase);
}

/* In every column; in names also where it starts a word. */
static void
add_word (CrmSearchRank *self, guint unit, guint word, const char *text)
{
  const gboolean start = g_utf8_strlen (text, -1) < CRM_SEARCH_INNER_MIN;

  for (int mark = CRM_SEARCH_MAIN; mark <= CRM_SEARCH_REST; mark++)
    {
      Phrase phrase = { unit, word, mark, start, 0 };

      add_phrase (self, &phrase, text);
      phrase.start = TRUE;
      if (!start && mark <= CRM_SEARCH_NAME)
        add_phrase (self, &phrase, text);
    }
}

/* Where "devries" starts the main word "de" does too, so the runs from a word find nothing more. */
static void
add_runs (CrmSearchRank *self, guint unit, guint word, guint place)
{
  const GPtrArray *words = self->match->words;
  const guint from = (place + words->len - self->match->n_rotated) % words->len;
  g_autoptr (GString) joined = g_string_new (words->pdata[from]);

  for (guint n = 2; n <= CRM_SEARCH_JOINED_MAX && from + n <= words->len; n++)
    {
      const Phrase phrase = { unit, word, CRM_SEARCH_MAIN, TRUE, n };

      g_string_append (joined, words->pdata[from + n - 1]);
      add_phrase (self, &phrase, joined->str);
    }
}

/* Returns: how many words the unit has */
static guint
add_unit (CrmSearchRank *self, guint index, guint place)
{
  const CrmSearchUnit *unit = self->match->units->pdata[index];

  g_string_append (self->expression, index > 0 ? " AND ((" : "((");
  for (guint i = 0; i < unit->words->len; i++)
    {
      g_string_append (self->expression, i > 0 ? " AND (" : "(");
      add_word (self, index, i, unit->words->pdata[i]);
      add_runs (self, index, i, place + i);
      g_string_append_c (self->expression, ')');
    }
  g_string_append_c (self->expression, ')');
  if (unit->joined != NULL)
    {
      g_string_append (self->expression, " OR (");
      add_word (self, index, JOINED, unit->joined);
      g_string_append_c (self->expression, ')');
    }
  g_string_append_c (self->expression, ')');

  return unit->words->len;
}

CrmSearchRank *
crm_search_rank_new (const CrmSearchMatch *match)
{
  g_autoptr (CrmSearchRank) self = NULL;
  guint place = 0;

  g_return_val_if_fail (match != NULL, NULL);

  if (match->words->len < 2)
    return NULL;

  self = g_new0 (CrmSearchRank, 1);
  self->match = match;
  self->expression = g_string_new (NULL);
  self->phrases = g_array_new (FALSE, FALSE, sizeof (Phrase));
  for (guint i = 0; i < match->units->len; i++)
    place += add_unit (self, i, place);

  return self->phrases->len <= PHRASES_MAX ? g_steal_pointer (&self) : NULL;
}

void
crm_search_rank_free (CrmSearchRank *self)
{
  g_string_free (self->expression, TRUE);
  g_array_unref (self->phrases);
  g_free (self);
}

const char *
crm_search_rank_get_match (const CrmSearchRank *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->expression->str;
}

/* @class: from %CRM_SEARCH_CLASS_NAME_START */
static gboolean
has_word (const CrmSearchRank *self, guint64 hits, guint unit, guint word, CrmSearchClass rank)
{
  const CrmSearchMark last = crm_search_class_get_last_mark (rank);

  for (guint i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = &g_array_index (self->phrases, Phrase, i);

      if ((hits >> i & 1) != 0 && phrase->unit == unit && phrase->word == word &&
          phrase->run == 0 && phrase->mark <= last &&
          (phrase->start || rank != CRM_SEARCH_CLASS_NAME_START))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_unit (const CrmSearchRank *self, guint64 hits, guint index, CrmSearchClass rank)
{
  const CrmSearchUnit *unit = self->match->units->pdata[index];
  gboolean all = TRUE;

  for (guint i = 0; i < unit->words->len && all; i++)
    all = has_word (self, hits, index, i, rank);

  return all || (unit->joined != NULL && has_word (self, hits, index, JOINED, rank));
}

static gboolean
has_all (const CrmSearchRank *self, guint64 hits, CrmSearchClass rank)
{
  for (guint i = 0; i < self->match->units->len; i++)
    if (!has_unit (self, hits, i, rank))
      return FALSE;

  return TRUE;
}

/* Whether the main word starts with a word, or with a run of several. */
static gboolean
starts_main (const CrmSearchRank *self, guint64 hits, gboolean run)
{
  for (guint i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = &g_array_index (self->phrases, Phrase, i);

      if ((hits >> i & 1) != 0 && phrase->mark == CRM_SEARCH_MAIN && phrase->start &&
          phrase->word != JOINED && (phrase->run > 0) == run)
        return TRUE;
    }

  return FALSE;
}

CrmSearchClass
crm_search_rank_get_class (const CrmSearchRank *self, guint64 hits)
{
  CrmSearchClass rank = CRM_SEARCH_CLASS_NAME_START;

  g_return_val_if_fail (self != NULL, CRM_SEARCH_CLASS_ANY);

  while (rank < CRM_SEARCH_CLASS_ANY && !has_all (self, hits, rank))
    rank++;
  if (rank > CRM_SEARCH_CLASS_NAME_START)
    return rank;
  if (starts_main (self, hits, TRUE))
    return CRM_SEARCH_CLASS_JOINED;

  return starts_main (self, hits, FALSE) ? CRM_SEARCH_CLASS_MAIN : rank;
}

/* crm_hits (TABLE): a bit for each phrase of the expression that the row has. */
static void
get_hits (const Fts5ExtensionApi *api,
          Fts5Context *fts,
          sqlite3_context *context,
          int n_values,
          sqlite3_value **values)
{
  const int n_phrases = MIN (api->xPhraseCount (fts), PHRASES_MAX);
  sqlite3_int64 hits = 0;
  int status = SQLITE_OK;

  for (int i = 0; i < n_phrases && status == SQLITE_OK; i++)
    {
      Fts5PhraseIter iter;
      int column, offset;

      status = api->xPhraseFirst (fts, i, &iter, &column, &offset);
      if (status == SQLITE_OK && column >= 0)
        hits |= (sqlite3_int64) 1 << i;
    }

  if (status == SQLITE_OK)
    sqlite3_result_int64 (context, hits);
  else
    sqlite3_result_error_code (context, status);
}

int
crm_search_rank_register (fts5_api *api)
{
  return api->xCreateFunction (api, "crm_hits", NULL, get_hits, NULL);
}
