#pragma once

#include "exchange/crm-export.h"
#include "exchange/crm-import.h"

G_BEGIN_DECLS

/* A folder that is gone when the test ends. */
typedef struct
{
  char *dir;
} CrmScratch;

void crm_scratch_init (CrmScratch *self);
void crm_scratch_clear (CrmScratch *self);
GFile *crm_scratch_file (CrmScratch *self, const char *name);
/* @length: -1 for a string. */
GFile *crm_scratch_write (CrmScratch *self, const char *name, const char *text, gssize length);
char *crm_scratch_read (CrmScratch *self, const char *name);
gboolean crm_scratch_exists (CrmScratch *self, const char *name);

/* A folder with a new replica in it. */
typedef struct
{
  CrmScratch scratch;
  CrmReplica *replica;
} CrmTrade;

void crm_trade_set_up (CrmTrade *self, gconstpointer unused);
void crm_trade_tear_down (CrmTrade *self, gconstpointer unused);
/* Imports @text; fails the test on an error. @kind: nullable. */
CrmImportResult *
crm_trade_import (CrmTrade *self, const char *text, const char *kind, CrmImportFlags flags);
/* new, updated, unchanged, rejected; and that they make all rows. */
void crm_trade_assert_counts (const CrmImportResult *result,
                              guint n_new,
                              guint n_updated,
                              guint n_unchanged,
                              guint n_rejected);
/* The only record that @where finds. */
CrmRecord *crm_trade_get (CrmTrade *self, const char *kinds, const char *where);
/* What crm_trade_describe() says of it. */
void crm_trade_assert_described (CrmTrade *self,
                                 const char *kinds,
                                 const char *where,
                                 const char *expected);
gint64 crm_trade_count (CrmTrade *self, const char *kinds);
/* "name=value; …" of all that is filled. */
char *crm_trade_describe (CrmRecord *record);
guint crm_trade_count_notes (const CrmImportResult *result, CrmImportNoteCode code);

/* Dirty Dutch data: @n rows of an old CRM in Windows-1252 with doubles, of another seed each time.
 */
char *crm_trade_make_dirty (guint32 seed, guint n, gsize *length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmScratch, crm_scratch_clear)

G_END_DECLS
