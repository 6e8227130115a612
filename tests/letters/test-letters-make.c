#include "letters/crm-letters.h"

#include "crm-letters-fixture.h"
#include "model/crm-address.h"
#include "model/crm-builtin.h"
#include "store/log/crm-history.h"
#include "store/query/crm-query.h"

#include <glib/gstdio.h>
#include <poppler.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

#define N_GENERATED 400

static PopplerDocument *
open_pdf (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  PopplerDocument *document;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  bytes = g_bytes_new (data, size);
  document = poppler_document_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  return document;
}

/* White space apart, as a reader sees it. */
static char *
squeeze (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n\t", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[i]);
  return g_string_free_and_steal (g_steal_pointer (&out));
}

static char *
dup_page_text (PopplerDocument *document, int index)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, index);
  g_autofree char *text = poppler_page_get_text (page);

  return squeeze (text);
}

static CrmRecord *
get (CrmLettersFixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  CrmRecord *record = crm_replica_get (fixture->replica, id, &error);

  g_assert_no_error (error);
  return record;
}

static CrmLettersResult *
make (CrmLettersFixture *fixture,
      CrmRecord *template,
      GPtrArray *ids,
      const char *output,
      gboolean each,
      gboolean skip,
      GError **error)
{
  CrmLettersOptions options = { .output = output, .each = each, .skip = skip };
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();

  g_ptr_array_extend (copy, ids, NULL, NULL);
  g_ptr_array_add (copy, NULL);
  return crm_letters_make (fixture->replica,
                           template,
                           (const char *const *) copy->pdata,
                           &options,
                           NULL,
                           NULL,
                           error);
}

/* Persons of every shape the Dutch rules know, at home, at a firm and abroad. */
static GPtrArray *
generate (CrmLettersFixture *fixture, guint n)
{
  static const char *const prefixes[] = { NULL, "de", "van der", "'t", "in het", "ten" };
  static const char *const surnames[] = { "Vries", "Özdemir", "Berg-Smit", "IJzerman", "Łukasz" };
  static const char *const forms[] = { "mr", "mrs", "unknown", NULL };
  g_autofree char *firm = crm_letters_fixture_add (fixture,
                                                   "organisation",
                                                   "name",
                                                   "Bakker Techniek B.V.",
                                                   "postal_po_box",
                                                   "Postbus 7",
                                                   "postal_postcode",
                                                   "1067GZ",
                                                   "postal_city",
                                                   "Amsterdam",
                                                   NULL);
  g_autoptr (CrmAction) action = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (fixture->replica), "person");

  action = crm_action_begin (fixture->replica, "test", NULL, &error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmRecord) record = crm_record_new (kind, NULL);
      g_autofree char *surname = g_strdup_printf ("%s%u", surnames[i % G_N_ELEMENTS (surnames)], i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      crm_record_set (record, "initials", "A.B.");
      crm_record_set (record, "surname_prefix", prefixes[i % G_N_ELEMENTS (prefixes)]);
      crm_record_set (record, "surname", surname);
      crm_record_set (record, "form_of_address", forms[i % G_N_ELEMENTS (forms)]);
      crm_record_set (record, "organisation", i % 3 == 0 ? firm : NULL);
      if (i % 6 != 0)
        {
          crm_record_set (record, "street", "Daniël Stalpertstraat");
          crm_record_set (record, "house_number", number);
          crm_record_set (record, "postcode", i % 7 == 1 ? "75008" : "6711AB");
          crm_record_set (record, "city", i % 7 == 1 ? "Paris" : "Ede");
          crm_record_set (record, "country", i % 7 == 1 ? "FR" : NULL);
        }
      g_assert_true (crm_action_put (action, record, &error));
      g_ptr_array_add (ids, g_strdup (crm_record_get_id (record)));
    }
  g_assert_true (crm_action_finish (action, NULL, &error));
  g_assert_no_error (error);
  return ids;
}

