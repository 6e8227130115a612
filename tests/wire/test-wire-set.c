#include "wire/crm-wire-set.h"

#include "wire/crm-wire-limit.h"

#include "crm-wire-fixture.h"

#include <string.h>

#define ID "018f0000-0000-7000-8000-000000000001"

static gboolean
read_text (CrmArena *arena, const char *json, CrmWireSet *set, GError **error)
{
  const CrmJson *node = crm_json_parse (arena, json, strlen (json), error);

  return node != NULL && crm_wire_set_read (node, arena, set, error);
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (31);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      const CrmWireSet set = crm_make_set (arena, rand, i + 1);
      CrmWireSet back;

      crm_wire_set_write (&set, json);
      g_assert_true (read_text (arena, json->str, &back, &error));
      g_assert_no_error (error);
      crm_assert_set (&back, &set);
    }
}

/* The form that is fixed from outside. */
static void
test_form (void)
{
  const CrmWireField fields[] = {
    { "total", { CRM_WIRE_TEXT, "1190.00" }, { CRM_WIRE_TEXT, "1000.00" }, 90110 },
    { "city", { CRM_WIRE_EMPTY, NULL }, { CRM_WIRE_TEXT, "Ede" }, -805 },
  };
  const CrmWireOp ops[] = {
    { CRM_SET_OP_SET, "quote", ID, 0, fields, 2 },
    { CRM_SET_OP_NEW, "tag", ID, 0, NULL, 0 },
    { CRM_SET_OP_DELETE, "tag", ID, 90100, NULL, 0 },
  };
  const CrmWireSet set = {
    .id = ID,
    .n = 812,
    .action = "quote.save",
    .at = "2026-03-01T08:00:00Z",
    .why = "customer call",
    .all = TRUE,
    .ops = ops,
    .n_ops = 3,
  };
  g_autoptr (GString) json = g_string_new (NULL);

  crm_wire_set_write (&set, json);
  g_assert_cmpstr (json->str,
                   ==,
                   "{\"id\":\"" ID "\",\"n\":812,\"action\":\"quote.save\",\"mode\":\"all\","
                   "\"why\":\"customer call\",\"at\":\"2026-03-01T08:00:00Z\",\"ops\":["
                   "{\"kind\":\"quote\",\"id\":\"" ID "\",\"op\":\"set\",\"f\":{"
                   "\"total\":{\"v\":\"1190.00\",\"b\":90110,\"o\":\"1000.00\"},"
                   "\"city\":{\"b\":\"n805\",\"o\":\"Ede\"}}},"
                   "{\"kind\":\"tag\",\"id\":\"" ID "\",\"op\":\"new\",\"f\":{}},"
                   "{\"kind\":\"tag\",\"id\":\"" ID "\",\"op\":\"del\",\"b\":90100}]}");
}

#define SET(more)                                                                                  \
  "{\"id\":\"" ID "\",\"n\":1,\"action\":\"a\",\"mode\":\"all\",\"at\":\"2026\"" more "}"
#define OP(more)    SET (",\"ops\":[{\"kind\":\"tag\",\"id\":\"" ID "\"" more "}]")
#define FIELD(text) OP (",\"op\":\"set\",\"f\":{\"name\":" text "}")

