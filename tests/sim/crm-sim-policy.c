#include "crm-sim-oracle-private.h"

#include "model/crm-kind.h"
#include "model/crm-merge.h"

#include <string.h>

/* One op while it is replayed. */
typedef struct
{
  CrmSimOracle *oracle;
  CrmSimSet *set;
  const CrmWireOp *op;
  CrmSimRow *row;
  gboolean refused;
} Op;

static void
lose (Op *op, const char *field, const char *late)
{
  CrmSimLoss *loss = g_new0 (CrmSimLoss, 1);

  loss->record = g_strdup (op->op->id);
  loss->field = g_strdup (field);
  loss->late = g_strdup (late);
  loss->replica = g_strdup (op->set->replica);
  g_ptr_array_add (op->set->losses, loss);
}

static gboolean
is_same (const char *a, const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Long values go by their hash. */
static gboolean
is_old (const char *current, const char *old)
{
  g_autofree char *hash = NULL;

  if (is_same (current, old))
    return TRUE;
  if (current == NULL || old == NULL || strlen (current) <= CRM_SET_DIGEST_LONG)
    return FALSE;
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, current, -1);

  return g_str_equal (hash, old);
}

/* ---- Policies ---- */

static void
add_members (GSequence *all, const char *value, GCompareDataFunc compare)
{
  g_auto (GStrv) members = g_strsplit (value != NULL ? value : "", ";", -1);

  for (char **member = members; *member != NULL; member++)
    if (**member != '\0' && g_sequence_lookup (all, *member, compare, NULL) == NULL)
      g_sequence_insert_sorted (all, g_strdup (*member), compare, NULL);
}

static int
compare_members (gconstpointer a, gconstpointer b, gpointer unused)
{
  return strcmp (a, b);
}

