#include "crm-server-fixture.h"

#include "wire/crm-past.h"

#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"

static CrmPast *
ask (CrmLaptop *laptop, gint64 before)
{
  g_autofree char *address = g_strdup_printf ("/v1/history/" P1 "?before=%" G_GINT64_FORMAT,
                                              before);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  CrmPast *past;

  g_assert_cmpuint (crm_server_fixture_call (laptop->fixture,
                                             "GET",
                                             address,
                                             laptop->token,
                                             NULL,
                                             &text),
                    ==,
                    200);
  past = crm_past_read (text, strlen (text), &error);
  g_assert_no_error (error);

  return past;
}

static void
test_changes (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmPast) past = NULL;
  g_autofree char *result = NULL;

  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P1 "','op':'new','f':{'city':{'v':'Delft'}}}",
                          "ok");
  result = crm_laptop_push_why (anna,
                                "all",
                                NULL,
                                "moved",
                                "{'kind':'person','id':'" P1
                                "','op':'set','f':{'city':{'v':'Gouda','b':1}}}");
  crm_laptop_assert_push (anna, "all", "{'kind':'person','id':'" P1 "','op':'del','b':2}", "ok");

  past = ask (anna, 0);
  g_assert_cmpuint (past->n_changes, ==, 3);
  g_assert_cmpint (past->before, ==, 0);
  g_assert_cmpint (past->changes[0].op, ==, CRM_SET_OP_DELETE);
  g_assert_cmpint (past->changes[1].op, ==, CRM_SET_OP_SET);
  g_assert_cmpstr (past->changes[1].set.why, ==, "moved");
  g_assert_cmpstr (past->changes[1].set.user, ==, "anna");
  g_assert_cmpstr (past->changes[1].set.device, ==, "laptop of anna");
  g_assert_cmpuint (past->changes[1].n_fields, ==, 1);
  g_assert_cmpstr (past->changes[1].fields[0].old.text, ==, "Delft");
  g_assert_cmpstr (past->changes[1].fields[0].value.text, ==, "Gouda");
  g_assert_cmpint (past->changes[2].op, ==, CRM_SET_OP_NEW);
}

/* A field that one set wrote twice led from the first value to the last. */
static void
test_twice (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmPast) past = NULL;

  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'activity','id':'" P1 "','op':'new','f':{'subject':{'v':'A'}}}",
                          "ok");
  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'activity','id':'" P1
                          "','op':'set','f':{'subject':{'v':'B','b':1}}},"
                          "{'kind':'activity','id':'" P1
                          "','op':'set','f':{'subject':{'v':'C','b':1,'o':'B'}}}",
                          "ok");
  past = ask (anna, 0);
  g_assert_cmpuint (past->n_changes, ==, 2);
  g_assert_cmpuint (past->changes[0].n_fields, ==, 1);
  g_assert_cmpstr (past->changes[0].fields[0].old.text, ==, "A");
  g_assert_cmpstr (past->changes[0].fields[0].value.text, ==, "C");
}

/* More than one answer holds: each change once, in order. */
static void
test_long (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  gint64 before = 0;
  gint64 last = G_MAXINT64;
  guint n = 0;

  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P1 "','op':'new','f':{'city':{'v':'Delft'}}}",
                          "ok");
  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *ops = g_strdup_printf ("{'kind':'person','id':'" P1
                                              "','op':'set','f':{'city':{'v':'%u','b':%u},'street':"
                                              "{'v':'%u','b':%u}}}",
                                              i,
                                              i + 1,
                                              i,
                                              i + 1);

      crm_laptop_assert_push (anna, "all", ops, "ok");
    }

  do
    {
      g_autoptr (CrmPast) past = ask (anna, before);

      for (guint i = 0; i < past->n_changes; i++)
        {
          g_assert_cmpint (past->changes[i].set.seq, <, last);
          last = past->changes[i].set.seq;
          n++;
        }
      before = past->before;
    }
  while (before != 0);
  g_assert_cmpuint (n, ==, 601);
}

/* Long values end an answer before many do: no change is left out, none is cut. */
static void
test_large (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *note = g_strnfill (400000, 'x');
  gint64 before = 0;
  guint n = 0;
  guint n_answers = 0;

  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P1 "','op':'new','f':{'city':{'v':'Delft'}}}",
                          "ok");
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *ops = g_strdup_printf ("{'kind':'person','id':'" P1
                                              "','op':'set','f':{'note':{'v':'%u %s','b':%u}}}",
                                              i,
                                              note,
                                              i);

      crm_laptop_assert_push (anna, "all", ops, "ok");
    }

  do
    {
      g_autoptr (CrmPast) past = ask (anna, before);
      gsize size = 0;

      for (guint i = 0; i < past->n_changes; i++, n++)
        for (guint j = 0; j < past->changes[i].n_fields; j++)
          size += strlen (past->changes[i].fields[j].value.text);
      g_assert_cmpuint (size, <, 3 * strlen (note));
      before = past->before;
      n_answers++;
    }
  while (before != 0);
  g_assert_cmpuint (n, ==, 10);
  g_assert_cmpuint (n_answers, ==, 5);
}

/* One set that did more than an answer holds is told whole. */
static void
test_wide (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autofree char *ops = NULL;
  g_autoptr (CrmPast) newest = NULL;
  g_autoptr (CrmPast) first = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (fields, "%s'later_%u':{'v':'x'}", i > 0 ? "," : "", i);
  ops = g_strdup_printf ("{'kind':'activity','id':'" P1 "','op':'new','f':{%s}}", fields->str);
  crm_laptop_assert_push (anna, "all", ops, "ok");
  crm_laptop_assert_push (anna, "all", "{'kind':'activity','id':'" P1 "','op':'del','b':1}", "ok");

  newest = ask (anna, 0);
  g_assert_cmpuint (newest->n_changes, ==, 1);
  g_assert_cmpuint (newest->changes[0].n_fields, ==, 1000);
  first = ask (anna, newest->before);
  g_assert_cmpuint (first->n_changes, ==, 1);
  g_assert_cmpuint (first->changes[0].n_fields, ==, 1000);
  g_assert_cmpint (first->before, ==, 0);
}

static void
test_unknown (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "GET",
                                             "/v1/history/" P1,
                                             anna->token,
                                             NULL,
                                             NULL),
                    ==,
                    404);
  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "GET",
                                             "/v1/history/x",
                                             anna->token,
                                             NULL,
                                             NULL),
                    ==,
                    404);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/history/" path,                                                             \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("changes", test_changes);
  ADD ("twice", test_twice);
  ADD ("long", test_long);
  ADD ("large", test_large);
  ADD ("wide", test_wide);
  ADD ("unknown", test_unknown);
#undef ADD

  return g_test_run ();
}
