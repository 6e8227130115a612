#include "crm-sim-oracle-private.h"

#include "wire/crm-push.h"

#include <string.h>

/* ---- All of it ---- */

static void
free_loss (gpointer data)
{
  CrmSimLoss *loss = data;

  g_free (loss->record);
  g_free (loss->field);
  g_free (loss->late);
  g_free (loss->replica);
  g_free (loss);
}

CrmSimOracle *
crm_sim_oracle_new (CrmSimModel *builtin)
{
  CrmSimOracle *self = g_new0 (CrmSimOracle, 1);

  self->builtin = crm_sim_model_copy (builtin);
  self->conflicts = crm_sim_model_new ();
  self->state = crm_sim_model_copy (builtin);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, crm_sim_row_free);
  self->sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->last_n = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ever = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->owners = g_ptr_array_new ();
  g_ptr_array_add (self->owners, NULL);
  self->whole = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_array_set_size (self->whole, 1);
  self->losses = g_ptr_array_new_with_free_func (free_loss);
  self->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

static gpointer
copy_text (gpointer text)
{
  return g_strdup (text);
}

static GHashTable *
copy_table (GHashTable *table, gpointer (*copy_value) (gpointer), GDestroyNotify destroy)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, destroy);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), copy_value != NULL ? copy_value (value) : value);

  return copy;
}

static gpointer
copy_row (gpointer row)
{
  return crm_sim_row_copy (row);
}

static gpointer
copy_loss (gconstpointer data, gpointer unused)
{
  const CrmSimLoss *loss = data;
  CrmSimLoss *copy = g_memdup2 (loss, sizeof *loss);

  copy->record = g_strdup (loss->record);
  copy->field = g_strdup (loss->field);
  copy->late = g_strdup (loss->late);
  copy->replica = g_strdup (loss->replica);

  return copy;
}

CrmSimOracle *
crm_sim_oracle_copy (CrmSimOracle *self)
{
  CrmSimOracle *copy = g_new0 (CrmSimOracle, 1);

  copy->seq = self->seq;
  copy->builtin = crm_sim_model_copy (self->builtin);
  copy->conflicts = crm_sim_model_copy (self->conflicts);
  copy->state = crm_sim_model_copy (self->state);
  copy->rows = copy_table (self->rows, copy_row, crm_sim_row_free);
  copy->sets = copy_table (self->sets, NULL, NULL);
  copy->last_n = copy_table (self->last_n, NULL, NULL);
  copy->digests = copy_table (self->digests, copy_text, g_free);
  copy->ever = g_hash_table_ref (self->ever);
  copy->owners = g_ptr_array_copy (self->owners, NULL, NULL);
  copy->whole = g_array_copy (self->whole);
  copy->losses = g_ptr_array_copy (self->losses, (GCopyFunc) copy_loss, NULL);
  g_ptr_array_set_free_func (copy->losses, free_loss);
  copy->refused = copy_table (self->refused, copy_text, g_free);

  return copy;
}

void
crm_sim_oracle_free (CrmSimOracle *self)
{
  if (self == NULL)
    return;

  crm_sim_model_free (self->builtin);
  crm_sim_model_free (self->conflicts);
  crm_sim_model_free (self->state);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->sets);
  g_hash_table_unref (self->last_n);
  g_hash_table_unref (self->digests);
  g_hash_table_unref (self->ever);
  g_ptr_array_unref (self->owners);
  g_array_unref (self->whole);
  g_ptr_array_unref (self->losses);
  g_hash_table_unref (self->refused);
  g_free (self);
}

CrmSimModel *
crm_sim_oracle_get_state (CrmSimOracle *self)
{
  return self->state;
}

static gint64
get_last_n (CrmSimOracle *self, const char *replica)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->last_n, replica));
}

static char *
make_key (const char *replica, gint64 n)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, replica, n);
}

static const char *
get_digest (CrmSimOracle *self, const char *replica, gint64 n)
{
  g_autofree char *key = make_key (replica, n);

  return g_hash_table_lookup (self->digests, key);
}