/* What was added is added, what was removed is removed. */
static char *
unite (const char *current, const char *value, const char *old)
{
  g_autoptr (GSequence) all = g_sequence_new (g_free);
  g_autoptr (GSequence) mine = g_sequence_new (g_free);
  g_auto (GStrv) were = g_strsplit (old != NULL ? old : "", ";", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  add_members (all, current, compare_members);
  add_members (all, value, compare_members);
  add_members (mine, value, compare_members);
  for (char **member = were; *member != NULL; member++)
    {
      GSequenceIter *there = g_sequence_lookup (all, *member, compare_members, NULL);
      g_auto (GStrv) now = g_strsplit (current != NULL ? current : "", ";", -1);

      /* Not mine any more, or not theirs any more. */
      if (there != NULL && (g_sequence_lookup (mine, *member, compare_members, NULL) == NULL ||
                            !g_strv_contains ((const char *const *) now, *member)))
        g_sequence_remove (there);
    }
  for (GSequenceIter *i = g_sequence_get_begin_iter (all); !g_sequence_iter_is_end (i);
       i = g_sequence_iter_next (i))
    g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", (char *) g_sequence_get (i));

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
merge (Op *op, const CrmField *field, const CrmWireField *sent, const char *current)
{
  const char *value = sent->value.text;
  g_autofree char *merged = NULL;

  switch (field != NULL ? field->policy : CRM_POLICY_KEEP_SERVER)
    {
    case CRM_POLICY_MAX:
      if (g_strcmp0 (value, current) > 0)
        crm_sim_row_set (op->row, sent->name, value, op->set->seq);
      break;

    case CRM_POLICY_SET_UNION:
      merged = unite (current, value, sent->old.text);
      crm_sim_row_set (op->row, sent->name, merged, op->set->seq);
      break;

    case CRM_POLICY_TEXT3:
      /* Which lines belong together is the one thing that is asked of the program itself. */
      if (crm_text_merge (sent->old.text, value, current, &merged))
        crm_sim_row_set (op->row, sent->name, merged, op->set->seq);
      else
        lose (op, sent->name, value);
      break;

    case CRM_POLICY_KEEP_SERVER:
    case CRM_POLICY_SERVER_ONLY:
    default:
      lose (op, sent->name, value);
    }
}

static gboolean
is_merged (const CrmField *field)
{
  return field != NULL &&
         (field->policy == CRM_POLICY_SET_UNION || field->policy == CRM_POLICY_TEXT3);
}

/* Whether its author had seen what is there. What was merged on the server he had not. */
static gboolean
is_fresh (Op *op, const CrmField *field, const CrmWireField *sent)
{
  const gint64 version = crm_sim_row_get_version (op->row, sent->name);

  return crm_sim_oracle_has_seen (op->oracle, version, sent->base) ||
         (!is_merged (field) && crm_sim_oracle_is_own (op->oracle, version, op->set->replica));
}

static void
set_field (Op *op, const CrmField *field, const CrmWireField *sent)
{
  const char *current = crm_sim_row_get (op->row, sent->name);
  const char *value = sent->value.text;
  const gboolean given = field != NULL && field->policy == CRM_POLICY_SERVER_ONLY;
  const gboolean fresh = is_fresh (op, field, sent);

  if (op->row->deleted)
    lose (op, sent->name, value);
  else if (is_same (current, value))
    return;
  else if (fresh || (given ? current == NULL : is_old (current, sent->old.text)))
    crm_sim_row_set (op->row, sent->name, value, op->set->seq);
  else
    merge (op, field, sent, current);
}

/* ---- Ops ---- */

static const CrmField *
find_field (const char *kind, const char *name)
{
  const CrmKind *described = crm_model_find_kind (crm_model_get_default (), kind);

  return described != NULL ? crm_kind_find_field (described, name) : NULL;
}

static void
set_fields (Op *op)
{
  for (guint i = 0; i < op->op->n_fields; i++)
    set_field (op, find_field (op->op->kind, op->op->fields[i].name), &op->op->fields[i]);
  op->refused = op->row->deleted && op->set->wire->all && op->op->n_fields > 0;
}

static gboolean
is_there (Op *op)
{
  const CrmSimRow *row = g_hash_table_lookup (op->oracle->rows, op->op->id);

  return row != NULL && !row->deleted;
}

/* A record that comes with the program is there before anybody has sent it. */
static void
put_builtin (Op *op)
{
  const CrmKind *kind = crm_model_find_kind (crm_model_get_default (), op->op->kind);

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const char *name = crm_kind_get_field (kind, i)->name;

      crm_sim_row_set (op->row, name, crm_sim_model_get (op->oracle->builtin, op->op->id, name), 0);
    }
}

static void
apply_set (Op *op)
{
  const gboolean known = g_hash_table_contains (op->oracle->rows, op->op->id);
  const gboolean builtin = crm_sim_model_has (op->oracle->builtin, op->op->id);

  if (!known && !builtin)
    {
      op->refused = TRUE;
      return;
    }

  op->row = crm_sim_oracle_touch (op->oracle, op->set, op->op->kind, op->op->id);
  if (!known)
    put_builtin (op);
  set_fields (op);
  if (!known)
    op->row->born = op->set->seq;
}

/* Made twice: a record that comes with the program, by two who had not heard of each other. What an
 * edit was made on is what the program has. */
static void
apply_new_again (Op *op)
{
  for (guint i = 0; i < op->op->n_fields; i++)
    {
      CrmWireField sent = op->op->fields[i];
      const char *old = crm_sim_model_get (op->oracle->builtin, op->op->id, sent.name);

      if (crm_sim_model_has (op->oracle->builtin, op->op->id) && is_same (old, sent.value.text))
        continue;
      sent.old = (CrmWireValue) { old != NULL ? CRM_WIRE_TEXT : CRM_WIRE_EMPTY, old };
      sent.base = 0;
      set_field (op, find_field (op->op->kind, sent.name), &sent);
    }
}

static void
apply_new (Op *op)
{
  const gboolean there = is_there (op);

  op->row = crm_sim_oracle_touch (op->oracle, op->set, op->op->kind, op->op->id);
  if (there)
    {
      apply_new_again (op);
      return;
    }

  crm_sim_row_clear (op->row, op->set->seq);
  for (guint i = 0; i < op->op->n_fields; i++)
    crm_sim_row_set (op->row, op->op->fields[i].name, op->op->fields[i].value.text, op->set->seq);
}

/* All that its author had seen, and what is his own. */
static gboolean
has_seen (Op *op, gint64 version)
{
  return crm_sim_oracle_has_seen (op->oracle, version, op->op->base) ||
         crm_sim_oracle_is_all_own (op->oracle, version, op->set->replica);
}

static gboolean
has_seen_all (Op *op)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, op->row->values);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!has_seen (op, ((CrmSimValue *) value)->version))
      return FALSE;

  return has_seen (op, op->row->born);
}

