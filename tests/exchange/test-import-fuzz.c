#include "crm-exchange-fixture.h"
#include "crm-fuzz-import.h"

#include <string.h>

#define MUTATIONS 250

/* Short files that have each thing that a reader may stumble over. */
static const char *const corpus[] = {
  "\0Voornaam;Achternaam;E-mail\nJan;Jong;j@x.nl\nPiet;\"Smit;x\"\"y\";p@x.nl\n",
  "\0uid,kind,surname,organisation,organisation_uid\n11111111-1111-4111-8111-111111111111,person,A,"
  "B,22222222-2222-4222-8222-222222222222\n",
  "\0Naam;KvK;Postcode\nBakker B.V.;12345678;1234 AB Ede\nStichting;1;Postbus 12\n",
  "\1naam\tplaats\tdatum\nJan de Vries\tEde\t31-12-2025\n\"Vries, J. de\"\tEde\t12/31/25\n",
  "\2Nummer;Aanhef;Adres\nK1;Dhr.;Kerkstraat 12 bis\nK1;Mw.;Plein 1945 7a\nK2;;\n",
  "\200Type;Onderwerp;Relatie;Datum\nTelefoon;x;Jan;1-3-2026 14:00\n;;;\n",
  "\100Naam\nDhr. drs. J.P. van der Berg-de Vries MBA\n,\nvan\nde\n't\n",
  "\0sep=,\nachternaam,telefoon\n=1+1,'+31612345678\n",
  "\0Tags;Achternaam;Tags\na;b,c\n;;;;;;;;\nx\n",
  "\3\377\376n\0;\0a\0\n\0",
  "\0achternaam\n\n\n\r\n \n\"\n",
};

static gsize
get_length (gsize index)
{
  /* The first byte may be NUL and is no end; UTF-16 has more of them. */
  if (corpus[index][0] == '\3')
    return 9;

  return 1 + strlen (corpus[index] + 1);
}

static void
mutate (GByteArray *bytes, GRand *rand)
{
  static const char *const tokens[] = { "\"", ";", "\n",       "\r",         "\0",
                                        "'",  "=", "\xEB",     "\xC3\xAB",   "\xEF\xBB\xBF",
                                        ",",  "@", "de ",      "2026-01-01", "-",
                                        "\t", "|", "info@x.nl" };
  guint n = g_rand_int_range (rand, 1, 6);

  while (n-- > 0)
    {
      guint at = bytes->len > 0 ? (guint) g_rand_int_range (rand, 0, bytes->len) : 0;
      const char *token = tokens[g_rand_int_range (rand, 0, G_N_ELEMENTS (tokens))];
      guint length = MAX (strlen (token), 1);
      guint part = g_rand_int_range (rand, 1, 20);

      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          if (bytes->len > at)
            bytes->data[at] = g_rand_int_range (rand, 0, 256);
          break;
        case 1:
          part = MIN (part, bytes->len - at);
          if (part > 0)
            g_byte_array_remove_range (bytes, at, part);
          break;
        case 2:
          g_byte_array_set_size (bytes, bytes->len + length);
          memmove (bytes->data + at + length, bytes->data + at, bytes->len - length - at);
          memcpy (bytes->data + at, token, length);
          break;
        default:
          if (bytes->len > at)
            {
              g_autofree guint8 *copy = NULL;

              part = MIN (bytes->len - at, 60);
              copy = g_memdup2 (bytes->data + at, part);

              g_byte_array_append (bytes, copy, part);
            }
          break;
        }
    }
}

static void
test_corpus (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (corpus); i++)
    LLVMFuzzerTestOneInput ((const guint8 *) corpus[i], get_length (i));
}

static void
test_mutations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);

  for (guint i = 0; i < (g_test_slow () ? 20 : 1) * MUTATIONS; i++)
    {
      gsize index = g_rand_int_range (rand, 0, G_N_ELEMENTS (corpus));
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, (const guint8 *) corpus[index], get_length (index));
      mutate (bytes, rand);
      g_test_message ("mutation %u of %" G_GSIZE_FORMAT, i, index);
      LLVMFuzzerTestOneInput (bytes->data, bytes->len);
    }
}

int
main (int argc, char **argv)
{
  CrmScratch scratch = { NULL };
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-fuzz/corpus", test_corpus);
  g_test_add_func ("/import-fuzz/mutations", test_mutations);

  status = g_test_run ();
  scratch.dir = crm_fuzz_import_close ();
  crm_scratch_clear (&scratch);

  return status;
}
