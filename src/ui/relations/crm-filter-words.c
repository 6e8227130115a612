#include "model/crm-value.h"
#include "ui/relations/crm-filter.h"

#include <glib/gi18n-lib.h>

static const CrmFilterOp text_ops[] = { CRM_FILTER_CONTAINS, CRM_FILTER_IS,     CRM_FILTER_IS_NOT,
                                        CRM_FILTER_EMPTY,    CRM_FILTER_FILLED, CRM_FILTER_N_OPS };
static const CrmFilterOp note_ops[] = {
  CRM_FILTER_CONTAINS, CRM_FILTER_EMPTY, CRM_FILTER_FILLED, CRM_FILTER_N_OPS
};
static const CrmFilterOp choice_ops[] = {
  CRM_FILTER_IS, CRM_FILTER_IS_NOT, CRM_FILTER_EMPTY, CRM_FILTER_FILLED, CRM_FILTER_N_OPS
};
static const CrmFilterOp bool_ops[] = { CRM_FILTER_IS, CRM_FILTER_IS_NOT, CRM_FILTER_N_OPS };
static const CrmFilterOp number_ops[] = { CRM_FILTER_IS,    CRM_FILTER_LESS,   CRM_FILTER_MORE,
                                          CRM_FILTER_EMPTY, CRM_FILTER_FILLED, CRM_FILTER_N_OPS };
static const CrmFilterOp date_ops[] = { CRM_FILTER_LONGER_AGO, CRM_FILTER_WITHIN, CRM_FILTER_BEFORE,
                                        CRM_FILTER_SINCE,      CRM_FILTER_EMPTY,  CRM_FILTER_FILLED,
                                        CRM_FILTER_N_OPS };

const CrmFilterOp *
crm_filter_list_ops (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, text_ops);

  switch (field->type)
    {
    case CRM_FIELD_LONG_TEXT:
      return note_ops;

    case CRM_FIELD_DATE:
    case CRM_FIELD_TIME:
      return date_ops;

    case CRM_FIELD_MONEY:
    case CRM_FIELD_NUMBER:
      return number_ops;

    case CRM_FIELD_BOOL:
      return bool_ops;

    case CRM_FIELD_CHOICE:
    case CRM_FIELD_SET:
      return choice_ops;

    case CRM_FIELD_TEXT:
    case CRM_FIELD_LINK:
    default:
      return text_ops;
    }
}

gboolean
crm_filter_op_takes_amount (CrmFilterOp op)
{
  return op == CRM_FILTER_WITHIN || op == CRM_FILTER_LONGER_AGO;
}

gboolean
crm_filter_op_takes_value (CrmFilterOp op)
{
  return op != CRM_FILTER_EMPTY && op != CRM_FILTER_FILLED && !crm_filter_op_takes_amount (op);
}

static const char *
get_bool_or_set_label (const CrmField *field, CrmFilterOp op)
{
  if (field->type == CRM_FIELD_BOOL)
    return op == CRM_FILTER_IS ? _("yes") : _("no");
  if (field->type == CRM_FIELD_SET && op == CRM_FILTER_IS)
    return _("has");
  if (field->type == CRM_FIELD_SET && op == CRM_FILTER_IS_NOT)
    return _("does not have");

  return NULL;
}

const char *
crm_filter_op_get_label (const CrmField *field, CrmFilterOp op)
{
  static const char *const labels[] = {
    [CRM_FILTER_CONTAINS] =
        N_ ("contains"),
           [CRM_FILTER_IS] =
               N_ ("is"),
                  [CRM_FILTER_IS_NOT] =
                      N_ ("is not"),
                         [CRM_FILTER_EMPTY] =
                             N_ ("is empty"),
                                [CRM_FILTER_FILLED] =
                                    N_ ("is filled in"),
                                       [CRM_FILTER_LESS] =
                                           N_ ("is less than"),
                                              [CRM_FILTER_MORE] =
                                                  N_ ("is more than"),
                                                     [CRM_FILTER_BEFORE] =
                                                         N_ ("is before"),
                                                            [CRM_FILTER_SINCE] =
                                                                N_ ("is on or after"),
                                                                   [CRM_FILTER_WITHIN] =
                                                                       N_ ("is in the last"),
                                                                          [CRM_FILTER_LONGER_AGO] =
                                                                              N_ ("is longer ago than"),
                                                                          };
  const char *special;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (op < CRM_FILTER_N_OPS, NULL);

  special = get_bool_or_set_label (field, op);

  return special != NULL ? special : _(labels[op]);
}

static char *
dup_amount (const CrmFilterTerm *term)
{
  switch (term->unit)
    {
    case CRM_FILTER_WEEKS:
      return g_strdup_printf (ngettext ("%u week", "%u weeks", term->amount), term->amount);

    case CRM_FILTER_MONTHS:
      return g_strdup_printf (ngettext ("%u month", "%u months", term->amount), term->amount);

    case CRM_FILTER_DAYS:
    default:
      return g_strdup_printf (ngettext ("%u day", "%u days", term->amount), term->amount);
    }
}

/* The last activity is what people filter on most, so it has sentences of its own. */
static char *
dup_activity_words (const CrmFilterTerm *term)
{
  g_autofree char *amount = dup_amount (term);

  if (term->op == CRM_FILTER_LONGER_AGO)
    /* Translators: %s is an amount of time, "6 months" */
    return g_strdup_printf (_("no activity for %s"), amount);

  /* Translators: %s is an amount of time, "6 months" */
  return g_strdup_printf (_("activity in the last %s"), amount);
}

static char *
dup_term_words (const CrmFilterTerm *term)
{
  const char *label = crm_field_get_label (term->field);
  const char *op = crm_filter_op_get_label (term->field, term->op);
  g_autofree char *value = NULL;

  if (g_str_equal (term->field->name, "last_activity") && crm_filter_op_takes_amount (term->op))
    return dup_activity_words (term);
  if (term->field->type == CRM_FIELD_BOOL)
    /* Translators: a yes-or-no field and its value, "Paid: yes" */
    return g_strdup_printf (_("%1$s: %2$s"), label, op);
  if (crm_filter_op_takes_amount (term->op))
    value = dup_amount (term);
  else if (crm_filter_op_takes_value (term->op))
    value = crm_value_display (term->field, term->value);
  if (value == NULL)
    /* Translators: a field and what is asked of it, "Town is empty" */
    return g_strdup_printf (_("%1$s %2$s"), label, op);

  /* Translators: a field, an operator and a value, "Town is Ede" */
  return g_strdup_printf (_("%1$s %2$s %3$s"), label, op, value);
}

char *
crm_filter_dup_words (const CrmFilter *self)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < crm_filter_get_n_terms (self); i++)
    {
      const CrmFilterTerm *term = crm_filter_get_term (self, i);
      g_autofree char *part = crm_filter_term_is_complete (term) ? dup_term_words (term) : NULL;
      g_autofree char *before = g_steal_pointer (&words);

      if (part == NULL)
        words = g_steal_pointer (&before);
      else if (before == NULL)
        words = g_steal_pointer (&part);
      else
        /* Translators: two conditions that must both hold */
        words = g_strdup_printf (_("%1$s and %2$s"), before, part);
    }

  return g_steal_pointer (&words);
}
