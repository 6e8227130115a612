#include "letters/crm-letter-words.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const CrmLetterWords words[] = {
  { "nl",
    "Uw brief van", "Uw kenmerk", "Ons kenmerk", "Behandeld door", "Betreft", "Bijlage", "Bijlagen",
    "Pagina", "van", "Met vriendelijke groet,", "Met vriendelijke groet,", "KvK", "Btw",
    { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
      "oktober", "november", "december" } },
  { "en",
    "Your letter of", "Your reference", "Our reference", "Handled by", "Subject", "Enclosure",
    "Enclosures", "Page", "of", "Yours sincerely,", "Yours faithfully,", "Chamber of Commerce",
    "VAT",
    { "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December" } },
};
/* clang-format on */

const CrmLetterWords *
crm_letter_words_find (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].language, language) == 0)
      return &words[i];

  return &words[0];
}

char *
crm_letter_words_format_date (const CrmLetterWords *self, const char *date)
{
  int year, month, day;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (date != NULL, NULL);

  if (strlen (date) < 10 || sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 ||
      month > 12)
    return g_strdup (date);

  return g_strdup_printf ("%d %s %d", day, self->months[month - 1], year);
}

static gboolean
is_english (const CrmLetterWords *self)
{
  return g_str_equal (self->language, "en");
}

/* The Dutch forms put their titles before a name that is the same in English. */
static char *
translate_titles (const char *text)
{
  static const struct
  {
    const char *dutch;
    const char *english;
  } titles[] = {
    { "de heer en mevrouw ", "Mr and Mrs " },
    { "heer en mevrouw ", "Mr and Mrs " },
    { "de heer ", "Mr " },
    { "heer ", "Mr " },
    { "mevrouw ", "Ms " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_has_prefix (text, titles[i].dutch))
      return g_strconcat (titles[i].english, text + strlen (titles[i].dutch), NULL);

  return g_strdup (text);
}

char *
crm_letter_words_dup_salutation (const CrmLetterWords *self,
                                 CrmRecord *person,
                                 const CrmSalutation *salutation)
{
  static const char *const openings[] = { "Geachte ", "Beste " };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (salutation != NULL, NULL);

  if (!is_english (self) || salutation->salutation == NULL)
    return g_strdup (salutation->salutation);
  if (person == NULL || g_str_equal (salutation->salutation, "Geachte heer of mevrouw,"))
    return g_strdup ("Dear Sir or Madam,");

  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    if (g_str_has_prefix (salutation->salutation, openings[i]))
      {
        g_autofree char *rest = translate_titles (salutation->salutation + strlen (openings[i]));

        return g_strconcat ("Dear ", rest, NULL);
      }

  return g_strdup (salutation->salutation);
}

char *
crm_letter_words_dup_in_text (const CrmLetterWords *self,
                              CrmRecord *person,
                              const CrmSalutation *salutation)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (salutation != NULL, NULL);

  if (!is_english (self) || salutation->in_text == NULL || person == NULL)
    return g_strdup (salutation->in_text);

  return translate_titles (salutation->in_text);
}
