#include "db/crm-transaction.h"

#include <sqlite3.h>

struct _CrmTransaction
{
  CrmDb *db;
  /* A savepoint inside an outer transaction. */
  gboolean inner;
  gboolean open;
};

CrmTransaction *
crm_transaction_begin (CrmDb *db, CrmTransactionMode mode, GError **error)
{
  CrmTransaction *self;
  const gboolean inner = crm_db_in_transaction (db);
  const char *sql = "BEGIN";

  g_return_val_if_fail (CRM_IS_DB (db), NULL);

  if (inner)
    sql = "SAVEPOINT inner_transaction";
  else if (mode == CRM_TRANSACTION_WRITE)
    sql = "BEGIN IMMEDIATE";

  if (!crm_db_exec (db, sql, error))
    return NULL;

  self = g_new0 (CrmTransaction, 1);
  self->db = g_object_ref (db);
  self->inner = inner;
  self->open = TRUE;

  return self;
}

static void
roll_back (CrmTransaction *self)
{
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) error = NULL;
  const char *sql = "ROLLBACK";

  if (self->inner)
    sql = "ROLLBACK TO inner_transaction; RELEASE inner_transaction";

  self->open = FALSE;

  /* A full disk or a damaged file makes the engine roll back by itself. */
  if (!crm_db_in_transaction (self->db))
    return;

  /* What was cancelled must still be taken back. */
  g_set_object (&cancellable, crm_db_get_cancellable (self->db));
  crm_db_set_cancellable (self->db, NULL);
  if (!crm_db_exec (self->db, sql, &error))
    g_warning ("Rolling back failed: %s", error->message);
  crm_db_set_cancellable (self->db, cancellable);
}

gboolean
crm_transaction_commit (CrmTransaction *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->open, FALSE);

  if (!crm_db_exec (self->db, self->inner ? "RELEASE inner_transaction" : "COMMIT", error))
    {
      roll_back (self);
      return FALSE;
    }

  self->open = FALSE;

  return TRUE;
}

void
crm_transaction_free (CrmTransaction *self)
{
  if (self == NULL)
    return;

  if (self->open)
    roll_back (self);

  g_object_unref (self->db);
  g_free (self);
}
