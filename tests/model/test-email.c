#include "model/crm-email.h"

static void
test_personal (void)
{
  static const char *const personal[] = { "jan@x.nl", "j.jong@x.nl", "info.jansen.prive@x", NULL };
  static const char *const of_persons[] = {
    "jan@x.nl", "j.jong@x.nl", "de.jong@x.nl", "informatica@x.nl", "salesman@x.nl", "p7@x.nl", NULL
  };
  static const char *const of_many[] = { "info@x.nl",
                                         "INFO@x.nl",
                                         "verkoop@x.nl",
                                         "info2@x.nl",
                                         "info.ede@x.nl",
                                         "sales-nl@x.nl",
                                         "no-reply@x.nl",
                                         "klanten.service@x.nl",
                                         "administratie@x.nl",
                                         "@x.nl",
                                         "jan",
                                         "jan@x",
                                         "",
                                         NULL };
  guint i;

  for (i = 0; of_persons[i] != NULL; i++)
    g_assert_true (crm_email_is_personal (of_persons[i]));
  for (i = 0; of_many[i] != NULL; i++)
    {
      g_test_message ("%s", of_many[i]);
      g_assert_false (crm_email_is_personal (of_many[i]));
    }
  g_assert_false (crm_email_is_personal (NULL));
  g_assert_false (crm_email_is_personal (personal[2]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/email/personal", test_personal);

  return g_test_run ();
}