/* What stands on the page is what the relation says. */
static void
assert_page (CrmLettersFixture *fixture, PopplerDocument *document, guint page, const char *id)
{
  g_autoptr (CrmRecord) person = get (fixture, id);
  const char *organisation_id = crm_record_get (person, "organisation");
  g_autoptr (CrmRecord) organisation = organisation_id != NULL ? get (fixture, organisation_id)
                                                               : NULL;
  g_autoptr (CrmSalutation) salutation = crm_salutation_new (person, organisation);
  g_auto (GStrv) block = crm_address_dup_block (person, organisation, "NL");
  g_autofree char *joined = g_strjoinv (" ", block);
  g_autofree char *address = squeeze (joined);
  g_autofree char *text = dup_page_text (document, (int) page);
  g_autofree char *reference = g_strdup_printf (".%04u", page + 1);

  if (strstr (text, address) == NULL)
    g_error ("“%s” is not in “%s”", address, text);
  if (strstr (text, salutation->salutation) == NULL)
    g_error ("“%s” is not in “%s”", salutation->salutation, text);
  g_assert_nonnull (strstr (text, reference));
  g_assert_nonnull (strstr (text, "Ede, 5 maart 2024"));
}

static void
test_one_file (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = generate (fixture, N_GENERATED);
  g_autoptr (CrmRecord) template = crm_builtin_new (crm_replica_get_model (fixture->replica), 0);
  g_autofree char *path = g_build_filename (fixture->dir, "brieven.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmLettersResult) result = NULL;
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *title = NULL;

  result = make (fixture, template, ids, path, FALSE, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_letters, ==, N_GENERATED);
  g_assert_cmpuint (result->n_pages, ==, N_GENERATED);
  g_assert_cmpuint (result->files->len, ==, 1);

  document = open_pdf (path);
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, N_GENERATED);
  for (guint i = 0; i < ids->len; i++)
    assert_page (fixture, document, i, g_ptr_array_index (ids, i));
  title = poppler_document_get_title (document);
  g_assert_cmpstr (title, ==, crm_record_get (template, "name"));
}

/* Each letter stands at its relation, and one undo takes all of them back. */
static void
test_log_and_undo (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = generate (fixture, 700);
  g_autoptr (CrmRecord) template = crm_builtin_new (crm_replica_get_model (fixture->replica), 2);
  g_autofree char *path = g_build_filename (fixture->dir, "brieven.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmLettersResult) result = NULL;
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (CrmQuery) query = crm_query_new ("activity");
  g_autoptr (GPtrArray) activities = NULL;
  g_autoptr (GHashTable) relations = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) references = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CrmRecord) person = NULL;
  g_autoptr (CrmRecord) again = NULL;

  result = make (fixture, template, ids, path, FALSE, FALSE, &error);
  g_assert_no_error (error);
  activities = crm_replica_list (fixture->replica, query, 0, NULL, &error);
  g_assert_cmpuint (activities->len, ==, 700);
  for (guint i = 0; i < activities->len; i++)
    {
      CrmRecord *activity = g_ptr_array_index (activities, i);

      g_assert_cmpstr (crm_record_get (activity, "type"), ==, "letter");
      g_assert_cmpstr (crm_record_get (activity, "subject"), ==, "Onze offerte");
      g_assert_cmpstr (crm_record_get (activity, "done"), ==, "2024-03-05T10:00:00Z");
      g_assert_cmpstr (crm_record_get (activity, "owner"), ==, "anna");
      g_assert_true (g_hash_table_add (relations, (char *) crm_record_get (activity, "relation")));
      g_assert_true (g_hash_table_add (references,
                                       (char *) crm_record_get (activity, "reference")));
    }
  person = get (fixture, g_ptr_array_index (ids, 0));
  g_assert_cmpstr (crm_record_get (person, "last_activity"), ==, "2024-03-05");

  undone = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone->action, ==, "letters");
  g_assert_cmpstr (undone->set, ==, result->group);
  g_assert_cmpuint (crm_letters_fixture_count (fixture, "activity"), ==, 0);
  again = get (fixture, g_ptr_array_index (ids, 0));
  g_assert_null (crm_record_get (again, "last_activity"));
}