gboolean
crm_sim_oracle_has_taken (CrmSimOracle *self, const char *replica, gint64 n, const char *digest)
{
  g_autofree char *key = make_key (replica, n);
  g_autofree char *whole = g_strconcat (key, " ", digest, NULL);

  return g_hash_table_contains (self->ever, whole);
}

gboolean
crm_sim_oracle_has_seen (CrmSimOracle *self, gint64 version, gint64 base)
{
  return version == 0 || (base > 0 && version <= MIN (base, self->seen));
}

gboolean
crm_sim_oracle_is_own (CrmSimOracle *self, gint64 version, const char *replica)
{
  return version > 0 && g_strcmp0 (self->owners->pdata[version], replica) == 0;
}

gboolean
crm_sim_oracle_is_all_own (CrmSimOracle *self, gint64 version, const char *replica)
{
  return crm_sim_oracle_is_own (self, version, replica) &&
         g_array_index (self->whole, gboolean, version);
}

/* ---- One set ---- */

CrmSimRow *
crm_sim_oracle_touch (CrmSimOracle *self, CrmSimSet *set, const char *kind, const char *id)
{
  CrmSimRow *row = g_hash_table_lookup (self->rows, id);

  if (!g_hash_table_contains (set->before, id))
    g_hash_table_insert (set->before, g_strdup (id), row != NULL ? crm_sim_row_copy (row) : NULL);
  if (row == NULL)
    {
      row = crm_sim_row_new (kind);
      g_hash_table_insert (self->rows, g_strdup (id), row);
    }

  return row;
}

static void
undo_set (CrmSimOracle *self, CrmSimSet *set)
{
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, set->before);
  while (g_hash_table_iter_next (&iter, &id, &row))
    {
      g_hash_table_iter_steal (&iter);
      if (row != NULL)
        g_hash_table_insert (self->rows, id, row);
      else
        {
          g_hash_table_remove (self->rows, id);
          g_free (id);
        }
    }
}

static gboolean
is_about (const CrmSimLoss *loss, const CrmSimLoss *other)
{
  return g_str_equal (loss->record, other->record) && g_str_equal (loss->field, other->field);
}

/* What the same laptop typed there before, it has typed over. */
static void
keep_losses (CrmSimOracle *self, CrmSimSet *set)
{
  for (guint i = 0; i < set->losses->len; i++)
    {
      const CrmSimLoss *loss = set->losses->pdata[i];

      for (guint j = 0; j < self->losses->len; j++)
        {
          CrmSimLoss *earlier = self->losses->pdata[j];

          if (is_about (earlier, loss) && g_str_equal (earlier->replica, loss->replica))
            earlier->over = TRUE;
        }
      /* All of a refused set is in that. */
      if (!set->refused)
        g_ptr_array_add (self->losses, copy_loss (loss, NULL));
    }
}

/* "person.edit 3 as 9, ok: set person …04 surname@12 city@n2; del …" */
static void
tell (GString *told, const CrmWireSet *wire, const CrmSimSet *set, const char *status)
{
  g_string_append_printf (told,
                          " [%s %" G_GINT64_FORMAT " as %" G_GINT64_FORMAT ", %s:",
                          wire->action,
                          wire->n,
                          set->seq,
                          status);
  for (guint i = 0; i < wire->n_ops && i < 8; i++)
    {
      const CrmWireOp *op = &wire->ops[i];

      g_string_append_printf (told, " %s %s %s", crm_set_op_get_name (op->op), op->kind, op->id);
      if (op->op == CRM_SET_OP_DELETE)
        g_string_append_printf (told, "@%" G_GINT64_FORMAT, op->base);
      for (guint j = 0; j < op->n_fields; j++)
        g_string_append_printf (told,
                                " %s@%" G_GINT64_FORMAT,
                                op->fields[j].name,
                                op->fields[j].base);
      g_string_append_c (told, ';');
    }
  g_string_append_printf (told, " %u late]", set->losses->len);
}

