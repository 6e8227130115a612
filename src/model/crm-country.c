#include "model/crm-country.h"

#include "base/crm-text.h"

#include <string.h>

typedef struct
{
  char code[3];
  char code3[4];
  const char *english;
  const char *dutch;
} Country;

/* ISO 3166-1, with the names people use, from Debian's iso-codes and its Dutch translation. */
static const Country countries[] = {
  { "AD", "AND", "Andorra", "Andorra" },
  { "AE", "ARE", "United Arab Emirates", "Verenigde Arabische Emiraten" },
  { "AF", "AFG", "Afghanistan", "Afghanistan" },
  { "AG", "ATG", "Antigua and Barbuda", "Antigua en Barbuda" },
  { "AI", "AIA", "Anguilla", "Anguilla" },
  { "AL", "ALB", "Albania", "Albanië" },
  { "AM", "ARM", "Armenia", "Armenië" },
  { "AO", "AGO", "Angola", "Angola" },
  { "AQ", "ATA", "Antarctica", "Antarctica" },
  { "AR", "ARG", "Argentina", "Argentinië" },
  { "AS", "ASM", "American Samoa", "Amerikaans-Samoa" },
  { "AT", "AUT", "Austria", "Oostenrijk" },
  { "AU", "AUS", "Australia", "Australië" },
  { "AW", "ABW", "Aruba", "Aruba" },
  { "AX", "ALA", "Åland Islands", "Ålandseilanden" },
  { "AZ", "AZE", "Azerbaijan", "Azerbeidzjan" },
  { "BA", "BIH", "Bosnia and Herzegovina", "Bosnië en Herzegovina" },
  { "BB", "BRB", "Barbados", "Barbados" },
  { "BD", "BGD", "Bangladesh", "Bangladesh" },
  { "BE", "BEL", "Belgium", "België" },
  { "BF", "BFA", "Burkina Faso", "Burkina Faso" },
  { "BG", "BGR", "Bulgaria", "Bulgarije" },
  { "BH", "BHR", "Bahrain", "Bahrein" },
  { "BI", "BDI", "Burundi", "Burundi" },
  { "BJ", "BEN", "Benin", "Benin" },
  { "BL", "BLM", "Saint Barthélemy", "Saint-Barthélemy" },
  { "BM", "BMU", "Bermuda", "Bermuda" },
  { "BN", "BRN", "Brunei", "Brunei" },
  { "BO", "BOL", "Bolivia", "Bolivia" },
  { "BQ", "BES", "Caribbean Netherlands", "Caribisch Nederland" },
  { "BR", "BRA", "Brazil", "Brazilië" },
  { "BS", "BHS", "Bahamas", "Bahama's" },
  { "BT", "BTN", "Bhutan", "Bhutan" },
  { "BV", "BVT", "Bouvet Island", "Bouveteiland" },
  { "BW", "BWA", "Botswana", "Botswana" },
  { "BY", "BLR", "Belarus", "Belarus" },
  { "BZ", "BLZ", "Belize", "Belize" },
  { "CA", "CAN", "Canada", "Canada" },
  { "CC", "CCK", "Cocos Islands", "Cocoseilanden" },
  { "CD", "COD", "Congo-Kinshasa", "Congo-Kinshasa" },
  { "CF", "CAF", "Central African Republic", "Centraal-Afrikaanse Republiek" },
  { "CG", "COG", "Congo-Brazzaville", "Congo-Brazzaville" },
  { "CH", "CHE", "Switzerland", "Zwitserland" },
  { "CI", "CIV", "Côte d'Ivoire", "Ivoorkust" },
  { "CK", "COK", "Cook Islands", "Cookeilanden" },
  { "CL", "CHL", "Chile", "Chili" },
  { "CM", "CMR", "Cameroon", "Kameroen" },
  { "CN", "CHN", "China", "China" },
  { "CO", "COL", "Colombia", "Colombia" },
  { "CR", "CRI", "Costa Rica", "Costa Rica" },
  { "CU", "CUB", "Cuba", "Cuba" },
  { "CV", "CPV", "Cabo Verde", "Kaapverdië" },
  { "CW", "CUW", "Curaçao", "Curaçao" },
  { "CX", "CXR", "Christmas Island", "Christmaseiland" },
  { "CY", "CYP", "Cyprus", "Cyprus" },
  { "CZ", "CZE", "Czechia", "Tsjechië" },
  { "DE", "DEU", "Germany", "Duitsland" },
  { "DJ", "DJI", "Djibouti", "Djibouti" },
  { "DK", "DNK", "Denmark", "Denemarken" },
  { "DM", "DMA", "Dominica", "Dominica" },
  { "DO", "DOM", "Dominican Republic", "Dominicaanse Republiek" },
  { "DZ", "DZA", "Algeria", "Algerije" },
  { "EC", "ECU", "Ecuador", "Ecuador" },
  { "EE", "EST", "Estonia", "Estland" },
  { "EG", "EGY", "Egypt", "Egypte" },
  { "EH", "ESH", "Western Sahara", "Westelijke Sahara" },
  { "ER", "ERI", "Eritrea", "Eritrea" },
  { "ES", "ESP", "Spain", "Spanje" },
  { "ET", "ETH", "Ethiopia", "Ethiopië" },
  { "FI", "FIN", "Finland", "Finland" },
  { "FJ", "FJI", "Fiji", "Fiji" },
  { "FK", "FLK", "Falkland Islands", "Falklandeilanden" },
  { "FM", "FSM", "Micronesia", "Micronesia" },
  { "FO", "FRO", "Faroe Islands", "Faeröer" },
  { "FR", "FRA", "France", "Frankrijk" },
  { "GA", "GAB", "Gabon", "Gabon" },
  { "GB", "GBR", "United Kingdom", "Verenigd Koninkrijk" },
  { "GD", "GRD", "Grenada", "Grenada" },
  { "GE", "GEO", "Georgia", "Georgia" },
  { "GF", "GUF", "French Guiana", "Frans-Guyana" },
  { "GG", "GGY", "Guernsey", "Guernsey" },
  { "GH", "GHA", "Ghana", "Ghana" },
  { "GI", "GIB", "Gibraltar", "Gibraltar" },
  { "GL", "GRL", "Greenland", "Groenland" },
  { "GM", "GMB", "Gambia", "Gambia" },
  { "GN", "GIN", "Guinea", "Guinee" },
  { "GP", "GLP", "Guadeloupe", "Guadeloupe" },
  { "GQ", "GNQ", "Equatorial Guinea", "Equatoriaal-Guinea" },
  { "GR", "GRC", "Greece", "Griekenland" },
  { "GS",
    "SGS",
    "South Georgia and the South Sandwich Islands",
    "Zuid-Georgia en de Zuidelijke Sandwicheilanden" },
  { "GT", "GTM", "Guatemala", "Guatemala" },
  { "GU", "GUM", "Guam", "Guam" },
  { "GW", "GNB", "Guinea-Bissau", "Guinee-Bissau" },
  { "GY", "GUY", "Guyana", "Guyana" },
  { "HK", "HKG", "Hong Kong", "Hongkong" },
  { "HM", "HMD", "Heard Island and McDonald Islands", "Heardeiland en McDonaldeilanden" },
  { "HN", "HND", "Honduras", "Honduras" },
  { "HR", "HRV", "Croatia", "Kroatië" },
  { "HT", "HTI", "Haiti", "Haïti" },
  { "HU", "HUN", "Hungary", "Hongarije" },
  { "ID", "IDN", "Indonesia", "Indonesië" },
  { "IE", "IRL", "Ireland", "Ierland" },
  { "IL", "ISR", "Israel", "Israël" },
  { "IM", "IMN", "Isle of Man", "Eiland Man" },
  { "IN", "IND", "India", "India" },
  { "IO", "IOT", "British Indian Ocean Territory", "Brits Indische Oceaanterritorium" },
  { "IQ", "IRQ", "Iraq", "Irak" },
  { "IR", "IRN", "Iran", "Iran" },
  { "IS", "ISL", "Iceland", "IJsland" },
  { "IT", "ITA", "Italy", "Italië" },
  { "JE", "JEY", "Jersey", "Jersey" },
  { "JM", "JAM", "Jamaica", "Jamaica" },
  { "JO", "JOR", "Jordan", "Jordanië" },
  { "JP", "JPN", "Japan", "Japan" },
  { "KE", "KEN", "Kenya", "Kenia" },
  { "KG", "KGZ", "Kyrgyzstan", "Kirgizië" },
  { "KH", "KHM", "Cambodia", "Cambodja" },
  { "KI", "KIR", "Kiribati", "Kiribati" },
  { "KM", "COM", "Comoros", "Comoren" },
  { "KN", "KNA", "Saint Kitts and Nevis", "Saint Kitts en Nevis" },
  { "KP", "PRK", "North Korea", "Noord-Korea" },
  { "KR", "KOR", "South Korea", "Zuid-Korea" },
  { "KW", "KWT", "Kuwait", "Koeweit" },
  { "KY", "CYM", "Cayman Islands", "Kaaimaneilanden" },
  { "KZ", "KAZ", "Kazakhstan", "Kazachstan" },
  { "LA", "LAO", "Laos", "Laos" },
  { "LB", "LBN", "Lebanon", "Libanon" },
  { "LC", "LCA", "Saint Lucia", "Saint Lucia" },
  { "LI", "LIE", "Liechtenstein", "Liechtenstein" },
  { "LK", "LKA", "Sri Lanka", "Sri Lanka" },
  { "LR", "LBR", "Liberia", "Liberia" },
  { "LS", "LSO", "Lesotho", "Lesotho" },
  { "LT", "LTU", "Lithuania", "Litouwen" },
  { "LU", "LUX", "Luxembourg", "Luxemburg" },
  { "LV", "LVA", "Latvia", "Letland" },
  { "LY", "LBY", "Libya", "Libië" },
  { "MA", "MAR", "Morocco", "Marokko" },
  { "MC", "MCO", "Monaco", "Monaco" },
  { "MD", "MDA", "Moldova", "Moldavië" },
  { "ME", "MNE", "Montenegro", "Montenegro" },
  { "MF", "MAF", "Saint Martin", "Saint-Martin" },
  { "MG", "MDG", "Madagascar", "Madagaskar" },
  { "MH", "MHL", "Marshall Islands", "Marshalleilanden" },
  { "MK", "MKD", "North Macedonia", "Noord-Macedonië" },
  { "ML", "MLI", "Mali", "Mali" },
  { "MM", "MMR", "Myanmar", "Myanmar" },
  { "MN", "MNG", "Mongolia", "Mongolië" },
  { "MO", "MAC", "Macao", "Macau" },
  { "MP", "MNP", "Northern Mariana Islands", "Noordelijke Marianen" },
  { "MQ", "MTQ", "Martinique", "Martinique" },
  { "MR", "MRT", "Mauritania", "Mauritanië" },
  { "MS", "MSR", "Montserrat", "Montserrat" },
  { "MT", "MLT", "Malta", "Malta" },
  { "MU", "MUS", "Mauritius", "Mauritius" },
  { "MV", "MDV", "Maldives", "Maldiven" },
  { "MW", "MWI", "Malawi", "Malawi" },
  { "MX", "MEX", "Mexico", "Mexico" },
  { "MY", "MYS", "Malaysia", "Maleisië" },
  { "MZ", "MOZ", "Mozambique", "Mozambique" },
  { "NA", "NAM", "Namibia", "Namibië" },
  { "NC", "NCL", "New Caledonia", "Nieuw-Caledonië" },
  { "NE", "NER", "Niger", "Niger" },
  { "NF", "NFK", "Norfolk Island", "Norfolk" },
  { "NG", "NGA", "Nigeria", "Nigeria" },
  { "NI", "NIC", "Nicaragua", "Nicaragua" },
  { "NL", "NLD", "Netherlands", "Nederland" },
  { "NO", "NOR", "Norway", "Noorwegen" },
  { "NP", "NPL", "Nepal", "Nepal" },
  { "NR", "NRU", "Nauru", "Nauru" },
  { "NU", "NIU", "Niue", "Niue" },
  { "NZ", "NZL", "New Zealand", "Nieuw-Zeeland" },
  { "OM", "OMN", "Oman", "Oman" },
  { "PA", "PAN", "Panama", "Panama" },
  { "PE", "PER", "Peru", "Peru" },
  { "PF", "PYF", "French Polynesia", "Frans-Polynesië" },
  { "PG", "PNG", "Papua New Guinea", "Papoea-Nieuw-Guinea" },
  { "PH", "PHL", "Philippines", "Filipijnen" },
  { "PK", "PAK", "Pakistan", "Pakistan" },
  { "PL", "POL", "Poland", "Polen" },
  { "PM", "SPM", "Saint Pierre and Miquelon", "Saint-Pierre en Miquelon" },
  { "PN", "PCN", "Pitcairn", "Pitcairneilanden" },
  { "PR", "PRI", "Puerto Rico", "Puerto Rico" },
  { "PS", "PSE", "Palestine", "Palestina" },
  { "PT", "PRT", "Portugal", "Portugal" },
  { "PW", "PLW", "Palau", "Palau" },
  { "PY", "PRY", "Paraguay", "Paraguay" },
  { "QA", "QAT", "Qatar", "Qatar" },
  { "RE", "REU", "Réunion", "Réunion" },
  { "RO", "ROU", "Romania", "Roemenië" },
  { "RS", "SRB", "Serbia", "Servië" },
  { "RU", "RUS", "Russia", "Rusland" },
  { "RW", "RWA", "Rwanda", "Rwanda" },
  { "SA", "SAU", "Saudi Arabia", "Saoedi-Arabië" },
  { "SB", "SLB", "Solomon Islands", "Salomonseilanden" },
  { "SC", "SYC", "Seychelles", "Seychellen" },
  { "SD", "SDN", "Sudan", "Soedan" },
  { "SE", "SWE", "Sweden", "Zweden" },
  { "SG", "SGP", "Singapore", "Singapore" },
  { "SH",
    "SHN",
    "Saint Helena, Ascension and Tristan da Cunha",
    "Sint-Helena, Ascension en Tristan da Cunha" },
  { "SI", "SVN", "Slovenia", "Slovenië" },
  { "SJ", "SJM", "Svalbard and Jan Mayen", "Spitsbergen en Jan Mayen" },
  { "SK", "SVK", "Slovakia", "Slowakije" },
  { "SL", "SLE", "Sierra Leone", "Sierra Leone" },
  { "SM", "SMR", "San Marino", "San Marino" },
  { "SN", "SEN", "Senegal", "Senegal" },
  { "SO", "SOM", "Somalia", "Somalië" },
  { "SR", "SUR", "Suriname", "Suriname" },
  { "SS", "SSD", "South Sudan", "Zuid-Soedan" },
  { "ST", "STP", "Sao Tome and Principe", "Sao Tomé en Principe" },
  { "SV", "SLV", "El Salvador", "El Salvador" },
  { "SX", "SXM", "Sint Maarten", "Sint-Maarten" },
  { "SY", "SYR", "Syria", "Syrië" },
  { "SZ", "SWZ", "Eswatini", "Eswatini" },
  { "TC", "TCA", "Turks and Caicos Islands", "Turks- en Caicoseilanden" },
  { "TD", "TCD", "Chad", "Tsjaad" },
  { "TF", "ATF", "French Southern Territories", "Franse Zuidelijke Gebieden" },
  { "TG", "TGO", "Togo", "Togo" },
  { "TH", "THA", "Thailand", "Thailand" },
  { "TJ", "TJK", "Tajikistan", "Tadzjikistan" },
  { "TK", "TKL", "Tokelau", "Tokelau" },
  { "TL", "TLS", "East Timor", "Oost-Timor" },
  { "TM", "TKM", "Turkmenistan", "Turkmenistan" },
  { "TN", "TUN", "Tunisia", "Tunesië" },
  { "TO", "TON", "Tonga", "Tonga" },
  { "TR", "TUR", "Turkey", "Turkije" },
  { "TT", "TTO", "Trinidad and Tobago", "Trinidad en Tobago" },
  { "TV", "TUV", "Tuvalu", "Tuvalu" },
  { "TW", "TWN", "Taiwan", "Taiwan" },
  { "TZ", "TZA", "Tanzania", "Tanzania" },
  { "UA", "UKR", "Ukraine", "Oekraïne" },
  { "UG", "UGA", "Uganda", "Oeganda" },
  { "UM",
    "UMI",
    "United States Minor Outlying Islands",
    "Kleine afgelegen eilanden van de Verenigde Staten" },
  { "US", "USA", "United States", "Verenigde Staten" },
  { "UY", "URY", "Uruguay", "Uruguay" },
  { "UZ", "UZB", "Uzbekistan", "Oezbekistan" },
  { "VA", "VAT", "Vatican City", "Vaticaanstad" },
  { "VC", "VCT", "Saint Vincent and the Grenadines", "Saint Vincent en de Grenadines" },
  { "VE", "VEN", "Venezuela", "Venezuela" },
  { "VG", "VGB", "British Virgin Islands", "Britse Maagdeneilanden" },
  { "VI", "VIR", "US Virgin Islands", "Amerikaanse Maagdeneilanden" },
  { "VN", "VNM", "Vietnam", "Vietnam" },
  { "VU", "VUT", "Vanuatu", "Vanuatu" },
  { "WF", "WLF", "Wallis and Futuna", "Wallis en Futuna" },
  { "WS", "WSM", "Samoa", "Samoa" },
  { "YE", "YEM", "Yemen", "Jemen" },
  { "YT", "MYT", "Mayotte", "Mayotte" },
  { "ZA", "ZAF", "South Africa", "Zuid-Afrika" },
  { "ZM", "ZMB", "Zambia", "Zambia" },
  { "ZW", "ZWE", "Zimbabwe", "Zimbabwe" },
};

