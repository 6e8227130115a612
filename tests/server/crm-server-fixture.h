#pragma once

#include "server/crm-server-machine.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A machine on a database in a folder of its own, with the users anna and bob, whose password is
 * CRM_SERVER_TEST_PASSWORD. */
#define CRM_SERVER_TEST_PASSWORD "correct horse"

typedef struct
{
  char *dir;
  char *path;
  CrmServerStore *store;
  CrmServerMachine *machine;
  char *epoch;
} CrmServerFixture;

void crm_server_fixture_set_up (CrmServerFixture *self, gconstpointer unused);
void crm_server_fixture_tear_down (CrmServerFixture *self, gconstpointer unused);
/* With the password of the others. */
void crm_server_fixture_add_user (CrmServerFixture *self, const char *name);
/* Closes the file and opens it again. */
void crm_server_fixture_reopen (CrmServerFixture *self);

/* The status; @address may have a query. @token, @body: nullable. @reply: (out) (optional) */
guint crm_server_fixture_call (CrmServerFixture *self,
                               const char *method,
                               const char *address,
                               const char *token,
                               const char *body,
                               char **reply);
/* The code of an error's body, "" when it has none. */
char *crm_server_fixture_get_code (const char *reply);
/* What the database finds wrong with itself. */
guint crm_server_fixture_count_faults (CrmServerFixture *self);
/* One number that a query gives. */
gint64 crm_server_fixture_count (CrmServerFixture *self, const char *sql);
/* "01900000-0000-7000-8000-0000000000NN" */
char *crm_server_fixture_id (guint n);

/* A replica, as simple as can be: it numbers its sets and remembers where it is. */
typedef struct
{
  CrmServerFixture *fixture;
  char *user;
  char *replica;
  char *token;
  gint64 n;
  char *cursor;
  gint64 acked;
  char *last_reply;
} CrmLaptop;

CrmLaptop *crm_laptop_new (CrmServerFixture *fixture, const char *user);
/* One that has pulled what there is. */
CrmLaptop *crm_laptop_new_in_step (CrmServerFixture *fixture, const char *user);
void crm_laptop_free (CrmLaptop *self);
/*
 * Pushes one set with these ops, an array without its brackets and with ' for ". Returns "ok",
 * "conflict", "rejected stale".
 */
char *crm_laptop_push (CrmLaptop *self, const char *mode, const char *ops);
/* The same with a group and a reason; both nullable. */
char *crm_laptop_push_why (CrmLaptop *self,
                           const char *mode,
                           const char *group,
                           const char *why,
                           const char *ops);
/* The body of a push with one set numbered @n and identified @id. */
char *crm_laptop_write_push (CrmLaptop *self,
                             gint64 n,
                             const char *id,
                             const char *mode,
                             const char *extra,
                             const char *ops);
/* All pages up to the head, one text each; @max: rows of a page, 0: the server's. */
char *crm_laptop_pull (CrmLaptop *self, guint max);
/* The lines of kind @k in @text, by what is not NULL. (element-type JsonNode) */
GPtrArray *crm_laptop_find (const char *text, const char *k, const char *id);
/* A field of the first row or conflict line of @id: its value as text, "" when it is empty there,
 * NULL when it is not named. */
char *crm_laptop_get_field (const char *text, const char *id, const char *field);

/* What the server has; NULL: the field is empty. */
void
crm_laptop_assert_field (CrmLaptop *self, const char *id, const char *field, const char *expected);

#define crm_laptop_assert_push(laptop, mode, ops, expected)                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *result_ = crm_laptop_push (laptop, mode, ops);                                \
    g_assert_cmpstr (result_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLaptop, crm_laptop_free)

G_END_DECLS
