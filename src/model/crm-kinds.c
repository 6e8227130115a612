/*
 * The kinds and their fields: the one description that drives tables, forms, columns, search,
 * import mapping, letters, wire, rights, conflicts and history.
 *
 * A new field is one new line with a number that was never used before in its kind. A number is
 * never reused; a field that goes leaves its number in a comment. Positional members: number, name,
 * label, type, section, group.
 */

#include "model/crm-kinds-private.h"

#include <glib/gi18n-lib.h>

/* One field a line, however long. */
/* clang-format off */

static const CrmField person_fields[] = {
  { 1, "number", N_("Number"), CRM_FIELD_TEXT, CRM_SECTION_WORK, CRM_GROUP_IDENTITY, .policy = CRM_POLICY_SERVER_ONLY, .flags = CRM_FIELD_UNIQUE | CRM_FIELD_SORTED, .aliases = "nummer|nr|relatienummer|relatiecode|klantnummer|klantnr|klantcode|debiteurnummer|debiteurnr|code|number|customer number|customer no|contact id|id|relatienr", .letter_name = "nummer", .weight = 4 },
  { 2, "initials", N_("Initials"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "voorletters|voorletter|initialen|initials", .letter_name = "voorletters", .weight = 1 },
  { 3, "given_name", N_("First name"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "voornaam|voornamen|first name|firstname|given name|forename", .letter_name = "voornaam", .weight = 5 },
  { 4, "call_name", N_("Call name"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "roepnaam|call name|nickname", .letter_name = "roepnaam", .weight = 5 },
  { 5, "surname_prefix", N_("Surname prefix"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "voorvoegsel|voorvoegsels|tussenvoegsel|tussenvoegsels|tv|infix|surname prefix|prefix|middle name", .letter_name = "voorvoegsel", .weight = 2 },
  { 6, "surname", N_("Surname"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "achternaam|familienaam|last name|lastname|surname|family name|naam|name", .letter_name = "achternaam", .weight = 8 },
  { 7, "partner_prefix", N_("Partner's prefix"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_PRIVATE, .aliases = "voorvoegsel partner|tussenvoegsel partner|partner prefix", .letter_name = "voorvoegsel_partner", .weight = 1 },
  { 8, "partner_surname", N_("Partner's surname"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_PRIVATE, .aliases = "achternaam partner|naam partner|partnernaam|geslachtsnaam partner|partner surname|partner name", .letter_name = "achternaam_partner", .weight = 4 },
  { 9, "name_use", N_("Use of name"), CRM_FIELD_CHOICE, CRM_SECTION_NAME, CRM_GROUP_PRIVATE, .choices = (const CrmChoice[]) { { "own", N_("Own name") }, { "partner", N_("Partner’s name") }, { "partner_own", N_("Partner’s name, own name") }, { "own_partner", N_("Own name, partner’s name") }, { NULL } }, .aliases = "naamgebruik|name use|aanduiding naamgebruik", .letter_name = "naamgebruik" },
  { 10, "form_of_address", N_("Form of address"), CRM_FIELD_CHOICE, CRM_SECTION_NAME, CRM_GROUP_PRIVATE, .choices = (const CrmChoice[]) { { "mr", N_("Mr") }, { "mrs", N_("Mrs") }, { "unknown", N_("Unknown") }, { NULL } }, .aliases = "aanhef|aanspreekvorm|aanschrijfwijze|geslacht|gender|sex|salutation|form of address|m/v|dhr/mevr|mr/mrs", .letter_name = "aanspreekvorm" },
  { 11, "tone", N_("Tone"), CRM_FIELD_CHOICE, CRM_SECTION_NAME, CRM_GROUP_PRIVATE, .choices = (const CrmChoice[]) { { "formal", N_("Formal") }, { "informal", N_("Informal") }, { NULL } }, .aliases = "toon|tutoyeren|tone|tone of voice", .letter_name = "toon" },
  { 12, "title", N_("Title"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "titel|titulatuur|title|academic title|academische titel|titels", .letter_name = "titel" },
  { 13, "title_after", N_("Title after the name"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "titel achter|titel achteraan|titel achter naam|suffix title|title after", .letter_name = "titel_achter" },
  { 14, "organisation", N_("Organisation"), CRM_FIELD_LINK, CRM_SECTION_WORK, CRM_GROUP_IDENTITY, .target = "organisation", .aliases = "organisatie|bedrijf|bedrijfsnaam|firma|firmanaam|werkgever|company|company name|organisation|organization|account|account name|organisatienaam", .letter_name = "organisatie" },
  { 15, "function", N_("Function"), CRM_FIELD_TEXT, CRM_SECTION_WORK, CRM_GROUP_IDENTITY, .aliases = "functie|functieomschrijving|functietitel|job title|function|position|jobtitle|role", .letter_name = "functie", .weight = 2 },
  { 16, "department", N_("Department"), CRM_FIELD_TEXT, CRM_SECTION_WORK, CRM_GROUP_IDENTITY, .aliases = "afdeling|department|dept", .letter_name = "afdeling", .weight = 1 },
  { 17, "email", N_("E-mail"), CRM_FIELD_TEXT, CRM_SECTION_CONTACT, CRM_GROUP_CONTACT, .check = CRM_CHECK_EMAIL, .flags = CRM_FIELD_SORTED, .aliases = "e-mail|email|e-mailadres|emailadres|mail|mailadres|e-mail address|email address|email 1", .letter_name = "e-mail", .weight = 4 },
  { 18, "phone", N_("Phone"), CRM_FIELD_TEXT, CRM_SECTION_CONTACT, CRM_GROUP_CONTACT, .check = CRM_CHECK_PHONE, .aliases = "telefoon|telefoonnummer|tel|tel.|telnr|telefoonnr|vast nummer|phone|phone number|telephone|business phone|work phone", .letter_name = "telefoon", .weight = 3 },
  { 19, "mobile", N_("Mobile"), CRM_FIELD_TEXT, CRM_SECTION_CONTACT, CRM_GROUP_CONTACT, .check = CRM_CHECK_PHONE, .aliases = "mobiel|mobiele telefoon|mobiel nummer|mobielnummer|gsm|06|06-nummer|mobile|mobile phone|cell|cell phone", .letter_name = "mobiel", .weight = 3 },
  { 20, "language", N_("Language"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .check = CRM_CHECK_LANGUAGE, .aliases = "taal|taalcode|language|voorkeurstaal", .letter_name = "taal" },
  { 21, "birthday", N_("Birthday"), CRM_FIELD_DATE, CRM_SECTION_NAME, CRM_GROUP_PRIVATE, .aliases = "geboortedatum|geb.datum|gebdatum|verjaardag|birthday|birth date|date of birth|geboren|geboren op", .letter_name = "geboortedatum" },
  { 22, "street", N_("Street"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .aliases = "straat|adres|address|straatnaam|bezoekadres|bezoek straat|street address|adresregel 1|huisadres", .letter_name = "straat", .weight = 2 },
  { 23, "house_number", N_("House number"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .aliases = "huisnummer|huisnr|nr huis|house no|house nr|nr.", .letter_name = "huisnummer" },
  { 24, "house_letter", N_("House letter"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .aliases = "huisletter", .letter_name = "huisletter" },
  { 25, "house_addition", N_("Addition"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .aliases = "toevoeging|huisnummertoevoeging|huisnummer toevoeging|toev|toev.|addition|suffix", .letter_name = "toevoeging" },
  { 26, "postcode", N_("Postcode"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .check = CRM_CHECK_POSTCODE, .flags = CRM_FIELD_SORTED, .aliases = "postcode|zip|zip code|zipcode|postal code|post code|pc", .letter_name = "postcode", .weight = 4 },
  { 27, "city", N_("Town"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .flags = CRM_FIELD_SORTED, .aliases = "plaats|woonplaats|stad|town|city|vestigingsplaats", .letter_name = "plaats", .weight = 3 },
  { 28, "country", N_("Country"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .check = CRM_CHECK_COUNTRY, .aliases = "land|country|landcode|country code", .letter_name = "land" },
  { 29, "postal_street", N_("Postal street"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .aliases = "postadres|post straat|correspondentieadres|mailing street|poststraat", .letter_name = "poststraat" },
  { 30, "postal_house_number", N_("Postal house number"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .aliases = "post huisnummer|posthuisnummer", .letter_name = "posthuisnummer" },
  { 31, "postal_po_box", N_("PO box"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .aliases = "postbus|po box|p.o. box|antwoordnummer", .letter_name = "postbus" },
  { 32, "postal_postcode", N_("Postal postcode"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .check = CRM_CHECK_POSTCODE, .aliases = "post postcode|postpostcode|postcode postadres|mailing zip", .letter_name = "postpostcode", .weight = 2 },
  { 33, "postal_city", N_("Postal town"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .aliases = "post plaats|postplaats|plaats postadres|mailing city", .letter_name = "postplaats", .weight = 2 },
  { 34, "postal_country", N_("Postal country"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .check = CRM_CHECK_COUNTRY, .aliases = "post land|postland|mailing country", .letter_name = "postland" },
  { 35, "stage", N_("Stage"), CRM_FIELD_CHOICE, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL, .flags = CRM_FIELD_OPEN | CRM_FIELD_SORTED, .choices = (const CrmChoice[]) { { "lead", N_("Lead") }, { "prospect", N_("Prospect") }, { "contacted", N_("Contacted") }, { "negotiation", N_("Negotiation") }, { "won", N_("Won") }, { "lost", N_("Lost") }, { "customer", N_("Customer") }, { "former", N_("Former customer") }, { "supplier", N_("Supplier") }, { NULL } }, .aliases = "fase|stadium|stage|status|life cycle|lifecycle stage", .letter_name = "fase", .weight = 1 },
  { 36, "source", N_("Source"), CRM_FIELD_CHOICE, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL, .flags = CRM_FIELD_OPEN, .choices = (const CrmChoice[]) { { "referral", N_("Referral") }, { "website", N_("Website") }, { "fair", N_("Trade fair") }, { "campaign", N_("Campaign") }, { "import", N_("Import") }, { "other", N_("Other") }, { NULL } }, .aliases = "bron|herkomst|source|lead source", .letter_name = "bron" },
  { 37, "tags", N_("Tags"), CRM_FIELD_SET, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL, .policy = CRM_POLICY_SET_UNION, .flags = CRM_FIELD_OPEN, .aliases = "kenmerken|kenmerk|tags|tag|labels|trefwoorden|categorie|category|categories", .letter_name = "kenmerken", .weight = 1 },
  { 38, "note", N_("Note"), CRM_FIELD_LONG_TEXT, CRM_SECTION_NOTE, CRM_GROUP_INTERNAL, .policy = CRM_POLICY_TEXT3, .aliases = "opmerking|opmerkingen|notitie|notities|memo|note|notes|remarks|toelichting|comment|comments|description", .letter_name = "opmerking", .weight = 1 },
  { 39, "owner", N_("Owner"), CRM_FIELD_TEXT, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .flags = CRM_FIELD_SORTED, .aliases = "eigenaar|accountmanager|account manager|owner|assigned to|toegewezen aan|verkoper", .letter_name = "eigenaar" },
  { 40, "team", N_("Team"), CRM_FIELD_TEXT, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .aliases = "team|regio|rayon|region", .letter_name = "team" },
  { 41, "last_activity", N_("Last activity"), CRM_FIELD_DATE, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .policy = CRM_POLICY_MAX, .flags = CRM_FIELD_SORTED, .aliases = "laatste activiteit|laatste contact|laatst gesproken|last activity|last contact|last contacted", .letter_name = "laatste_activiteit" },
  { 42, "last_verified", N_("Last verified"), CRM_FIELD_DATE, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .policy = CRM_POLICY_MAX, .aliases = "laatst gecontroleerd|geverifieerd op|gecontroleerd|last verified|verified", .letter_name = "laatst_gecontroleerd" },
};

static const CrmField organisation_fields[] = {
  { 1, "number", N_("Number"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .policy = CRM_POLICY_SERVER_ONLY, .flags = CRM_FIELD_UNIQUE | CRM_FIELD_SORTED, .aliases = "organisatienummer|bedrijfsnummer|relatienummer|relatiecode|klantnummer|klantnr|klantcode|debiteurnummer|debiteurnr|nummer|nr|code|number|customer number|account number|id", .letter_name = "nummer", .weight = 4 },
  { 2, "name", N_("Name"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .flags = CRM_FIELD_REQUIRED, .aliases = "naam|bedrijfsnaam|organisatie|organisatienaam|bedrijf|firma|firmanaam|name|company|company name|organisation|organization|account name", .letter_name = "naam", .weight = 8 },
  { 3, "parent", N_("Part of"), CRM_FIELD_LINK, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .target = "organisation", .aliases = "moederbedrijf|onderdeel van|hoofdkantoor|moeder|parent|parent account|parent company|holding|concern", .letter_name = "onderdeel_van" },
  { 4, "branch", N_("Branch"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "vestiging|filiaal|branch|office|locatie", .letter_name = "vestiging", .weight = 2 },
  { 5, "chamber_number", N_("Chamber of Commerce number"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .check = CRM_CHECK_CHAMBER, .aliases = "kvk|kvk-nummer|kvknummer|kvk nummer|kvk-nr|kvknr|chamber number|chamber of commerce|coc number", .letter_name = "kvk_nummer", .weight = 1 },
  { 6, "vat_number", N_("VAT number"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .check = CRM_CHECK_VAT, .aliases = "btw|btw-nummer|btwnummer|btw nummer|btw-nr|vat|vat number|vat id|btw-id", .letter_name = "btw_nummer", .weight = 1 },
  { 7, "website", N_("Website"), CRM_FIELD_TEXT, CRM_SECTION_CONTACT, CRM_GROUP_CONTACT, .check = CRM_CHECK_URL, .aliases = "website|internet|homepage|url|web|www|internetadres|webadres|site", .letter_name = "website", .weight = 2 },
  { 8, "email", N_("E-mail"), CRM_FIELD_TEXT, CRM_SECTION_CONTACT, CRM_GROUP_CONTACT, .check = CRM_CHECK_EMAIL, .flags = CRM_FIELD_SORTED, .aliases = "e-mail|email|e-mailadres|emailadres|mail|mailadres|e-mail address|email address|algemeen e-mailadres", .letter_name = "e-mail", .weight = 4 },
  { 9, "phone", N_("Phone"), CRM_FIELD_TEXT, CRM_SECTION_CONTACT, CRM_GROUP_CONTACT, .check = CRM_CHECK_PHONE, .aliases = "telefoon|telefoonnummer|tel|tel.|telnr|phone|phone number|telephone|algemeen nummer|main phone", .letter_name = "telefoon", .weight = 3 },
  { 10, "relation_type", N_("Relation type"), CRM_FIELD_CHOICE, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL, .flags = CRM_FIELD_OPEN, .choices = (const CrmChoice[]) { { "customer", N_("Customer") }, { "prospect", N_("Prospect") }, { "supplier", N_("Supplier") }, { "partner", N_("Partner") }, { "competitor", N_("Competitor") }, { "press", N_("Press") }, { "other", N_("Other") }, { NULL } }, .aliases = "relatietype|relatiesoort|soort relatie|soort|type relatie|relation type|account type|type", .letter_name = "relatietype" },
  { 11, "street", N_("Street"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .aliases = "straat|adres|address|straatnaam|bezoekadres|bezoek straat|street address|adresregel 1|huisadres", .letter_name = "straat", .weight = 2 },
  { 12, "house_number", N_("House number"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .aliases = "huisnummer|huisnr|nr huis|house no|house nr|nr.", .letter_name = "huisnummer" },
  { 13, "house_letter", N_("House letter"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .aliases = "huisletter", .letter_name = "huisletter" },
  { 14, "house_addition", N_("Addition"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .aliases = "toevoeging|huisnummertoevoeging|huisnummer toevoeging|toev|toev.|addition|suffix", .letter_name = "toevoeging" },
  { 15, "postcode", N_("Postcode"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .check = CRM_CHECK_POSTCODE, .flags = CRM_FIELD_SORTED, .aliases = "postcode|zip|zip code|zipcode|postal code|post code|pc", .letter_name = "postcode", .weight = 4 },
  { 16, "city", N_("Town"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .flags = CRM_FIELD_SORTED, .aliases = "plaats|woonplaats|stad|town|city|vestigingsplaats", .letter_name = "plaats", .weight = 3 },
  { 17, "country", N_("Country"), CRM_FIELD_TEXT, CRM_SECTION_VISITING, CRM_GROUP_ADDRESS, .check = CRM_CHECK_COUNTRY, .aliases = "land|country|landcode|country code", .letter_name = "land" },
  { 18, "postal_street", N_("Postal street"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .aliases = "postadres|post straat|correspondentieadres|mailing street|poststraat", .letter_name = "poststraat" },
  { 19, "postal_house_number", N_("Postal house number"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .aliases = "post huisnummer|posthuisnummer", .letter_name = "posthuisnummer" },
  { 20, "postal_po_box", N_("PO box"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .aliases = "postbus|po box|p.o. box|antwoordnummer", .letter_name = "postbus" },
  { 21, "postal_postcode", N_("Postal postcode"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .check = CRM_CHECK_POSTCODE, .aliases = "post postcode|postpostcode|postcode postadres|mailing zip", .letter_name = "postpostcode", .weight = 2 },
  { 22, "postal_city", N_("Postal town"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .aliases = "post plaats|postplaats|plaats postadres|mailing city", .letter_name = "postplaats", .weight = 2 },
  { 23, "postal_country", N_("Postal country"), CRM_FIELD_TEXT, CRM_SECTION_POSTAL, CRM_GROUP_ADDRESS, .check = CRM_CHECK_COUNTRY, .aliases = "post land|postland|mailing country", .letter_name = "postland" },
  { 24, "stage", N_("Stage"), CRM_FIELD_CHOICE, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL, .flags = CRM_FIELD_OPEN | CRM_FIELD_SORTED, .choices = (const CrmChoice[]) { { "lead", N_("Lead") }, { "prospect", N_("Prospect") }, { "contacted", N_("Contacted") }, { "negotiation", N_("Negotiation") }, { "won", N_("Won") }, { "lost", N_("Lost") }, { "customer", N_("Customer") }, { "former", N_("Former customer") }, { "supplier", N_("Supplier") }, { NULL } }, .aliases = "fase|stadium|stage|status|life cycle|lifecycle stage", .letter_name = "fase", .weight = 1 },
  { 25, "source", N_("Source"), CRM_FIELD_CHOICE, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL, .flags = CRM_FIELD_OPEN, .choices = (const CrmChoice[]) { { "referral", N_("Referral") }, { "website", N_("Website") }, { "fair", N_("Trade fair") }, { "campaign", N_("Campaign") }, { "import", N_("Import") }, { "other", N_("Other") }, { NULL } }, .aliases = "bron|herkomst|source|lead source", .letter_name = "bron" },
  { 26, "tags", N_("Tags"), CRM_FIELD_SET, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL, .policy = CRM_POLICY_SET_UNION, .flags = CRM_FIELD_OPEN, .aliases = "kenmerken|kenmerk|tags|tag|labels|trefwoorden|categorie|category|categories", .letter_name = "kenmerken", .weight = 1 },
  { 27, "note", N_("Note"), CRM_FIELD_LONG_TEXT, CRM_SECTION_NOTE, CRM_GROUP_INTERNAL, .policy = CRM_POLICY_TEXT3, .aliases = "opmerking|opmerkingen|notitie|notities|memo|note|notes|remarks|toelichting|comment|comments|description", .letter_name = "opmerking", .weight = 1 },
  { 28, "owner", N_("Owner"), CRM_FIELD_TEXT, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .flags = CRM_FIELD_SORTED, .aliases = "eigenaar|accountmanager|account manager|owner|assigned to|toegewezen aan|verkoper", .letter_name = "eigenaar" },
  { 29, "team", N_("Team"), CRM_FIELD_TEXT, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .aliases = "team|regio|rayon|region", .letter_name = "team" },
  { 30, "last_activity", N_("Last activity"), CRM_FIELD_DATE, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .policy = CRM_POLICY_MAX, .flags = CRM_FIELD_SORTED, .aliases = "laatste activiteit|laatste contact|laatst gesproken|last activity|last contact|last contacted", .letter_name = "laatste_activiteit" },
  { 31, "last_verified", N_("Last verified"), CRM_FIELD_DATE, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .policy = CRM_POLICY_MAX, .aliases = "laatst gecontroleerd|geverifieerd op|gecontroleerd|last verified|verified", .letter_name = "laatst_gecontroleerd" },
};

static const CrmField activity_fields[] = {
  { 1, "type", N_("Type"), CRM_FIELD_CHOICE, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .flags = CRM_FIELD_REQUIRED, .choices = (const CrmChoice[]) { { "call", N_("Call") }, { "visit", N_("Visit") }, { "task", N_("Task") }, { "note", N_("Note") }, { "email", N_("E-mail") }, { "letter", N_("Letter") }, { NULL } }, .aliases = "type|soort|activiteit|activity|activity type|soort activiteit|activiteittype", .letter_name = "type" },
  { 2, "subject", N_("Subject"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "onderwerp|betreft|subject|titel|title|omschrijving|description|samenvatting|summary", .letter_name = "onderwerp", .weight = 4 },
  { 3, "note", N_("Note"), CRM_FIELD_LONG_TEXT, CRM_SECTION_NOTE, CRM_GROUP_INTERNAL, .policy = CRM_POLICY_TEXT3, .aliases = "notitie|opmerking|opmerkingen|tekst|verslag|note|notes|text|body|inhoud|memo", .letter_name = "notitie", .weight = 1 },
  { 4, "relation", N_("Relation"), CRM_FIELD_LINK, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .target = "person|organisation", .aliases = "relatie|relatiecode|klant|contact|contactpersoon|relation|customer|related to|naam", .letter_name = "relatie" },
  { 5, "opportunity", N_("Opportunity"), CRM_FIELD_LINK, CRM_SECTION_WORK, CRM_GROUP_COMMERCIAL, .target = "opportunity", .aliases = "verkoopkans|kans|opportunity|deal", .letter_name = "verkoopkans" },
  { 6, "due", N_("Due"), CRM_FIELD_TIME, CRM_SECTION_STATUS, CRM_GROUP_IDENTITY, .flags = CRM_FIELD_SORTED, .aliases = "datum|vervaldatum|deadline|gepland|gepland op|due|due date|start|begin|starttijd|date|wanneer|uiterlijk", .letter_name = "datum" },
  { 7, "done", N_("Done"), CRM_FIELD_TIME, CRM_SECTION_STATUS, CRM_GROUP_IDENTITY, .flags = CRM_FIELD_SORTED, .aliases = "gereed|afgerond|afgehandeld|voltooid|gedaan|done|completed|closed|datum gereed|uitgevoerd|uitgevoerd op", .letter_name = "gereed" },
  { 8, "owner", N_("Owner"), CRM_FIELD_TEXT, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .flags = CRM_FIELD_SORTED, .aliases = "eigenaar|medewerker|toegewezen aan|owner|assigned to|user|gebruiker|uitvoerder", .letter_name = "eigenaar" },
  { 9, "reference", N_("Our reference"), CRM_FIELD_TEXT, CRM_SECTION_STATUS, CRM_GROUP_IDENTITY, .aliases = "ons kenmerk|referentie|our reference|reference", .letter_name = "ons_kenmerk", .weight = 3 },
};

static const CrmField tag_fields[] = {
  { 1, "name", N_("Name"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .flags = CRM_FIELD_REQUIRED, .aliases = "naam|kenmerk|tag|name|label", .letter_name = "naam", .weight = 8 },
  { 2, "explanation", N_("Explanation"), CRM_FIELD_LONG_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .policy = CRM_POLICY_TEXT3, .aliases = "uitleg|toelichting|omschrijving|explanation|description", .letter_name = "uitleg", .weight = 1 },
  { 3, "owner", N_("Owner"), CRM_FIELD_TEXT, CRM_SECTION_STATUS, CRM_GROUP_INTERNAL, .aliases = "eigenaar|beheerder|owner", .letter_name = "eigenaar" },
};

static const CrmField template_fields[] = {
  { 1, "name", N_("Name"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .flags = CRM_FIELD_REQUIRED | CRM_FIELD_SORTED, .aliases = "naam|sjabloon|name|template|titel|title", .letter_name = "naam", .weight = 8 },
  { 2, "type", N_("Type"), CRM_FIELD_CHOICE, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .choices = (const CrmChoice[]) { { "letter", N_("Letter") }, { "email", N_("E-mail") }, { "text", N_("Text") }, { "terms", N_("Terms") }, { "label", N_("Label") }, { NULL } }, .aliases = "type|soort", .letter_name = "type" },
  { 3, "language", N_("Language"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .check = CRM_CHECK_LANGUAGE, .aliases = "taal|taalcode|language", .letter_name = "taal" },
  { 4, "subject", N_("Subject"), CRM_FIELD_TEXT, CRM_SECTION_NAME, CRM_GROUP_IDENTITY, .aliases = "onderwerp|betreft|subject", .letter_name = "onderwerp", .weight = 4 },
  { 5, "body", N_("Text"), CRM_FIELD_LONG_TEXT, CRM_SECTION_NOTE, CRM_GROUP_IDENTITY, .aliases = "tekst|inhoud|body|text|content", .letter_name = "tekst", .weight = 1 },
  { 6, "file", N_("File"), CRM_FIELD_TEXT, CRM_SECTION_HIDDEN, CRM_GROUP_IDENTITY, .aliases = "bestand|file|attachment", .letter_name = "bestand" },
  { 7, "format", N_("Format"), CRM_FIELD_CHOICE, CRM_SECTION_HIDDEN, CRM_GROUP_IDENTITY, .choices = (const CrmChoice[]) { { "markdown", N_("Built-in text") }, { "odt", N_("OpenDocument") }, { "docx", N_("Word") }, { NULL } }, .aliases = "formaat|indeling|format", .letter_name = "formaat" },
};

#define KIND(number, id, label, plural, icon, relation) \
  { number, #id, label, plural, icon, relation, id##_fields, G_N_ELEMENTS (id##_fields) }

const CrmKindData crm_kinds_data[] = {
  KIND (1, person, N_("Person"), N_("Persons"), "avatar-default-symbolic", TRUE),
  KIND (2, organisation, N_("Organisation"), N_("Organisations"), "building-symbolic", TRUE),
  KIND (3, activity, N_("Activity"), N_("Activities"), "x-office-calendar-symbolic", FALSE),
  KIND (4, tag, N_("Tag"), N_("Tags"), "tag-symbolic", FALSE),
  KIND (5, template, N_("Template"), N_("Templates"), "text-x-generic-symbolic", FALSE),
};
/* clang-format on */

const guint crm_kinds_n_data = G_N_ELEMENTS (crm_kinds_data);
