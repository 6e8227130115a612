#include "wire/crm-past.h"

#include "crm-wire-fixture.h"

#include <string.h>

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (71);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmPast) back = NULL;
      CrmPastField fields[2] = { { .name = "city" }, { .name = "from_2030" } };
      CrmPastChange changes[3];
      const CrmPast past = { .changes = changes, .n_changes = round % 4, .before = round % 2 * 90 };

      for (guint i = 0; i < 2; i++)
        {
          fields[i].old = crm_make_value (arena, rand);
          fields[i].value = crm_make_value (arena, rand);
        }
      for (guint i = 0; i < past.n_changes; i++)
        changes[i] = (CrmPastChange) {
          crm_make_set_line (arena, rand), (CrmSetOp) (1 + i), "person", fields, i
        };
      crm_past_write (&past, json);
      back = crm_past_read (json->str, json->len, &error);
      g_assert_no_error (error);
      g_assert_cmpint (back->before, ==, past.before);
      g_assert_cmpuint (back->n_changes, ==, past.n_changes);
      for (guint i = 0; i < past.n_changes; i++)
        {
          const CrmPastChange *change = &back->changes[i];

          crm_assert_set_line (&change->set, &changes[i].set);
          g_assert_cmpint (change->op, ==, changes[i].op);
          g_assert_cmpstr (change->kind, ==, "person");
          g_assert_cmpuint (change->n_fields, ==, i);
          for (guint j = 0; j < i; j++)
            {
              g_assert_cmpstr (change->fields[j].name, ==, fields[j].name);
              crm_assert_value (&change->fields[j].old, &fields[j].old);
              crm_assert_value (&change->fields[j].value, &fields[j].value);
            }
        }
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"sets\":{}}",
    "{\"sets\":[7]}",
    "{\"sets\":[{\"seq\":1,\"kind\":\"tag\"}]}",
    "{\"sets\":[{\"seq\":1,\"op\":\"set\"}]}",
    "{\"sets\":[{\"kind\":\"tag\",\"op\":\"set\"}]}",
    "{\"sets\":[{\"seq\":1,\"kind\":\"tag\",\"op\":\"x\"}]}",
    "{\"sets\":[{\"seq\":1,\"kind\":\"tag\",\"op\":\"set\",\"f\":{\"name\":[1]}}]}",
    "{\"sets\":[{\"seq\":1,\"kind\":\"tag\",\"op\":\"set\",\"f\":{\"name\":7}}]}",
    "{\"sets\":[],\"before\":\"x\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (crm_past_read (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/past/round-trip", test_round_trip);
  g_test_add_func ("/wire/past/refused", test_refused);

  return g_test_run ();
}
