#include "letters/crm-envelope.h"

static void
test_find (void)
{
  for (guint i = 0; i < crm_envelope_get_n (); i++)
    {
      const CrmEnvelope *envelope = crm_envelope_get (i);

      g_assert_true (crm_envelope_find (envelope->name) == envelope);
      g_assert_cmpstr (crm_envelope_get_label (envelope), !=, "");
    }
  g_assert_true (crm_envelope_find (NULL) == crm_envelope_get (0));
  g_assert_true (crm_envelope_find ("no such") == crm_envelope_get (0));
}

/* Six lines of ten points fit in every window, and every window is on the sheet. */
static void
test_areas (void)
{
  for (guint i = 0; i < crm_envelope_get_n (); i++)
    {
      const CrmEnvelope *envelope = crm_envelope_get (i);
      CrmRect safe = crm_envelope_get_safe_area (envelope);

      g_test_message ("%s", envelope->name);
      g_assert_cmpfloat (safe.width, >=, 65);
      g_assert_cmpfloat (safe.height, >=, 20);
      g_assert_cmpfloat (safe.x, >, envelope->window.x);
      g_assert_cmpfloat (envelope->window.x + envelope->window.width, <=, 210);
      g_assert_cmpfloat (envelope->window.y + envelope->window.height, <=, 105);
      /* Both ends of the play keep the margin. */
      g_assert_cmpfloat_with_epsilon (safe.x - envelope->play_x - envelope->window.x,
                                      CRM_ENVELOPE_MARGIN,
                                      0.001);
      g_assert_cmpfloat_with_epsilon (envelope->window.y + envelope->window.height -
                                          (safe.y + safe.height + envelope->play_y),
                                      CRM_ENVELOPE_MARGIN,
                                      0.001);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letters/envelope/find", test_find);
  g_test_add_func ("/letters/envelope/areas", test_areas);

  return g_test_run ();
}
