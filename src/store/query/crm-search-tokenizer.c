#include "store/query/crm-search-tokenizer.h"

#include "store/query/crm-search-rank.h"

/* Mark, '^' and two letters of at most 4 bytes; or mark and three letters. */
#define TOKEN_MAX 16

/* What xToken of FTS5 is called with. */
typedef struct
{
  void *context;
  int (*emit) (void *, int, const char *, int, int, int);
  const char *text;
  char mark;
} Sink;

static int
emit (Sink *sink, gboolean start, const char *from, const char *to)
{
  char token[TOKEN_MAX];
  int length = 0;

  token[length++] = sink->mark;
  if (start)
    token[length++] = '^';
  for (const char *p = from; p < to && length < TOKEN_MAX; p++)
    token[length++] = *p;

  return sink
      ->emit (sink->context, 0, token, length, (int) (from - sink->text), (int) (to - sink->text));
}

static gboolean
is_word_byte (char c)
{
  return g_ascii_isalnum (c) || (c & 0x80) != 0;
}

static const char *
next_letter (const char *p, const char *end)
{
  p = g_utf8_next_char (p);

  return MIN (p, end);
}

static int
emit_trigrams (Sink *sink, const char *word, const char *end)
{
  const char *second = next_letter (word, end);
  const char *last = second < end ? next_letter (second, end) : end;
  int status = SQLITE_OK;

  while (last < end && status == SQLITE_OK)
    {
      const char *next = next_letter (last, end);

      status = emit (sink, FALSE, word, next);
      word = second;
      second = last;
      last = next;
    }

  return status;
}

static int
emit_document_word (Sink *sink, const char *word, const char *end)
{
  const char *second = next_letter (word, end);
  int status;

  if ((status = emit (sink, TRUE, word, second)) != SQLITE_OK || second >= end)
    return status;
  if ((status = emit (sink, TRUE, word, next_letter (second, end))) != SQLITE_OK)
    return status;

  return emit_trigrams (sink, word, end);
}

static int
emit_query_word (Sink *sink, gboolean start, const char *word, const char *end)
{
  const char *second = next_letter (word, end);
  int status;

  if (second >= end)
    return emit (sink, TRUE, word, second);
  if (start && (status = emit (sink, TRUE, word, next_letter (second, end))) != SQLITE_OK)
    return status;

  return emit_trigrams (sink, word, end);
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void *context,
          int flags,
          const char *text,
          int length,
          int (*emit_func) (void *, int, const char *, int, int, int))
{
  const char *end = text + length;
  Sink sink = { context, emit_func, text, CRM_SEARCH_REST };
  gboolean query = (flags & FTS5_TOKENIZE_QUERY) != 0;
  gboolean start = FALSE;
  int status = SQLITE_OK;

  for (const char *p = text; p < end && status == SQLITE_OK;)
    {
      const char *word = p;

      while (p < end && is_word_byte (*p))
        p++;
      if (p > word && query)
        status = emit_query_word (&sink, start, word, p);
      else if (p > word)
        status = emit_document_word (&sink, word, p);
      else if (*p >= CRM_SEARCH_MAIN && *p <= CRM_SEARCH_REST)
        sink.mark = *p++;
      else
        start = *p++ == CRM_SEARCH_START;
    }

  return status;
}

/* Nothing to keep: the tokenizer has no state, so any address that is not NULL will do. */
static int
create (void *context, const char **args, int n_args, Fts5Tokenizer **tokenizer)
{
  static char nothing;

  *tokenizer = (Fts5Tokenizer *) (void *) &nothing;

  return SQLITE_OK;
}

static void
destroy (Fts5Tokenizer *tokenizer)
{
}

/* The documented way to FTS5's functions: https://sqlite.org/fts5.html#extending_fts5 */
static fts5_api *
get_api (sqlite3 *db)
{
  fts5_api *api = NULL;
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK)
    {
      sqlite3_bind_pointer (stmt, 1, (void *) &api, "fts5_api_ptr", NULL);
      sqlite3_step (stmt);
    }
  sqlite3_finalize (stmt);

  return api;
}

int
crm_search_tokenizer_register (sqlite3 *db)
{
  static fts5_tokenizer tokenizer = { create, destroy, tokenize };
  fts5_api *api;
  int status;

  g_return_val_if_fail (db != NULL, SQLITE_MISUSE);

  if (!(api = get_api (db)))
    return SQLITE_ERROR;

  status = api->xCreateTokenizer (api, "crm", NULL, &tokenizer, NULL);

  return status == SQLITE_OK ? crm_search_rank_register (api) : status;
}
