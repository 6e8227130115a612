#include "model/crm-language.h"

#include "base/crm-text.h"

#include <string.h>

typedef struct
{
  char code[3];
  /* ISO 639-2, for bibliographies and for terminology; mostly the same. */
  char code_b[4];
  char code_t[4];
  const char *english;
  const char *dutch;
} Language;

/* ISO 639-1, with names from Debian's iso-codes and its Dutch translation. */
static const Language languages[] = {
  { "aa", "aar", "aar", "Afar", "Afar" },
  { "ab", "abk", "abk", "Abkhazian", "Abchazisch" },
  { "ae", "ave", "ave", "Avestan", "Avestaans" },
  { "af", "afr", "afr", "Afrikaans", "Afrikaans" },
  { "ak", "aka", "aka", "Akan", "Akaans" },
  { "am", "amh", "amh", "Amharic", "Amhaars" },
  { "an", "arg", "arg", "Aragonese", "Aragonees" },
  { "ar", "ara", "ara", "Arabic", "Arabisch" },
  { "as", "asm", "asm", "Assamese", "Assamees" },
  { "av", "ava", "ava", "Avaric", "Avaars" },
  { "ay", "aym", "aym", "Aymara", "Aymara" },
  { "az", "aze", "aze", "Azerbaijani", "Azerbeidzjaans" },
  { "ba", "bak", "bak", "Bashkir", "Basjkiers" },
  { "be", "bel", "bel", "Belarusian", "Belarussisch" },
  { "bg", "bul", "bul", "Bulgarian", "Bulgaars" },
  { "bh", "bih", "bih", "Bihari languages", "Bihari-talen" },
  { "bi", "bis", "bis", "Bislama", "Bislama" },
  { "bm", "bam", "bam", "Bambara", "Bambara" },
  { "bn", "ben", "ben", "Bengali", "Bangaals" },
  { "bo", "tib", "bod", "Tibetan", "Tibetaans" },
  { "br", "bre", "bre", "Breton", "Bretons" },
  { "bs", "bos", "bos", "Bosnian", "Bosnisch" },
  { "ca", "cat", "cat", "Catalan", "Catalaans" },
  { "ce", "che", "che", "Chechen", "Tsjetsjeens" },
  { "ch", "cha", "cha", "Chamorro", "Chamorro" },
  { "co", "cos", "cos", "Corsican", "Corsicaans" },
  { "cr", "cre", "cre", "Cree", "Cree" },
  { "cs", "cze", "ces", "Czech", "Tsjechisch" },
  { "cu", "chu", "chu", "Church Slavic", "Kerkslavisch" },
  { "cv", "chv", "chv", "Chuvash", "Tsjoevasjisch" },
  { "cy", "wel", "cym", "Welsh", "Welsh" },
  { "da", "dan", "dan", "Danish", "Deens" },
  { "de", "ger", "deu", "German", "Duits" },
  { "dv", "div", "div", "Divehi", "Divehi" },
  { "dz", "dzo", "dzo", "Dzongkha", "Dzongkha" },
  { "ee", "ewe", "ewe", "Ewe", "Ewe" },
  { "el", "gre", "ell", "Greek", "Grieks" },
  { "en", "eng", "eng", "English", "Engels" },
  { "eo", "epo", "epo", "Esperanto", "Esperanto" },
  { "es", "spa", "spa", "Spanish", "Spaans" },
  { "et", "est", "est", "Estonian", "Estlands" },
  { "eu", "baq", "eus", "Basque", "Baskisch" },
  { "fa", "per", "fas", "Persian", "Perzisch" },
  { "ff", "ful", "ful", "Fulah", "Fulah" },
  { "fi", "fin", "fin", "Finnish", "Fins" },
  { "fj", "fij", "fij", "Fijian", "Fijisch" },
  { "fo", "fao", "fao", "Faroese", "Faeröers" },
  { "fr", "fre", "fra", "French", "Frans" },
  { "fy", "fry", "fry", "Frisian", "Fries" },
  { "ga", "gle", "gle", "Irish", "Iers" },
  { "gd", "gla", "gla", "Gaelic", "Gaelisch" },
  { "gl", "glg", "glg", "Galician", "Galiciaans" },
  { "gn", "grn", "grn", "Guarani", "Guaraní" },
  { "gu", "guj", "guj", "Gujarati", "Gujarati" },
  { "gv", "glv", "glv", "Manx", "Manx" },
  { "ha", "hau", "hau", "Hausa", "Hausa" },
  { "he", "heb", "heb", "Hebrew", "Hebreeuws" },
  { "hi", "hin", "hin", "Hindi", "Hindi" },
  { "ho", "hmo", "hmo", "Hiri Motu", "Hiri Motu" },
  { "hr", "hrv", "hrv", "Croatian", "Kroatisch" },
  { "ht", "hat", "hat", "Haitian", "Haïtiaans" },
  { "hu", "hun", "hun", "Hungarian", "Hongaars" },
  { "hy", "arm", "hye", "Armenian", "Armeens" },
  { "hz", "her", "her", "Herero", "Herero" },
  { "ia", "ina", "ina", "Interlingua", "Interlingua" },
  { "id", "ind", "ind", "Indonesian", "Indonesisch" },
  { "ie", "ile", "ile", "Interlingue", "Interlingue" },
  { "ig", "ibo", "ibo", "Igbo", "Igbo" },
  { "ii", "iii", "iii", "Sichuan Yi", "Sitsjuan Yi" },
  { "ik", "ipk", "ipk", "Inupiaq", "Inupiak" },
  { "io", "ido", "ido", "Ido", "Ido" },
  { "is", "ice", "isl", "Icelandic", "IJslands" },
  { "it", "ita", "ita", "Italian", "Italiaans" },
  { "iu", "iku", "iku", "Inuktitut", "Inuktitut" },
  { "ja", "jpn", "jpn", "Japanese", "Japans" },
  { "jv", "jav", "jav", "Javanese", "Javaans" },
  { "ka", "geo", "kat", "Georgian", "Georgisch" },
  { "kg", "kon", "kon", "Kongo", "Kongo" },
  { "ki", "kik", "kik", "Kikuyu", "Kikuyu" },
  { "kj", "kua", "kua", "Kuanyama", "Kuanyama" },
  { "kk", "kaz", "kaz", "Kazakh", "Kazachs" },
  { "kl", "kal", "kal", "Kalaallisut", "Kalaallisut" },
  { "km", "khm", "khm", "Central Khmer", "Centraal-Khmer" },
  { "kn", "kan", "kan", "Kannada", "Kannada" },
  { "ko", "kor", "kor", "Korean", "Koreaans" },
  { "kr", "kau", "kau", "Kanuri", "Kanuri" },
  { "ks", "kas", "kas", "Kashmiri", "Kashmiri" },
  { "ku", "kur", "kur", "Kurdish", "Koerdisch" },
  { "kv", "kom", "kom", "Komi", "Komi" },
  { "kw", "cor", "cor", "Cornish", "Cornish" },
  { "ky", "kir", "kir", "Kirghiz", "Kirgizisch" },
  { "la", "lat", "lat", "Latin", "Latijn" },
  { "lb", "ltz", "ltz", "Luxembourgish", "Luxemburgs" },
  { "lg", "lug", "lug", "Ganda", "Ganda" },
  { "li", "lim", "lim", "Limburgish", "Limburgs" },
  { "ln", "lin", "lin", "Lingala", "Lingala" },
  { "lo", "lao", "lao", "Lao", "Lao" },
  { "lt", "lit", "lit", "Lithuanian", "Litouws" },
  { "lu", "lub", "lub", "Luba-Katanga", "Luba-Katanga" },
  { "lv", "lav", "lav", "Latvian", "Lets" },
  { "mg", "mlg", "mlg", "Malagasy", "Malagassisch" },
  { "mh", "mah", "mah", "Marshallese", "Marshallees" },
  { "mi", "mao", "mri", "Maori", "Maori" },
  { "mk", "mac", "mkd", "Macedonian", "Macedonisch" },
  { "ml", "mal", "mal", "Malayalam", "Malayalam" },
  { "mn", "mon", "mon", "Mongolian", "Mongools" },
  { "mr", "mar", "mar", "Marathi", "Marathi" },
  { "ms", "may", "msa", "Malay", "Maleis" },
  { "mt", "mlt", "mlt", "Maltese", "Maltees" },
  { "my", "bur", "mya", "Burmese", "Burmees" },
  { "na", "nau", "nau", "Nauru", "Nauru" },
  { "nb", "nob", "nob", "Norwegian Bokmål", "Bokmål" },
  { "nd", "nde", "nde", "North Ndebele", "Noord-Ndebele" },
  { "ne", "nep", "nep", "Nepali", "Nepalees" },
  { "ng", "ndo", "ndo", "Ndonga", "Ndonga" },
  { "nl", "dut", "nld", "Dutch", "Nederlands" },
  { "nn", "nno", "nno", "Norwegian Nynorsk", "Nynorsk" },
  { "no", "nor", "nor", "Norwegian", "Noors" },
  { "nr", "nbl", "nbl", "South Ndebele", "Zuid-Ndebele" },
  { "nv", "nav", "nav", "Navajo", "Navajo" },
  { "ny", "nya", "nya", "Chichewa", "Tsjewa" },
  { "oc", "oci", "oci", "Occitan", "Occitaans" },
  { "oj", "oji", "oji", "Ojibwa", "Ojibwa" },
  { "om", "orm", "orm", "Oromo", "Oromo" },
  { "or", "ori", "ori", "Oriya", "Oriya" },
  { "os", "oss", "oss", "Ossetian", "Ossetisch" },
  { "pa", "pan", "pan", "Panjabi", "Panjabi" },
  { "pi", "pli", "pli", "Pali", "Pali" },
  { "pl", "pol", "pol", "Polish", "Pools" },
  { "ps", "pus", "pus", "Pushto", "Pasjtoe" },
  { "pt", "por", "por", "Portuguese", "Portugees" },
  { "qu", "que", "que", "Quechua", "Quechua" },
  { "rm", "roh", "roh", "Romansh", "Romaans" },
  { "rn", "run", "run", "Rundi", "Rundi" },
  { "ro", "rum", "ron", "Romanian", "Roemeens" },
  { "ru", "rus", "rus", "Russian", "Russisch" },
  { "rw", "kin", "kin", "Kinyarwanda", "Kinyarwanda" },
  { "sa", "san", "san", "Sanskrit", "Sanskriet" },
  { "sc", "srd", "srd", "Sardinian", "Sardijns" },
  { "sd", "snd", "snd", "Sindhi", "Sindhi" },
  { "se", "sme", "sme", "Northern Sami", "Noord-Sami" },
  { "sg", "sag", "sag", "Sango", "Sangho" },
  { "si", "sin", "sin", "Sinhala", "Sinhala" },
  { "sk", "slo", "slk", "Slovak", "Slovaaks" },
  { "sl", "slv", "slv", "Slovenian", "Sloveens" },
  { "sm", "smo", "smo", "Samoan", "Samoaans" },
  { "sn", "sna", "sna", "Shona", "Shona" },
  { "so", "som", "som", "Somali", "Somali" },
  { "sq", "alb", "sqi", "Albanian", "Albanees" },
  { "sr", "srp", "srp", "Serbian", "Servisch" },
  { "ss", "ssw", "ssw", "Swati", "Swati" },
  { "st", "sot", "sot", "Southern Sotho", "Sothaans" },
  { "su", "sun", "sun", "Sundanese", "Soendanees" },
  { "sv", "swe", "swe", "Swedish", "Zweeds" },
  { "sw", "swa", "swa", "Swahili", "Swahili" },
  { "ta", "tam", "tam", "Tamil", "Tamil" },
  { "te", "tel", "tel", "Telugu", "Telugu" },
  { "tg", "tgk", "tgk", "Tajik", "Tadzjieks" },
  { "th", "tha", "tha", "Thai", "Thais" },
  { "ti", "tir", "tir", "Tigrinya", "Tigrinya" },
  { "tk", "tuk", "tuk", "Turkmen", "Turkmeens" },
  { "tl", "tgl", "tgl", "Tagalog", "Tagalog" },
  { "tn", "tsn", "tsn", "Tswana", "Tswana" },
  { "to", "ton", "ton", "Tonga", "Tonga" },
  { "tr", "tur", "tur", "Turkish", "Turks" },
  { "ts", "tso", "tso", "Tsonga", "Tsonga" },
  { "tt", "tat", "tat", "Tatar", "Tatar" },
  { "tw", "twi", "twi", "Twi", "Twi" },
  { "ty", "tah", "tah", "Tahitian", "Tahitisch" },
  { "ug", "uig", "uig", "Uighur", "Oeigoers" },
  { "uk", "ukr", "ukr", "Ukrainian", "Oekraïens" },
  { "ur", "urd", "urd", "Urdu", "Urdu" },
  { "uz", "uzb", "uzb", "Uzbek", "Oezbeeks" },
  { "ve", "ven", "ven", "Venda", "Venda" },
  { "vi", "vie", "vie", "Vietnamese", "Vietnamees" },
  { "vo", "vol", "vol", "Volapük", "Volapük" },
  { "wa", "wln", "wln", "Walloon", "Waals" },
  { "wo", "wol", "wol", "Wolof", "Wolof" },
  { "xh", "xho", "xho", "Xhosa", "Xhosa" },
  { "yi", "yid", "yid", "Yiddish", "Jiddisch" },
  { "yo", "yor", "yor", "Yoruba", "Yoruba" },
  { "za", "zha", "zha", "Zhuang", "Zhuang" },
  { "zh", "chi", "zho", "Chinese", "Chinees" },
  { "zu", "zul", "zul", "Zulu", "Zoeloe" },
};