/* A reference is never given twice, also not after undo. */
static void
test_references (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmRecord) template =
      crm_letters_fixture_make_template (fixture, NULL, "{{aanhef}}\n\n{{ons_kenmerk}}");
  g_autofree char *path = g_build_filename (fixture->dir, "a.pdf", NULL);

  g_ptr_array_add (ids, crm_letters_fixture_add_person (fixture, "Vries"));
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmLettersResult)
          result = make (fixture, template, ids, path, FALSE, FALSE, &error);
      g_autoptr (CrmUndoResult) undone = NULL;
      g_autoptr (PopplerDocument) document = NULL;
      g_autofree char *text = NULL;
      g_autofree char *reference = g_strdup_printf (".%04u", i);

      g_assert_no_error (error);
      document = open_pdf (path);
      text = dup_page_text (document, 0);
      g_assert_nonnull (strstr (text, "V24."));
      g_assert_nonnull (strstr (text, reference));
      undone = crm_replica_undo (fixture->replica, result->group, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_each (CrmLettersFixture *fixture, gconstpointer unused)
{
  static const char *const names[] = {
    "Vries", "Vries", "a/b\\c:*?", "../../etc", "VRIES", "Ölmez"
  };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmRecord) template = crm_builtin_new (crm_replica_get_model (fixture->replica), 0);
  g_autofree char *folder = g_build_filename (fixture->dir, "brieven", "maart", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmLettersResult) result = NULL;
  g_autoptr (CrmLettersResult) again = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_files = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (ids, crm_letters_fixture_add_person (fixture, names[i]));

  result = make (fixture, template, ids, folder, TRUE, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->files->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < result->files->len; i++)
    {
      const char *path = g_ptr_array_index (result->files, i);
      g_autofree char *parent = g_path_get_dirname (path);
      g_autoptr (PopplerDocument) document = open_pdf (path);

      g_assert_cmpstr (parent, ==, folder);
      g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
    }

  /* The same again leaves the first letters as they are. */
  again = make (fixture, template, ids, folder, TRUE, FALSE, &error);
  g_assert_no_error (error);
  dir = g_dir_open (folder, 0, &error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_assert_true (g_str_has_suffix (name, ".pdf") && name[0] != '.');
      n_files++;
    }
  g_assert_cmpuint (n_files, ==, 2 * G_N_ELEMENTS (names));
}

static void
test_stopped (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmRecord) template = crm_builtin_new (crm_replica_get_model (fixture->replica), 0);
  g_autofree char *path = g_build_filename (fixture->dir, "brieven.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmLettersResult) result = NULL;

  g_ptr_array_add (ids, crm_letters_fixture_add_person (fixture, "Vries"));
  g_ptr_array_add (ids, crm_letters_fixture_add (fixture, "person", "surname", "Dakloos", NULL));

  g_assert_null (make (fixture, template, ids, path, FALSE, FALSE, &error));
  g_assert_error (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_STOPPED);
  g_assert_nonnull (strstr (error->message, "1 of 2"));
  g_assert_nonnull (strstr (error->message, g_ptr_array_index (ids, 1)));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (crm_letters_fixture_count (fixture, "activity"), ==, 0);
  g_clear_error (&error);

  result = make (fixture, template, ids, path, FALSE, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_letters, ==, 1);
  g_assert_cmpuint (result->n_skipped, ==, 1);
  g_assert_cmpuint (crm_letters_fixture_count (fixture, "activity"), ==, 1);
}