/* Other names that are met in files, squashed. */
static const struct
{
  const char *name;
  char code[3];
} aliases[] = {
  { "thenetherlands", "NL" },
  { "holland", "NL" },
  { "paysbas", "NL" },
  { "niederlande", "NL" },
  { "koninkrijkdernederlanden", "NL" },
  { "belgique", "BE" },
  { "belgien", "BE" },
  { "b", "BE" },
  { "deutschland", "DE" },
  { "allemagne", "DE" },
  { "d", "DE" },
  { "brd", "DE" },
  { "bondsrepubliekduitsland", "DE" },
  { "luxembourg", "LU" },
  { "l", "LU" },
  { "f", "FR" },
  { "uk", "GB" },
  { "greatbritain", "GB" },
  { "grootbrittannie", "GB" },
  { "engeland", "GB" },
  { "england", "GB" },
  { "schotland", "GB" },
  { "scotland", "GB" },
  { "wales", "GB" },
  { "noordierland", "GB" },
  { "northernireland", "GB" },
  { "verenigdkoninkrijkgrootbrittannie", "GB" },
  { "vs", "US" },
  { "usa", "US" },
  { "amerika", "US" },
  { "verenigdestatenvanamerika", "US" },
  { "unitedstatesofamerica", "US" },
  { "schweiz", "CH" },
  { "suisse", "CH" },
  { "svizzera", "CH" },
  { "osterreich", "AT" },
  { "a", "AT" },
  { "espana", "ES" },
  { "italia", "IT" },
  { "i", "IT" },
  { "danmark", "DK" },
  { "sverige", "SE" },
  { "norge", "NO" },
  { "polska", "PL" },
  { "eire", "IE" },
  { "republicofireland", "IE" },
  { "turkiye", "TR" },
  { "czechrepublic", "CZ" },
  { "tsjechischerepubliek", "CZ" },
  { "witrusland", "BY" },
  { "russianfederation", "RU" },
  { "russischefederatie", "RU" },
  { "macedonie", "MK" },
  { "ivorycoast", "CI" },
  { "birma", "MM" },
  { "burma", "MM" },
  { "vae", "AE" },
  { "uae", "AE" },
  { "bonaire", "BQ" },
  { "sinteustatius", "BQ" },
  { "saba", "BQ" },
  { "drcongo", "CD" },
  { "hongkongsar", "HK" },
  { "kosovo", "XK" },
  { "xk", "XK" },
  { "xkx", "XK" },
};

