#include "ui/record/crm-natural-words.h"

#include <string.h>

typedef struct
{
  const char *words; /* joined and surrounded by spaces */
  int value;
} Word;

static const Word weekdays[] = {
  { " ma maandag mon monday ", 1 },     { " di dinsdag tue tues tuesday ", 2 },
  { " wo woensdag wed wednesday ", 3 }, { " do donderdag thu thur thurs thursday ", 4 },
  { " vr vrijdag fri friday ", 5 },     { " za zaterdag sat saturday ", 6 },
  { " zo zondag sun sunday ", 7 },
};

static const Word months[] = {
  { " jan januari january ", 1 },
  { " feb februari february ", 2 },
  { " mrt maart mar march ", 3 },
  { " apr april ", 4 },
  { " mei may ", 5 },
  { " jun juni june ", 6 },
  { " jul juli july ", 7 },
  { " aug augustus august ", 8 },
  { " sep sept september ", 9 },
  { " okt oktober oct october ", 10 },
  { " nov november ", 11 },
  { " dec december ", 12 },
};

static const Word days[] = {
  { " eergisteren ", -2 },    { " gisteren yesterday ", -1 }, { " vandaag today ", 0 },
  { " morgen tomorrow ", 1 }, { " overmorgen ", 2 },
};

/* Value: 100 times days from today, plus the hour. */
static const Word parts[] = {
  { " vanochtend vanmorgen ", 9 }, { " vanmiddag ", 14 },     { " vanavond tonight ", 19 },
  { " morgenochtend ", 109 },      { " morgenmiddag ", 114 }, { " morgenavond ", 119 },
  { " gisterochtend ", -91 },      { " gistermiddag ", -86 }, { " gisteravond ", -81 },
};

static const Word numbers[] = {
  { " een één a an one ", 1 }, { " twee two ", 2 },    { " drie three ", 3 },
  { " vier four ", 4 },        { " vijf five ", 5 },   { " zes six ", 6 },
  { " zeven seven ", 7 },      { " acht eight ", 8 },  { " negen nine ", 9 },
  { " tien ten ", 10 },        { " elf eleven ", 11 }, { " twaalf twelve ", 12 },
};

static const Word units[] = {
  { " min minuut minuten minute minutes ", CRM_UNIT_MINUTE },
  { " uur uren hour hours ", CRM_UNIT_HOUR },
  { " dag dagen day days ", CRM_UNIT_DAY },
  { " week weken weeks ", CRM_UNIT_WEEK },
  { " maand maanden month months ", CRM_UNIT_MONTH },
  { " jaar jaren year years ", CRM_UNIT_YEAR },
};

gboolean
crm_natural_words_is_one_of (const char *word, const char *words)
{
  g_autofree char *padded = NULL;

  if (word == NULL)
    return FALSE;

  padded = g_strdup_printf (" %s ", word);

  return strstr (words, padded) != NULL;
}

static gboolean
find_word (const Word *table, gsize n, const char *word, int *value)
{
  for (gsize i = 0; i < n; i++)
    if (crm_natural_words_is_one_of (word, table[i].words))
      {
        *value = table[i].value;
        return TRUE;
      }

  return FALSE;
}

#define FIND(table, word, value) find_word (table, G_N_ELEMENTS (table), word, value)

gboolean
crm_natural_words_find_weekday (const char *word, int *weekday)
{
  return FIND (weekdays, word, weekday);
}

gboolean
crm_natural_words_find_month (const char *word, int *month)
{
  return FIND (months, word, month);
}

gboolean
crm_natural_words_find_day (const char *word, int *offset)
{
  return FIND (days, word, offset);
}

gboolean
crm_natural_words_find_number (const char *word, int *number)
{
  return FIND (numbers, word, number);
}

gboolean
crm_natural_words_find_unit (const char *word, int *unit)
{
  return FIND (units, word, unit);
}

gboolean
crm_natural_words_find_part (const char *word, int *offset, int *hour)
{
  int value;

  if (!FIND (parts, word, &value))
    return FALSE;

  *offset = value < 0 ? -1 : value / 100;
  *hour = value - 100 * *offset;

  return TRUE;
}
