#pragma once

#include "crm-store-fixture.h"

#include "store/sync/crm-sync-store.h"

/* Pages as a server would send them, for the tests of this room. Seqs are chosen by the test. */

CrmPullWriter *crm_pull_fixture_begin (CrmStoreFixture *fixture);
/* A row of kind person in scope 1 of these fields: "surname=Jansen@10;city=@12". */
void crm_pull_fixture_row (CrmPullWriter *writer,
                           const char *id,
                           gint64 row_seq,
                           gboolean full,
                           const char *spec);
/* The same of any kind. */
void crm_pull_fixture_row_of (CrmPullWriter *writer,
                              const char *kind,
                              const char *id,
                              gint64 row_seq,
                              gboolean full,
                              const char *spec);
void crm_pull_fixture_gone (CrmPullWriter *writer, const char *id, gint64 seq);
/* Of somebody else, with the id "set-SEQ". */
void crm_pull_fixture_set (CrmPullWriter *writer, gint64 seq, const char *user, const char *why);
void crm_pull_fixture_result (CrmPullWriter *writer, gint64 n, const char *status);
/* With the digest that the replica's own set has. */
void crm_pull_fixture_ack (CrmStoreFixture *fixture, CrmPullWriter *writer, gint64 n);
CrmPullResult *crm_pull_fixture_finish (CrmPullWriter *writer, const char *cursor, gint64 seq);
/* The replica is whole: log, digests, lists, index. */
void crm_pull_fixture_check (CrmStoreFixture *fixture);
/* What crm_replica_check() finds; said with g_test_message(). */
guint crm_pull_fixture_count_problems (CrmStoreFixture *fixture);
gint64 crm_pull_fixture_count (CrmStoreFixture *fixture, const char *sql);