static void
replay (CrmSimOracle *self,
        CrmSimServer *server,
        const char *replica,
        const CrmWireSet *wire,
        GString *told)
{
  g_autofree char *status = NULL;
  gboolean whole = TRUE;
  g_autoptr (GHashTable)
      before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, crm_sim_row_free);
  g_autoptr (GPtrArray) losses = g_ptr_array_new_with_free_func (free_loss);
  CrmSimSet set = { .wire = wire, .replica = replica, .before = before, .losses = losses };

  set.seq = ++self->seq;
  g_ptr_array_add (self->owners, (gpointer) g_intern_string (replica));
  g_array_append_val (self->whole, whole);
  /* A copy of the laptop has sent it before. */
  if (!g_hash_table_add (self->sets, g_strdup (wire->id)))
    return;

  crm_sim_oracle_apply (self, &set);
  if (set.refused)
    {
      undo_set (self, &set);
      g_hash_table_insert (self->refused,
                           g_strdup (wire->id),
                           g_strdup (wire->n_ops == 1 ? wire->ops[0].id : ""));
    }
  keep_losses (self, &set);
  status = crm_sim_server_dup_status (server, set.seq);
  g_array_index (self->whole, gboolean, set.seq) = g_str_equal (status, "ok");
  tell (told, wire, &set, status);
}

static void
note_digest (CrmSimOracle *self, const char *replica, const CrmWireSet *wire)
{
  g_autofree char *key = make_key (replica, wire->n);
  const char *previous = get_digest (self, replica, wire->n - 1);
  guint8 digest[CRM_SET_DIGEST_SIZE] = { 0 };
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];

  if (previous != NULL)
    crm_set_digest_from_hex (previous, digest);
  crm_wire_set_get_digest (wire, digest, digest);
  crm_set_digest_to_hex (digest, hex);
  g_hash_table_add (self->ever, g_strconcat (key, " ", hex, NULL));
  g_hash_table_insert (self->digests, g_steal_pointer (&key), g_strdup (hex));
}

/* ---- What the server has ---- */

/* A number that the server gave to another in the same push is not known here before its end. */
static void
leave_out_taken (CrmSimOracle *self, CrmSimModel *actual, GHashTable *numbers)
{
  GHashTableIter iter;
  gpointer id, data;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &data))
    {
      CrmSimRow *row = data;
      const char *number = crm_sim_row_get (row, "number");

      if (number != NULL && !row->deleted && crm_sim_model_get (actual, id, "number") == NULL &&
          g_hash_table_contains (numbers, number) &&
          crm_sim_row_get_version (row, "number") > self->seen)
        crm_sim_row_set (row, "number", NULL, crm_sim_row_get_version (row, "number"));
    }
}

/* Numbers are the server's to give: the oracle only sees that no two are the same (I11). */
static gboolean
take_numbers (CrmSimOracle *self, CrmSimModel *actual, char **failure)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id, data;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &data))
    {
      CrmSimRow *row = data;
      const char *number = crm_sim_model_get (actual, id, "number");

      if (number == NULL || row->deleted)
        continue;
      if (!g_hash_table_add (seen, (gpointer) number))
        {
          *failure = g_strdup_printf ("two records have the number %s", number);
          return FALSE;
        }
      if (crm_sim_row_get (row, "number") == NULL && row->wants_number)
        crm_sim_row_set (row, "number", number, row->born);
      row->wants_number = FALSE;
    }
  leave_out_taken (self, actual, seen);

  return TRUE;
}

static CrmSimModel *
make_expected (CrmSimOracle *self)
{
  CrmSimModel *model = crm_sim_model_new ();
  GHashTableIter iter, fields;
  gpointer id, data, name, value;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &data))
    {
      const CrmSimRow *row = data;

      if (row->deleted)
        continue;
      crm_sim_model_touch (model, row->kind, id);
      g_hash_table_iter_init (&fields, row->values);
      while (g_hash_table_iter_next (&fields, &name, &value))
        crm_sim_model_set (model, row->kind, id, name, ((CrmSimValue *) value)->text);
    }

  return model;
}

