#pragma once

#include "db/crm-db.h"

#include <sqlite3.h>

struct _CrmStmt
{
  /* Keeps the connection while the statement is in use; NULL while it waits in the cache. */
  CrmDb *db;
  sqlite3_stmt *handle;
  char *sql;
  /* The first bind that failed, SQLITE_OK when none did. */
  int bind_result;
  /* The cache knows it; else it is the second of its text in use and goes when it is given back. */
  gboolean cached;
  /* Its place in the cache's order of use, while it waits there. */
  GList link;
};

/* crm-db.c: takes a statement back. */
void crm_db_take_back (CrmDb *self, CrmStmt *stmt);