static void
add_name (GHashTable *names, const char *name, const char *code)
{
  g_hash_table_insert (names, crm_text_squash (name), (char *) code);
}

/* Squashed name to code, of every name and code there is; made once, immutable then. */
static GHashTable *
get_names (void)
{
  static GHashTable *names;

  if (g_once_init_enter_pointer (&names))
    {
      GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
        add_name (made, aliases[i].name, aliases[i].code);
      for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
        {
          add_name (made, countries[i].english, countries[i].code);
          add_name (made, countries[i].dutch, countries[i].code);
          add_name (made, countries[i].code3, countries[i].code);
          add_name (made, countries[i].code, countries[i].code);
        }
      g_once_init_leave_pointer (&names, made);
    }

  return names;
}

static const Country *
find (const char *code)
{
  guint low = 0, high = G_N_ELEMENTS (countries);

  while (low < high)
    {
      const guint middle = (low + high) / 2;
      const int order = strcmp (code, countries[middle].code);

      if (order == 0)
        return &countries[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

const char *
crm_country_find (const char *text)
{
  g_autofree char *squashed = NULL;

  /* The longest name has under 50 letters. */
  if (text == NULL || strlen (text) > 200)
    return NULL;
  squashed = crm_text_squash (text);

  return g_hash_table_lookup (get_names (), squashed);
}

const char *
crm_country_get_name (const char *code, const char *language)
{
  const Country *country = code != NULL ? find (code) : NULL;

  if (country == NULL)
    return NULL;

  return g_strcmp0 (language, "nl") == 0 ? country->dutch : country->english;
}