static void
test_taken (void)
{
  static const char *const texts[] = {
    SET (""),
    "{\"id\":\"" ID "\",\"n\":1,\"action\":\"a\",\"at\":\"2026\"}",
    SET (",\"ops\":[]"),
    SET (",\"from_2030\":{\"x\":[1,2]}"),
    OP (",\"op\":\"new\""),
    OP (",\"op\":\"set\",\"f\":{},\"from_2030\":1"),
    OP (",\"op\":\"del\",\"b\":\"n5\""),
    OP (",\"op\":\"del\",\"f\":{\"NO NAME\":7}"),
    FIELD ("{}"),
    FIELD ("{\"v\":null,\"b\":null,\"o\":null}"),
    FIELD ("{\"v\":1,\"from_2030\":true}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GError) error = NULL;
      CrmWireSet set;

      g_test_message ("%s", texts[i]);
      g_assert_true (read_text (arena, texts[i], &set, &error));
      g_assert_no_error (error);
      g_assert_true (set.all);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    "7",
    "{\"id\":\"" ID "\",\"n\":0,\"action\":\"a\",\"mode\":\"all\",\"at\":\"2026\"}",
    "{\"id\":\"" ID "\",\"action\":\"a\",\"mode\":\"all\",\"at\":\"2026\"}",
    "{\"id\":\"x\",\"n\":1,\"action\":\"a\",\"mode\":\"all\",\"at\":\"2026\"}",
    "{\"id\":\"" ID "\",\"n\":1,\"action\":\"a\",\"mode\":\"some\",\"at\":\"2026\"}",
    "{\"id\":\"" ID "\",\"n\":1,\"mode\":\"all\",\"at\":\"2026\"}",
    "{\"id\":\"" ID "\",\"n\":1,\"action\":\"a\",\"mode\":\"all\"}",
    SET (",\"prev\":\"9fa1\""),
    SET (",\"why\":7"),
    SET (",\"ops\":{}"),
    SET (",\"ops\":[7]"),
    OP (""),
    OP (",\"op\":\"drop\""),
    OP (",\"op\":\"del\",\"b\":-1"),
    OP (",\"op\":\"del\",\"b\":\"5\""),
    OP (",\"op\":\"del\",\"b\":\"n\""),
    OP (",\"op\":\"del\",\"b\":9007199254740993"),
    OP (",\"op\":\"set\",\"f\":[]"),
    OP (",\"op\":\"set\",\"f\":{\"NO NAME\":{}}"),
    OP (",\"op\":\"set\",\"f\":{\"\":{}}"),
    FIELD ("7"),
    FIELD ("null"),
    FIELD ("{\"v\":{}}"),
    FIELD ("{\"v\":1e999}"),
    FIELD ("{\"v\":1,\"o\":9007199254740993}"),
    FIELD ("{\"v\":1,\"b\":1.5}"),
    FIELD ("{\"v\":1,\"b\":true}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GError) error = NULL;
      CrmWireSet set;

      g_test_message ("%s", texts[i]);
      g_assert_false (read_text (arena, texts[i], &set, &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

/* A field that is too big refuses its set, and the queue goes on: the digest is still made. */
static void
test_too_big (void)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autofree char *text = g_strnfill (CRM_WIRE_MAX_FIELD + 1, 'x');

  for (guint i = 0; i < 2; i++)
    {
      CrmWireField field = { "note", { CRM_WIRE_TEXT, text + i }, { 0 }, 0 };
      const CrmWireOp op = { CRM_SET_OP_NEW, "person", ID, 0, &field, 1 };
      const CrmWireSet set = {
        .id = ID, .n = 1, .action = "a", .at = "2026", .ops = &op, .n_ops = 1
      };
      g_autoptr (GString) json = g_string_new (NULL);
      CrmWireSet back;

      crm_wire_set_write (&set, json);
      g_assert_true (read_text (arena, json->str, &back, NULL));
      g_assert_cmpint (back.problem, ==, i == 0 ? CRM_WIRE_ERROR_TOO_BIG : 0);
      back.problem = 0;
      crm_assert_set (&back, &set);
    }
}

/* So does a reason that is too long. What a program writes is short, or no message. */
static void
test_labels (void)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autofree char *why = g_strnfill (CRM_WIRE_MAX_WHY + 1, 'x');
  g_autofree char *label = g_strnfill (CRM_WIRE_MAX_LABEL + 1, 'x');
  const CrmWireSet reasons[] = { { .why = why }, { .why = why + 1 } };
  const CrmWireSet labels[] = { { .action = label }, { .group = label }, { .at = label } };

  for (guint i = 0; i < G_N_ELEMENTS (reasons) + G_N_ELEMENTS (labels); i++)
    {
      CrmWireSet set = i < 2 ? reasons[i] : labels[i - 2];
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      CrmWireSet back;

      set.id = ID;
      set.n = 1;
      set.action = set.action != NULL ? set.action : "a";
      set.at = set.at != NULL ? set.at : "2026";
      crm_wire_set_write (&set, json);
      g_assert_true (read_text (arena, json->str, &back, &error) == (i < 2));
      if (i < 2)
        g_assert_cmpint (back.problem, ==, i == 0 ? CRM_WIRE_ERROR_TOO_BIG : 0);
      else
        g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

static void
test_too_many (void)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  CrmWireOp *ops = crm_arena_new0 (arena, CrmWireOp, CRM_WIRE_MAX_OPS + 1);
  CrmWireSet set = { .id = ID, .n = 1, .action = "a", .at = "2026", .ops = ops };
  CrmWireSet back;

  for (guint i = 0; i <= CRM_WIRE_MAX_OPS; i++)
    ops[i] = (CrmWireOp) { CRM_SET_OP_NEW, "person", ID, 0, NULL, 0 };
  set.n_ops = CRM_WIRE_MAX_OPS;
  crm_wire_set_write (&set, json);
  g_assert_true (read_text (arena, json->str, &back, NULL));

  set.n_ops++;
  g_string_truncate (json, 0);
  crm_wire_set_write (&set, json);
  g_assert_false (read_text (arena, json->str, &back, &error));
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TOO_BIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/set/round-trip", test_round_trip);
  g_test_add_func ("/wire/set/form", test_form);
  g_test_add_func ("/wire/set/taken", test_taken);
  g_test_add_func ("/wire/set/refused", test_refused);
  g_test_add_func ("/wire/set/too-big", test_too_big);
  g_test_add_func ("/wire/set/labels", test_labels);
  g_test_add_func ("/wire/set/too-many", test_too_many);

  return g_test_run ();
}
