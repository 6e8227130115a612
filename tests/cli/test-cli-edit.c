#include "crm-cli-fixture.h"

#include <string.h>

static const char *
get (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static JsonObject *
show (Fixture *fixture, const char *id)
{
  crm_cli_run_args (fixture, "--json", "show", id, NULL);
  crm_cli_assert_done (fixture);

  return crm_cli_get_line (fixture, 0);
}

static void
test_new (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *id = NULL;

  crm_cli_run_args (fixture,
                    "new",
                    "person",
                    "phone=0475/12.34.56",
                    "surname=Vries",
                    "country=België",
                    "tags=b;a;b",
                    NULL);
  crm_cli_assert_done (fixture);
  id = g_strdup (g_strchomp (fixture->out));
  object = show (fixture, id);
  g_assert_cmpstr (get (object, "id"), ==, id);
  g_assert_cmpstr (get (object, "kind"), ==, "person");
  g_assert_cmpstr (get (object, "surname"), ==, "Vries");
  g_assert_cmpstr (get (object, "country"), ==, "BE");
  /* The country holds for the phone number, wherever it stands. */
  g_assert_cmpstr (get (object, "phone"), ==, "+32475123456");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "tags")), ==, 2);
  g_assert_false (json_object_has_member (object, "email"));
}

static void
test_new_bad (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "new", "horse", "name=x", NULL);
  crm_cli_assert_failed (fixture, 1, "no kind “horse”");
  crm_cli_run_args (fixture, "new", "person", "horse=x", NULL);
  crm_cli_assert_failed (fixture, 1, "no field “horse”");
  crm_cli_run_args (fixture, "new", "person", "birthday=31-2-2000", NULL);
  crm_cli_assert_failed (fixture, 1, "birthday: “31-2-2000” is not a date");
  crm_cli_run_args (fixture, "new", "activity", "subject=x", NULL);
  crm_cli_assert_failed (fixture, 1, "type: a activity needs it");
  crm_cli_run_args (fixture, "new", "person", "organisation=Nergens", NULL);
  crm_cli_assert_failed (fixture, 1, "Nergens");
  g_assert_cmpuint (crm_cli_count (fixture, "person"), ==, 0);
  g_assert_cmpuint (crm_cli_count (fixture, "activity"), ==, 0);
}

/* A value that fails its check is kept, with a warning. */
static void
test_warning (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *id = NULL;

  crm_cli_run_args (fixture, "new", "person", "surname=Vries", "email=geen", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->err, "email: “geen” is not an e-mail address"));
  id = g_strdup (g_strchomp (fixture->out));
  object = show (fixture, id);
  g_assert_cmpstr (get (object, "email"), ==, "geen");
}

/* A link takes an id, a number or an exact name; two hits are none. */
static void
test_links (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *organisation = crm_cli_make (fixture, "organisation", "name=Zon B.V.");
  const char *ways[3] = { "zon b.v.", organisation, "K12" };

  crm_cli_run_args (fixture, "set", organisation, "number=K12", NULL);
  crm_cli_assert_done (fixture);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *pair = g_strconcat ("organisation=", ways[i], NULL);
      g_autofree char *id = crm_cli_make (fixture, "person", pair);
      g_autoptr (JsonObject) object = show (fixture, id);

      g_assert_cmpstr (get (object, "organisation"), ==, organisation);
    }

  g_free (crm_cli_make (fixture, "organisation", "name=ZON B.V."));
  crm_cli_run_args (fixture, "new", "person", "organisation=Zon B.V.", NULL);
  crm_cli_assert_failed (fixture, 1, "Zon B.V.");
}

static void
test_set (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "person", "surname=Vries");
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonObject) entry = NULL;

  crm_cli_run_args (fixture,
                    "set",
                    id,
                    "city=Ede",
                    "surname=",
                    "given_name=Jan",
                    "--why",
                    "na een telefoontje",
                    NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), ==, 1);
  object = show (fixture, id);
  g_assert_cmpstr (get (object, "city"), ==, "Ede");
  g_assert_false (json_object_has_member (object, "surname"));

  crm_cli_run_args (fixture, "set", id, "city=Ede", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpstr (fixture->out, ==, "");

  crm_cli_run_args (fixture, "history", id, "--json", NULL);
  crm_cli_assert_done (fixture);
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), ==, 4);
  entry = crm_cli_get_line (fixture, 0);
  g_assert_cmpstr (get (entry, "reason"), ==, "na een telefoontje");
  g_assert_cmpstr (get (entry, "action"), ==, "person.edit");
  g_assert_nonnull (get (entry, "set"));
  g_assert_nonnull (get (entry, "at"));
  g_assert_nonnull (get (entry, "author"));
  g_assert_nonnull (get (entry, "device"));
}