/* With nobody left, and with a template that cannot be, nothing is made even when skipping. */
static void
test_none_left (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmRecord) template = crm_letters_fixture_make_template (fixture,
                                                                      NULL,
                                                                      "{{schoenmaat}}");
  g_autofree char *path = g_build_filename (fixture->dir, "brieven.pdf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (make (fixture, template, ids, path, FALSE, TRUE, &error));
  g_assert_error (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_STOPPED);
  g_clear_error (&error);

  g_ptr_array_add (ids, crm_letters_fixture_add_person (fixture, "Vries"));
  g_assert_null (make (fixture, template, ids, path, FALSE, TRUE, &error));
  g_assert_error (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_STOPPED);
  g_assert_nonnull (strstr (error->message, "schoenmaat"));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A place that cannot be written, and cancelling: neither files nor activities. */
static void
test_nothing_half_done (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = generate (fixture, 20);
  g_autoptr (CrmRecord) template = crm_builtin_new (crm_replica_get_model (fixture->replica), 0);
  g_autofree char *missing = g_build_filename (fixture->dir, "no", "such", "a.pdf", NULL);
  g_autofree char *path = g_build_filename (fixture->dir, "a.pdf", NULL);
  g_autofree char *taken = g_build_filename (fixture->dir, "taken.pdf", NULL);
  CrmLettersOptions options = { .output = path };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n_before = count_files (fixture->dir);

  g_assert_null (make (fixture, template, ids, missing, FALSE, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_ptr_array_add (ids, NULL);
  g_assert_null (crm_letters_make (fixture->replica,
                                   template,
                                   (const char *const *) ids->pdata,
                                   &options,
                                   NULL,
                                   cancellable,
                                   &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (fixture->dir), ==, n_before);

  /* The name is a folder: found out only when the file gets its name, after logging. */
  g_ptr_array_set_size (ids, 20);
  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  g_assert_null (make (fixture, template, ids, taken, FALSE, FALSE, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (crm_letters_fixture_count (fixture, "activity"), ==, 0);
  g_assert_cmpuint (count_files (fixture->dir), ==, n_before + 1);
}

static void
test_recipients (CrmLettersFixture *fixture, gconstpointer unused)
{
  g_autofree char *vries = crm_letters_fixture_add_person (fixture, "Vries");
  g_autofree char *aker = crm_letters_fixture_add_person (fixture, "Aker");
  g_autofree char *firm =
      crm_letters_fixture_add (fixture, "organisation", "name", "Bakker", "city", "Ede", NULL);
  g_autofree char *other =
      crm_letters_fixture_add (fixture, "organisation", "name", "Ver", "city", "Assen", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmExpr) where = crm_expr_parse ("city = \"ede\"", &error);
  g_autoptr (GPtrArray) ids = crm_letters_find_recipients (fixture->replica, where, NULL, &error);
  g_autoptr (GPtrArray) all = crm_letters_find_recipients (fixture->replica, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, aker);
  g_assert_cmpstr (g_ptr_array_index (ids, 1), ==, firm);
  g_assert_cmpstr (g_ptr_array_index (ids, 2), ==, vries);
}

/* Somebody who writes whenever the letters let him. */
typedef struct
{
  CrmReplica *replica;
  guint n_turns;
} Neighbour;

static void
write_in_turn (gpointer data)
{
  Neighbour *self = data;
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (self->replica), "tag");
  g_autoptr (CrmRecord) tag = crm_record_new (kind, NULL);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("tag.edit");
  g_autoptr (GError) error = NULL;

  self->n_turns++;
  crm_record_set (tag, "name", "x");
  crm_change_set_put (set, tag);
  g_assert_true (crm_replica_apply (self->replica, set, NULL, &error));
  g_assert_no_error (error);
}

/* An edit goes between any two letters while they are checked. */
static void
test_yield (CrmLettersFixture *fixture, gconstpointer unused)
{
  enum
  {
    N_LETTERS = 30
  };
  g_autoptr (GPtrArray) ids = generate (fixture, N_LETTERS);
  g_autofree char *path = g_build_filename (fixture->dir, "letters.pdf", NULL);
  g_autoptr (CrmRecord) template = crm_letters_fixture_make_template (fixture,
                                                                      "Onderwerp",
                                                                      "Tekst");
  Neighbour neighbour = { fixture->replica, 0 };
  g_autoptr (CrmLettersResult) result = NULL;
  g_autoptr (GError) error = NULL;

  crm_replica_set_yield_hook (fixture->replica, write_in_turn, &neighbour);
  result = make (fixture, template, ids, path, FALSE, TRUE, &error);
  crm_replica_set_yield_hook (fixture->replica, NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_letters, ==, N_LETTERS);
  g_assert_cmpuint (neighbour.n_turns, >=, N_LETTERS);
  g_assert_cmpuint (crm_letters_fixture_count (fixture, "tag"), ==, neighbour.n_turns);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path,                                                                                \
              CrmLettersFixture,                                                                   \
              NULL,                                                                                \
              crm_letters_fixture_set_up,                                                          \
              func,                                                                                \
              crm_letters_fixture_tear_down)
  ADD ("/letters/letters-make/yield", test_yield);
  ADD ("/letters/letters-make/one-file", test_one_file);
  ADD ("/letters/letters-make/log-and-undo", test_log_and_undo);
  ADD ("/letters/letters-make/references", test_references);
  ADD ("/letters/letters-make/each", test_each);
  ADD ("/letters/letters-make/stopped", test_stopped);
  ADD ("/letters/letters-make/none-left", test_none_left);
  ADD ("/letters/letters-make/nothing-half-done", test_nothing_half_done);
  ADD ("/letters/letters-make/recipients", test_recipients);
#undef ADD

  return g_test_run ();
}
