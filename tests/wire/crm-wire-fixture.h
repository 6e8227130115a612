#pragma once

#include "wire/crm-page.h"

/*
 * Messages made at random, always the same from one seed: all kinds of values, also of kinds and
 * fields that no program knows, and texts with everything that JSON escapes.
 */
char *crm_make_id (CrmArena *arena, GRand *rand);
char *crm_make_text (CrmArena *arena, GRand *rand);
CrmWireValue crm_make_value (CrmArena *arena, GRand *rand);
CrmWireSet crm_make_set (CrmArena *arena, GRand *rand, gint64 n);
CrmSetResult crm_make_result (CrmArena *arena, GRand *rand);
/* @full: as in a boot: every field has the row's version or a higher one */
CrmRowLine crm_make_row (CrmArena *arena, GRand *rand, gboolean full);
CrmSetLine crm_make_set_line (CrmArena *arena, GRand *rand);
CrmPageLine crm_make_line (CrmArena *arena, GRand *rand);

void crm_assert_value (const CrmWireValue *found, const CrmWireValue *expected);
void crm_assert_set (const CrmWireSet *found, const CrmWireSet *expected);
void crm_assert_result (const CrmSetResult *found, const CrmSetResult *expected);
void crm_assert_row (const CrmRowLine *found, const CrmRowLine *expected);
void crm_assert_set_line (const CrmSetLine *found, const CrmSetLine *expected);
void crm_assert_line (const CrmPageLine *found, const CrmPageLine *expected);