/* What languages and their speakers are called besides, squashed. */
static const struct
{
  const char *name;
  char code[3];
} aliases[] = {
  { "vlaams", "nl" },     { "flemish", "nl" },   { "ned", "nl" },     { "eng", "en" },
  { "francais", "fr" },   { "deutsch", "de" },   { "espanol", "es" }, { "italiano", "it" },
  { "polski", "pl" },     { "turkce", "tr" },    { "svenska", "sv" }, { "dansk", "da" },
  { "norsk", "no" },      { "frysk", "fy" },     { "farsi", "fa" },   { "griekse", "el" },
  { "belarusian", "be" }, { "portugues", "pt" },
};

static void
add_name (GHashTable *names, const char *name, const char *code)
{
  g_hash_table_insert (names, crm_text_squash (name), (char *) code);
}

/* Squashed name to code; made once, immutable then. */
static GHashTable *
get_names (void)
{
  static GHashTable *names;

  if (g_once_init_enter_pointer (&names))
    {
      GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
        {
          add_name (made, languages[i].code_b, languages[i].code);
          add_name (made, languages[i].code_t, languages[i].code);
          add_name (made, languages[i].english, languages[i].code);
          add_name (made, languages[i].dutch, languages[i].code);
        }
      for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
        add_name (made, aliases[i].name, aliases[i].code);
      for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
        add_name (made, languages[i].code, languages[i].code);
      g_once_init_leave_pointer (&names, made);
    }

  return names;
}

/* The language of a locale, "nl_BE.UTF-8" or "nl-BE". */
static char *
cut_locale (const char *text)
{
  const char *rest = text + 2;

  if (strlen (text) < 5 || (*rest != '-' && *rest != '_') || !g_ascii_isalpha (rest[1]) ||
      !g_ascii_isalpha (rest[2]) || g_ascii_isalpha (rest[3]))
    return NULL;

  return g_ascii_strdown (text, 2);
}

const char *
crm_language_find (const char *text)
{
  g_autofree char *name = NULL;

  if (text == NULL || strlen (text) > 200)
    return NULL;
  name = cut_locale (text);
  if (name == NULL)
    name = crm_text_squash (text);

  return g_hash_table_lookup (get_names (), name);
}

const char *
crm_language_get_name (const char *code, const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].code, code) == 0)
      return g_strcmp0 (language, "nl") == 0 ? languages[i].dutch : languages[i].english;

  return NULL;
}