static void
apply_delete (Op *op)
{
  const gboolean builtin = crm_sim_model_has (op->oracle->builtin, op->op->id) &&
                           !g_hash_table_contains (op->oracle->rows, op->op->id);

  if (!builtin && !is_there (op))
    return;

  op->row = crm_sim_oracle_touch (op->oracle, op->set, op->op->kind, op->op->id);
  if (!has_seen_all (op))
    {
      lose (op, "", NULL);
      op->refused = op->set->wire->all;
      return;
    }

  op->row->deleted = TRUE;
  op->row->changed = op->set->seq;
}

/* People only say that it is settled, or that it is not. */
static void
apply_to_conflict (Op *op)
{
  op->refused = op->op->op != CRM_SET_OP_SET ||
                !crm_sim_model_has (op->oracle->conflicts, op->op->id);
}

static void
apply_op (Op *op)
{
  const CrmSimRow *row = g_hash_table_lookup (op->oracle->rows, op->op->id);

  if (row != NULL && !g_str_equal (row->kind, op->op->kind))
    op->refused = TRUE;
  else if (g_str_equal (op->op->kind, "conflict"))
    apply_to_conflict (op);
  else if (op->op->op == CRM_SET_OP_NEW)
    apply_new (op);
  else if (op->op->op == CRM_SET_OP_DELETE)
    apply_delete (op);
  else
    apply_set (op);
}

/* ---- Numbers ---- */

static gboolean
is_taken (CrmSimOracle *self, const char *number, const CrmSimRow *row)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (other != row && !((CrmSimRow *) other)->deleted &&
        g_strcmp0 (crm_sim_row_get (other, "number"), number) == 0)
      return TRUE;

  return FALSE;
}

/* The later of two equal numbers becomes a conflict, and its field stays empty. */
static void
settle_number (CrmSimOracle *self, CrmSimSet *set, const CrmWireOp *wire)
{
  CrmSimRow *row = g_hash_table_lookup (self->rows, wire->id);
  Op op = { self, set, wire, row, FALSE };
  const char *number;

  if (row == NULL || row->deleted || find_field (row->kind, "number") == NULL)
    return;
  number = crm_sim_row_get (row, "number");
  row->wants_number |= number == NULL && row->born == set->seq;
  if (number == NULL || crm_sim_row_get_version (row, "number") != set->seq ||
      !is_taken (self, number, row))
    return;

  lose (&op, "number", number);
  crm_sim_row_set (row, "number", NULL, set->seq);
}

void
crm_sim_oracle_apply (CrmSimOracle *self, CrmSimSet *set)
{
  for (guint i = 0; i < set->wire->n_ops && !set->refused; i++)
    {
      Op op = { self, set, &set->wire->ops[i], NULL, FALSE };

      apply_op (&op);
      set->refused = op.refused && set->wire->all;
    }
  for (guint i = 0; i < set->wire->n_ops && !set->refused; i++)
    settle_number (self, set, &set->wire->ops[i]);
}
