#include "bench-rows.h"

#include "store/demo/crm-demo-words-private.h"

static void
append_row (GString *text, GRand *rand, guint number, guint n)
{
  const CrmDemoGivenName
      *given = &crm_demo_given_names[g_rand_int_range (rand, 0, (gint32) crm_demo_n_given_names)];
  const CrmDemoSurname
      *surname = &crm_demo_surnames[g_rand_int_range (rand, 0, (gint32) crm_demo_n_surnames)];
  const CrmDemoTown *town = &crm_demo_towns[g_rand_int_range (rand, 0, (gint32) crm_demo_n_towns)];

  g_string_append_printf (text,
                          "R%06u,%s,%s,%s,Bedrijf %u "
                          "B.V.,%s,%u,%u%c%c,%s,p%u@bedrijf.example,+31%09u,klant;vip,"
                          "prospect,2025-%02u-%02u\n",
                          number,
                          given->name,
                          surname->prefix != NULL ? surname->prefix : "",
                          surname->surname,
                          (guint) g_rand_int_range (rand, 0, (gint32) n / 4),
                          crm_demo_streets[g_rand_int_range (rand, 0, 20)],
                          (guint) g_rand_int_range (rand, 1, 200),
                          town->first,
                          'A' + g_rand_int_range (rand, 0, 10),
                          'T' + g_rand_int_range (rand, 0, 6),
                          town->name,
                          number,
                          (guint) g_rand_int_range (rand, 200000000, 700000000),
                          (guint) g_rand_int_range (rand, 1, 13),
                          (guint) g_rand_int_range (rand, 1, 29));
}

GFile *
bench_rows_write (const char *dir, guint n)
{
  g_autoptr (GString) text =
      g_string_new ("number,first_name,infix,last_name,organisation,street,house_number,postcode,"
                    "city,email,phone,tags,stage,last_activity\n");
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree char *path = g_build_filename (dir, "rows.csv", NULL);
  GError *error = NULL;

  for (guint i = 0; i < n; i++)
    append_row (text, rand, i, n);
  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  bench_check (error);

  return g_file_new_for_path (path);
}
