#pragma once

#include "crm-ui-test.h"

G_BEGIN_DECLS

/* As a server brings them, to the relations of crm_ui_test_world_new(): Anna is who is logged in.
 * The first two come of one action. */
void crm_ui_test_put_conflicts (CrmStore *store);

#define CRM_UI_TEST_CITY   "01900000-0000-7000-8000-00000000c001" /* Jan: Goor, Ede; was Almelo */
#define CRM_UI_TEST_PHONE  "01900000-0000-7000-8000-00000000c002"
#define CRM_UI_TEST_DELETE "01900000-0000-7000-8000-00000000c003" /* Marie, deleted late */
#define CRM_UI_TEST_NUMBER "01900000-0000-7000-8000-00000000c004" /* Anna: 7 */
#define CRM_UI_TEST_DOUBLE "01900000-0000-7000-8000-00000000c005" /* Anna and Marie */

/* @n persons, “Many 0” and on, with one each: Goor, Ede; was Almelo. */
void crm_ui_test_put_many_conflicts (CrmStore *store, guint n);

/* What the server says to all that was not answered yet: "rejected" with @code, or @code NULL: it
 * cannot take the last of it, which is set aside. */
void crm_ui_test_answer (CrmStore *store, const char *code);

G_END_DECLS