/* Built-in records are everywhere, until somebody deletes one. */
static void
make_state (CrmSimOracle *self, CrmSimModel *expected)
{
  GHashTableIter iter;
  gpointer id, row;

  crm_sim_model_free (self->state);
  self->state = crm_sim_model_copy (self->builtin);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (((CrmSimRow *) row)->deleted && crm_sim_model_has (self->state, id))
      crm_sim_model_remove (self->state, id);
  crm_sim_model_overlay (self->state, expected);
  crm_sim_model_overlay (self->state, self->conflicts);
}

static gboolean
compare (CrmSimOracle *self, CrmSimServer *server, char **failure)
{
  g_autoptr (CrmSimModel) actual = crm_sim_server_list (server);
  g_autoptr (CrmSimModel) expected = NULL;
  g_autofree char *difference = NULL;

  if (crm_sim_server_get_head (server) != self->seq)
    {
      *failure = g_strdup_printf ("the server's head is %" G_GINT64_FORMAT
                                  " after %" G_GINT64_FORMAT " sets",
                                  crm_sim_server_get_head (server),
                                  self->seq);
      return FALSE;
    }

  crm_sim_model_free (self->conflicts);
  self->conflicts = crm_sim_model_steal_kind (actual, "conflict");
  if (!take_numbers (self, actual, failure))
    return FALSE;

  expected = make_expected (self);
  make_state (self, expected);
  difference = crm_sim_model_dup_difference (actual, expected);
  if (difference == NULL)
    return TRUE;

  *failure = g_strdup_printf ("the server made something else of it: %s", difference);

  return FALSE;
}

gboolean
crm_sim_oracle_take (CrmSimOracle *self,
                     CrmSimServer *server,
                     GBytes *body,
                     GString *told,
                     char **failure)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (CrmPushRequest) request = crm_push_request_read (text, size, NULL);
  const gint64 before = request != NULL ? get_last_n (self, request->replica) : 0;
  gint64 last;

  if (request == NULL)
    {
      *failure = g_strdup ("a laptop sent what is no push");
      return FALSE;
    }

  last = crm_sim_server_get_last_n (server, request->replica);
  if (last == before)
    return TRUE;
  self->seen = self->seq;
  for (guint i = 0; i < request->n_sets; i++)
    {
      const CrmWireSet *wire = &request->sets[i];

      if (wire->n <= before || wire->n > last)
        continue;
      replay (self, server, request->replica, wire, told);
      note_digest (self, request->replica, wire);
    }
  g_hash_table_insert (self->last_n, g_strdup (request->replica), GINT_TO_POINTER ((int) last));

  return compare (self, server, failure);
}

/* Empty is absent. */
static gboolean
is_same (const char *a, const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static gboolean
is_in_conflict (CrmSimOracle *self, const CrmSimLoss *loss, GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = ids->pdata[i];

      if (is_same (crm_sim_model_get (self->conflicts, id, "record"), loss->record) &&
          is_same (crm_sim_model_get (self->conflicts, id, "field"), loss->field) &&
          is_same (crm_sim_model_get (self->conflicts, id, "late"), loss->late))
        return TRUE;
    }

  return FALSE;
}

gboolean
crm_sim_oracle_check_losses (CrmSimOracle *self, char **failure)
{
  g_autoptr (GPtrArray) ids = crm_sim_model_list_ids (self->conflicts, "conflict");

  for (guint i = 0; i < self->losses->len; i++)
    {
      const CrmSimLoss *loss = self->losses->pdata[i];

      if (loss->over || is_in_conflict (self, loss, ids))
        continue;
      *failure = g_strdup_printf ("lost without a conflict: %s %s “%.60s”",
                                  loss->record,
                                  *loss->field != '\0' ? loss->field : "(delete)",
                                  loss->late != NULL ? loss->late : "");
      return FALSE;
    }

  return TRUE;
}

gboolean
crm_sim_oracle_has_refused (CrmSimOracle *self, const char *set)
{
  g_autoptr (GPtrArray) ids = crm_sim_model_list_ids (self->conflicts, "conflict");
  const char *record = g_hash_table_lookup (self->refused, set);

  for (guint i = 0; i < ids->len && record != NULL; i++)
    if (is_same (crm_sim_model_get (self->conflicts, ids->pdata[i], "record"), record))
      return FALSE;

  return record != NULL;
}
