#pragma once

#include "db/crm-db.h"

G_BEGIN_DECLS

/*
 * A transaction that is rolled back unless it was committed. Inside another one it is a savepoint.
 */
typedef struct _CrmTransaction CrmTransaction;

typedef enum
{
  /* Sees one state of the database, does not wait for writers. */
  CRM_TRANSACTION_READ,
  /* Takes the writer's lock at once, so that it cannot fail for it half-way. */
  CRM_TRANSACTION_WRITE,
} CrmTransactionMode;

CrmTransaction *crm_transaction_begin (CrmDb *db, CrmTransactionMode mode, GError **error);
/* When this fails the transaction is rolled back. */
gboolean crm_transaction_commit (CrmTransaction *self, GError **error);
/* Rolls back what was not committed. */
void crm_transaction_free (CrmTransaction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTransaction, crm_transaction_free)

G_END_DECLS