static void
test_set_bad (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "activity", "type=call");

  crm_cli_run_args (fixture, "set", id, "type=", NULL);
  crm_cli_assert_failed (fixture, 1, "type: ");
  crm_cli_run_args (fixture, "set", id, "due=straks", "subject=x", NULL);
  crm_cli_assert_failed (fixture, 1, "due: ");
  crm_cli_run_args (fixture, "set", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "subject=x", NULL);
  crm_cli_assert_failed (fixture, 1, "0190a1b2");
  crm_cli_run_args (fixture, "history", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", NULL);
  crm_cli_assert_failed (fixture, 1, "There is and was no record");
  crm_cli_run_args (fixture, "history", id, "--json", NULL);
  g_assert_cmpuint (crm_cli_count_lines (fixture->out), ==, 1);
}

static void
test_delete_undo (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "person", "surname=Vries");
  g_autofree char *set = NULL;
  g_autoptr (JsonObject) undone = NULL;

  crm_cli_run_args (fixture, "delete", id, "--why", "dubbel", NULL);
  crm_cli_assert_done (fixture);
  set = g_strdup (g_strchomp (fixture->out));
  crm_cli_run_args (fixture, "show", id, NULL);
  crm_cli_assert_failed (fixture, 1, id);
  crm_cli_run_args (fixture, "delete", id, NULL);
  crm_cli_assert_failed (fixture, 1, id);
  crm_cli_run_args (fixture, "history", id, NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "dubbel"));

  crm_cli_run_args (fixture, "undo", set, "--json", NULL);
  crm_cli_assert_done (fixture);
  undone = crm_cli_get_line (fixture, 0);
  g_assert_cmpstr (get (undone, "action"), ==, "person.delete");
  g_assert_cmpint (json_object_get_int_member (undone, "records"), ==, 1);
  crm_cli_run_args (fixture, "show", id, NULL);
  crm_cli_assert_done (fixture);

  crm_cli_run_args (fixture, "redo", NULL);
  crm_cli_assert_done (fixture);
  crm_cli_run_args (fixture, "show", id, NULL);
  g_assert_cmpint (fixture->status, ==, 1);
}

/* Undo of an old set keeps what was changed since, and names it. */
static void
test_undo_keeps (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = crm_cli_make (fixture, "person", "surname=Vries");
  g_autofree char *set = NULL;
  g_autoptr (JsonObject) object = NULL;

  crm_cli_run_args (fixture, "set", id, "city=Ede", NULL);
  set = g_strdup (g_strchomp (fixture->out));
  crm_cli_run_args (fixture, "set", id, "city=Tiel", NULL);
  crm_cli_run_args (fixture, "undo", set, NULL);
  crm_cli_assert_done (fixture);
  g_assert_nonnull (strstr (fixture->out, "kept, changed since"));
  g_assert_nonnull (strstr (fixture->out, id));
  object = show (fixture, id);
  g_assert_cmpstr (get (object, "city"), ==, "Tiel");
}

static void
test_nothing_to_undo (Fixture *fixture, gconstpointer unused)
{
  crm_cli_run_args (fixture, "undo", NULL);
  crm_cli_assert_failed (fixture, 1, "");
  crm_cli_run_args (fixture, "redo", NULL);
  crm_cli_assert_failed (fixture, 1, "nothing to do again");
  crm_cli_run_args (fixture, "undo", "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", NULL);
  crm_cli_assert_failed (fixture, 1, "");
}

/* Many programs at once: each change is made, or its program says that it was not. */
static void
test_many_writers (Fixture *fixture, gconstpointer unused)
{
  GSubprocess *writers[8];
  guint n_done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autofree char *pair = g_strdup_printf ("name=Tag %u", i);

      writers[i] = crm_cli_start (fixture, "new", "tag", pair, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (writers[i], NULL, NULL, &out, &err, NULL));
      if (g_subprocess_get_exit_status (writers[i]) == 0)
        n_done++;
      else
        g_assert_cmpuint (crm_cli_count_lines (err), ==, 1);
      g_object_unref (writers[i]);
    }
  g_assert_cmpuint (n_done, >, 0);
  g_assert_cmpuint (crm_cli_count (fixture, "tag"), ==, n_done);
  crm_cli_run_args (fixture, "check", NULL);
  crm_cli_assert_done (fixture);
}

int
main (int argc, char *argv[])
{
  crm_cli_fixture_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, crm_cli_set_up, func, crm_cli_tear_down)
  ADD ("/cli/edit/new", test_new);
  ADD ("/cli/edit/new-bad", test_new_bad);
  ADD ("/cli/edit/warning", test_warning);
  ADD ("/cli/edit/links", test_links);
  ADD ("/cli/edit/set", test_set);
  ADD ("/cli/edit/set-bad", test_set_bad);
  ADD ("/cli/edit/delete-undo", test_delete_undo);
  ADD ("/cli/edit/undo-keeps", test_undo_keeps);
  ADD ("/cli/edit/nothing-to-undo", test_nothing_to_undo);
  ADD ("/cli/edit/many-writers", test_many_writers);
#undef ADD

  return g_test_run ();
}
