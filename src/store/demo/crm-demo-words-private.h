#pragma once

#include <glib.h>

/* What the demo company's relations are called and where they live. */
typedef struct
{
  const char *name;
  const char *form; /* of address: mr or mrs */
} CrmDemoGivenName;

typedef struct
{
  const char *prefix; /* nullable */
  const char *surname;
} CrmDemoSurname;

typedef struct
{
  const char *name;
  /* First and last four digits of its postcodes. */
  guint first;
  guint last;
  const char *area; /* of its phone numbers, without the 0 */
} CrmDemoTown;

typedef struct
{
  const char *name;
  const char *explanation;
} CrmDemoTag;

extern const CrmDemoGivenName crm_demo_given_names[];
extern const guint crm_demo_n_given_names;
extern const CrmDemoSurname crm_demo_surnames[];
extern const guint crm_demo_n_surnames;
extern const CrmDemoTown crm_demo_towns[];
extern const guint crm_demo_n_towns;
extern const CrmDemoTag crm_demo_tags[];
extern const guint crm_demo_n_tags;
/* Each ends with NULL. "%s" is the owner's surname or the town. */
extern const char *const crm_demo_companies[];
extern const char *const crm_demo_forms[];
extern const char *const crm_demo_streets[];
extern const char *const crm_demo_functions[];
extern const char *const crm_demo_departments[];
extern const char *const crm_demo_titles[];
extern const char *const crm_demo_notes[];
extern const char *const crm_demo_calls[];
extern const char *const crm_demo_visits[];
extern const char *const crm_demo_tasks[];
extern const char *const crm_demo_letters[];
extern const char *const crm_demo_reports[];
extern const char *const crm_demo_owners[];
