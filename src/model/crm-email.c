#include "model/crm-email.h"

#include "base/crm-text.h"

#include <string.h>

/* Mailboxes that more than one person reads, in Dutch and in the languages of the neighbours. */
static const char *const shared[] = {
  "info",
  "informatie",
  "verkoop",
  "sales",
  "inkoop",
  "purchase",
  "purchasing",
  "administratie",
  "admin",
  "adm",
  "administration",
  "administrator",
  "boekhouding",
  "accounting",
  "accounts",
  "facturen",
  "factuur",
  "facturatie",
  "invoice",
  "invoices",
  "billing",
  "debiteuren",
  "crediteuren",
  "finance",
  "financien",
  "contact",
  "kontakt",
  "office",
  "kantoor",
  "bureau",
  "mail",
  "email",
  "post",
  "postbus",
  "postmaster",
  "receptie",
  "reception",
  "frontdesk",
  "balie",
  "service",
  "servicedesk",
  "klantenservice",
  "customerservice",
  "support",
  "helpdesk",
  "help",
  "hr",
  "personeel",
  "personeelszaken",
  "po",
  "pz",
  "jobs",
  "vacatures",
  "werkenbij",
  "sollicitatie",
  "sollicitaties",
  "recruitment",
  "secretariaat",
  "secretaris",
  "directie",
  "management",
  "bestuur",
  "redactie",
  "communicatie",
  "marketing",
  "pr",
  "pers",
  "press",
  "media",
  "planning",
  "order",
  "orders",
  "bestelling",
  "bestellingen",
  "offerte",
  "offertes",
  "reserveren",
  "reservering",
  "reserveringen",
  "booking",
  "bookings",
  "afspraak",
  "afspraken",
  "events",
  "evenementen",
  "team",
  "welkom",
  "welcome",
  "hallo",
  "hello",
  "hoi",
  "algemeen",
  "general",
  "winkel",
  "shop",
  "webshop",
  "store",
  "magazijn",
  "werkplaats",
  "techniek",
  "expeditie",
  "logistiek",
  "transport",
  "projecten",
  "project",
  "ict",
  "it",
  "web",
  "webmaster",
  "hostmaster",
  "abuse",
  "noreply",
  "donotreply",
  "nieuwsbrief",
  "newsletter",
  "privacy",
  "avg",
  "security",
  "leden",
  "ledenadministratie",
  "penningmeester",
  "voorzitter",
  "praktijk",
  "assistente",
  "school",
  "kwaliteit",
  "export",
  "import",
  "de",
  "het",
  "bedrijf",
  "company",
  NULL,
};

gboolean
crm_email_is_personal (const char *email)
{
  const char *at = email != NULL ? strchr (email, '@') : NULL;
  g_autofree char *name = NULL;
  g_autofree char *local = NULL;
  g_autofree char *joined = NULL;
  char *cut;

  if (at == NULL || at == email || strchr (at, '.') == NULL)
    return FALSE;

  name = g_strndup (email, at - email);
  local = crm_text_dup_lower (name);
  joined = g_strdup (local);
  g_strdelimit (joined, "-_.", '.');
  /* "no-reply", "klanten.service". */
  for (cut = joined; *cut != '\0';)
    if (*cut == '.')
      memmove (cut, cut + 1, strlen (cut));
    else
      cut++;
  if (g_strv_contains (shared, joined))
    return FALSE;

  /* "info2", "info.ede", "sales-nl", "info+crm". */
  local[strcspn (local, ".-_+0123456789")] = '\0';

  return !g_strv_contains (shared, local) || g_str_equal (local, "de") ||
         g_str_equal (local, "het");
}
