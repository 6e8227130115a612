#include "crm-wire-fixture.h"

#include "model/crm-merge.h"
#include "model/crm-money.h"

#include <math.h>
#include <string.h>

static guint
below (GRand *rand, guint n)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) n);
}

char *
crm_make_id (CrmArena *arena, GRand *rand)
{
  g_autofree char *id = g_strdup_printf ("%08x-%04x-7%03x-8%03x-%04x%08x",
                                         g_rand_int (rand) >> below (rand, 32),
                                         below (rand, 0x10000),
                                         below (rand, 0x1000),
                                         below (rand, 0x1000),
                                         below (rand, 0x10000),
                                         g_rand_int (rand));

  return crm_arena_strdup (arena, id);
}

char *
crm_make_text (CrmArena *arena, GRand *rand)
{
  static const char *const parts[] = {
    "a",
    "Bakker",
    " ",
    "\"",
    "\\",
    "\n",
    "\t",
    "\r",
    "\x01",
    "\x7f",
    "\xc3\xa9",
    "e\xcc\x81",
    "\xe2\x82\xac",
    "{",
    "\xf0\x9f\x98\x80",
    "]",
    ",",
    ";",
    "0",
    ":",
    "/",
    "\xef\xbf\xbf",
    "null",
    "\\u0000",
    "\"}],",
  };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 1 + below (rand, 12);

  /* Now and then longer than what is hashed. */
  if (below (rand, 40) == 0)
    n = 200 + below (rand, 100);
  while (n-- > 0)
    g_string_append (text, parts[below (rand, G_N_ELEMENTS (parts))]);

  return crm_arena_strdup (arena, text->str);
}

static CrmWireValue
make_number (CrmArena *arena, GRand *rand)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double number = g_rand_double_range (rand, -1, 1) * pow (10, g_rand_int_range (rand, -20, 30));

  if (below (rand, 2) == 0)
    number = trunc (g_rand_double_range (rand, -1e6, 1e6));
  crm_number_format (number, buffer);

  return (CrmWireValue) { CRM_WIRE_NUMBER, crm_arena_strdup (arena, buffer) };
}

static CrmWireValue
make_members (CrmArena *arena, GRand *rand)
{
  g_autoptr (GString) joined = g_string_new ("vip");
  g_autofree char *members = NULL;

  for (guint n = below (rand, 4); n > 0; n--)
    g_string_append_printf (joined, ";%s", crm_make_text (arena, rand));
  members = crm_members_unite (joined->str, NULL);

  return (CrmWireValue) { CRM_WIRE_MEMBERS, crm_arena_strdup (arena, members) };
}

CrmWireValue
crm_make_value (CrmArena *arena, GRand *rand)
{
  switch (below (rand, 8))
    {
    case 0:
      return (CrmWireValue) { CRM_WIRE_EMPTY, NULL };

    case 1:
      return (CrmWireValue) { CRM_WIRE_TRUE, "true" };

    case 2:
      return make_number (arena, rand);

    case 3:
      return make_members (arena, rand);

    default:
      return (CrmWireValue) { CRM_WIRE_TEXT, crm_make_text (arena, rand) };
    }
}

/* Fields of one record follow each other here, so that none is there twice. */
static const char *
get_name (guint number)
{
  static const char *const names[] = { "surname", "city",     "tags",       "note",
                                       "score",   "custom_1", "new_in_2030" };

  return names[number % G_N_ELEMENTS (names)];
}

static const char *
make_kind (GRand *rand)
{
  static const char *const kinds[] = { "person", "organisation", "tag", "kind_of_2030" };

  return kinds[below (rand, G_N_ELEMENTS (kinds))];
}

static gint64
make_seq (GRand *rand)
{
  return below (rand, 10) == 0 ? G_GINT64_CONSTANT (9007199254740992) - below (rand, 1000)
                               : 1 + below (rand, 100000);
}

static gint64
make_base (GRand *rand)
{
  const guint which = below (rand, 3);

  return which == 0 ? 0 : which == 1 ? make_seq (rand) : -make_seq (rand);
}

static CrmWireOp
make_op (CrmArena *arena, GRand *rand)
{
  CrmWireOp op = { .op = (CrmSetOp) (1 + below (rand, 3)),
                   .kind = make_kind (rand),
                   .id = crm_make_id (arena, rand) };
  const guint start = below (rand, 7);
  CrmWireField *fields;

  if (op.op == CRM_SET_OP_DELETE)
    {
      op.base = make_base (rand);
      return op;
    }

  op.n_fields = below (rand, 5);
  op.fields = fields = crm_arena_new0 (arena, CrmWireField, op.n_fields);
  for (guint i = 0; i < op.n_fields; i++)
    {
      fields[i].name = get_name (start + i);
      fields[i].value = crm_make_value (arena, rand);
      if (op.op == CRM_SET_OP_NEW)
        continue;
      fields[i].old = crm_make_value (arena, rand);
      fields[i].base = make_base (rand);
    }

  return op;
}

static const char *
maybe_text (CrmArena *arena, GRand *rand)
{
  return below (rand, 2) == 0 ? NULL : crm_make_text (arena, rand);
}

CrmWireSet
crm_make_set (CrmArena *arena, GRand *rand, gint64 n)
{
  const guint n_ops = below (rand, 4);
  CrmWireOp *ops = crm_arena_new0 (arena, CrmWireOp, n_ops);
  CrmWireSet set = {
    .id = crm_make_id (arena, rand),
    .n = n,
    .action = "person.edit",
    .group = below (rand, 2) == 0 ? NULL : "01900000-0000-7000-8000-00000000000a",
    .why = maybe_text (arena, rand),
    .at = "2026-03-01T08:00:00Z",
    .all = below (rand, 2) == 0,
    .confirm = below (rand, 4) == 0,
    .ops = ops,
    .n_ops = n_ops,
  };

  if (below (rand, 2) == 0)
    set.prev = "9fa1000000000000000000000000000000000000000000000000000000000000";
  for (guint i = 0; i < n_ops; i++)
    ops[i] = make_op (arena, rand);

  return set;
}

CrmSetResult
crm_make_result (CrmArena *arena, GRand *rand)
{
  CrmSetResult result = {
    .n = make_seq (rand),
    .status = (CrmSetStatus) (1 + below (rand, 4)),
    .seq = below (rand, 2) == 0 ? 0 : make_seq (rand),
    .code = below (rand, 2) == 0 ? NULL : "invalid",
    .n_conf = below (rand, 3),
  };
  const char **conf = crm_arena_new0 (arena, const char *, result.n_conf);

  result.conf = conf;
  for (guint i = 0; i < result.n_conf; i++)
    conf[i] = crm_make_id (arena, rand);

  return result;
}

CrmRowLine
crm_make_row (CrmArena *arena, GRand *rand, gboolean full)
{
  CrmRowLine row = {
    .kind = make_kind (rand),
    .id = crm_make_id (arena, rand),
    .row_seq = make_seq (rand) / 2 + 1,
    .full = full || below (rand, 2) == 0,
    .n_scopes = below (rand, 3),
    .n_fields = below (rand, 7),
  };
  const guint start = below (rand, 7);
  gint64 *scopes = crm_arena_new0 (arena, gint64, row.n_scopes);
  CrmRowField *fields = crm_arena_new0 (arena, CrmRowField, row.n_fields);

  row.seq = row.row_seq + below (rand, 1000);
  row.scopes = scopes;
  row.fields = fields;
  for (guint i = 0; i < row.n_scopes; i++)
    scopes[i] = 1 + below (rand, 50);
  for (guint i = 0; i < row.n_fields; i++)
    {
      fields[i].name = get_name (start + i);
      fields[i].value = crm_make_value (arena, rand);
      fields[i].seq = below (rand, 3) == 0 ? row.seq : row.row_seq;
    }

  return row;
}

CrmSetLine
crm_make_set_line (CrmArena *arena, GRand *rand)
{
  return (CrmSetLine) {
    .seq = make_seq (rand),
    .id = below (rand, 4) == 0 ? NULL : crm_make_id (arena, rand),
    .user = "ilse",
    .device = crm_make_text (arena, rand),
    .at = "2026-03-01T08:00:00Z",
    .action = "import",
    .why = maybe_text (arena, rand),
    .group = maybe_text (arena, rand),
    .replica = below (rand, 2) == 0 ? NULL : crm_make_id (arena, rand),
    .n = below (rand, 2),
  };
}

static CrmScopeLine
make_scope (CrmArena *arena, GRand *rand, gboolean masked)
{
  CrmScopeLine scope = { .scope = 1 + below (rand, 50), .n_masks = masked ? below (rand, 3) : 0 };
  CrmMask *masks = crm_arena_new0 (arena, CrmMask, scope.n_masks);

  scope.masks = masks;
  for (guint i = 0; i < scope.n_masks; i++)
    masks[i] = (CrmMask) { get_name (i), below (rand, 0x10000) };

  return scope;
}

CrmPageLine
crm_make_line (CrmArena *arena, GRand *rand)
{
  CrmPageLine line = {
    .type = (CrmLineType) g_rand_int_range (rand, CRM_LINE_ROW, CRM_LINE_END),
  };

  switch (line.type)
    {
    case CRM_LINE_ROW:
    case CRM_LINE_CONFLICT:
      line.row = crm_make_row (arena, rand, FALSE);
      break;

    case CRM_LINE_GONE:
      line.gone = (CrmGoneLine) { make_kind (rand),
                                  crm_make_id (arena, rand),
                                  g_rand_boolean (rand) ? g_rand_int_range (rand, 1, 90000) : 0 };
      break;

    case CRM_LINE_DROP:
    case CRM_LINE_SCOPE:
      line.scope = make_scope (arena, rand, line.type == CRM_LINE_SCOPE);
      break;

    case CRM_LINE_SET:
      line.set = crm_make_set_line (arena, rand);
      break;

    case CRM_LINE_RESULT:
      line.result = crm_make_result (arena, rand);
      break;

    case CRM_LINE_HEADER:
    case CRM_LINE_END:
    default:
      g_assert_not_reached ();
    }

  return line;
}

void
crm_assert_value (const CrmWireValue *found, const CrmWireValue *expected)
{
  g_assert_cmpint (found->type, ==, expected->type);
  g_assert_cmpstr (found->text, ==, expected->text);
  g_assert_true (crm_wire_value_equal (found, expected));
}

static void
assert_op (const CrmWireOp *found, const CrmWireOp *expected)
{
  g_assert_cmpint (found->op, ==, expected->op);
  g_assert_cmpstr (found->kind, ==, expected->kind);
  g_assert_cmpstr (found->id, ==, expected->id);
  g_assert_cmpint (found->base, ==, expected->base);
  g_assert_cmpuint (found->n_fields, ==, expected->n_fields);
  for (guint i = 0; i < found->n_fields; i++)
    {
      g_assert_cmpstr (found->fields[i].name, ==, expected->fields[i].name);
      g_assert_cmpint (found->fields[i].base, ==, expected->fields[i].base);
      crm_assert_value (&found->fields[i].value, &expected->fields[i].value);
      crm_assert_value (&found->fields[i].old, &expected->fields[i].old);
    }
}

void
crm_assert_set (const CrmWireSet *found, const CrmWireSet *expected)
{
  guint8 digests[2][CRM_SET_DIGEST_SIZE];
  const guint8 previous[CRM_SET_DIGEST_SIZE] = { 5 };

  g_assert_cmpstr (found->id, ==, expected->id);
  g_assert_cmpint (found->n, ==, expected->n);
  g_assert_cmpstr (found->prev, ==, expected->prev);
  g_assert_cmpstr (found->action, ==, expected->action);
  g_assert_cmpstr (found->group, ==, expected->group);
  g_assert_cmpstr (found->why, ==, expected->why);
  g_assert_cmpstr (found->at, ==, expected->at);
  g_assert_cmpint (found->all, ==, expected->all);
  g_assert_cmpint (found->confirm, ==, expected->confirm);
  g_assert_cmpint (found->problem, ==, 0);
  g_assert_cmpuint (found->n_ops, ==, expected->n_ops);
  for (guint i = 0; i < found->n_ops; i++)
    assert_op (&found->ops[i], &expected->ops[i]);

  crm_wire_set_get_digest (found, previous, digests[0]);
  crm_wire_set_get_digest (expected, previous, digests[1]);
  g_assert_cmpmem (digests[0], CRM_SET_DIGEST_SIZE, digests[1], CRM_SET_DIGEST_SIZE);
}

void
crm_assert_result (const CrmSetResult *found, const CrmSetResult *expected)
{
  g_assert_cmpint (found->n, ==, expected->n);
  g_assert_cmpint (found->status, ==, expected->status);
  g_assert_cmpint (found->seq, ==, expected->seq);
  g_assert_cmpstr (found->code, ==, expected->code);
  g_assert_cmpuint (found->n_conf, ==, expected->n_conf);
  for (guint i = 0; i < found->n_conf; i++)
    g_assert_cmpstr (found->conf[i], ==, expected->conf[i]);
}

void
crm_assert_row (const CrmRowLine *found, const CrmRowLine *expected)
{
  g_assert_cmpstr (found->kind, ==, expected->kind);
  g_assert_cmpstr (found->id, ==, expected->id);
  g_assert_cmpint (found->seq, ==, expected->seq);
  g_assert_cmpint (found->row_seq, ==, expected->row_seq);
  g_assert_cmpint (found->full, ==, expected->full);
  g_assert_cmpuint (found->n_scopes, ==, expected->n_scopes);
  for (guint i = 0; i < found->n_scopes; i++)
    g_assert_cmpint (found->scopes[i], ==, expected->scopes[i]);
  g_assert_cmpuint (found->n_fields, ==, expected->n_fields);
  for (guint i = 0; i < found->n_fields; i++)
    {
      g_assert_cmpstr (found->fields[i].name, ==, expected->fields[i].name);
      g_assert_cmpint (found->fields[i].seq, ==, expected->fields[i].seq);
      crm_assert_value (&found->fields[i].value, &expected->fields[i].value);
    }
}

void
crm_assert_set_line (const CrmSetLine *found, const CrmSetLine *expected)
{
  g_assert_cmpint (found->seq, ==, expected->seq);
  g_assert_cmpstr (found->id, ==, expected->id);
  g_assert_cmpstr (found->user, ==, expected->user);
  g_assert_cmpstr (found->device, ==, expected->device);
  g_assert_cmpstr (found->at, ==, expected->at);
  g_assert_cmpstr (found->action, ==, expected->action);
  g_assert_cmpstr (found->why, ==, expected->why);
  g_assert_cmpstr (found->group, ==, expected->group);
  g_assert_cmpstr (found->replica, ==, expected->replica);
  g_assert_cmpint (found->n, ==, expected->n);
}

static void
assert_scope (const CrmScopeLine *found, const CrmScopeLine *expected)
{
  g_assert_cmpint (found->scope, ==, expected->scope);
  g_assert_cmpuint (found->n_masks, ==, expected->n_masks);
  for (guint i = 0; i < found->n_masks; i++)
    {
      g_assert_cmpstr (found->masks[i].kind, ==, expected->masks[i].kind);
      g_assert_cmpint (found->masks[i].groups, ==, expected->masks[i].groups);
    }
}

void
crm_assert_line (const CrmPageLine *found, const CrmPageLine *expected)
{
  g_assert_cmpint (found->type, ==, expected->type);
  switch (found->type)
    {
    case CRM_LINE_ROW:
    case CRM_LINE_CONFLICT:
      crm_assert_row (&found->row, &expected->row);
      break;

    case CRM_LINE_GONE:
      g_assert_cmpstr (found->gone.kind, ==, expected->gone.kind);
      g_assert_cmpstr (found->gone.id, ==, expected->gone.id);
      g_assert_cmpint (found->gone.seq, ==, expected->gone.seq);
      break;

    case CRM_LINE_DROP:
    case CRM_LINE_SCOPE:
      assert_scope (&found->scope, &expected->scope);
      break;

    case CRM_LINE_SET:
      crm_assert_set_line (&found->set, &expected->set);
      break;

    case CRM_LINE_RESULT:
      crm_assert_result (&found->result, &expected->result);
      break;

    case CRM_LINE_HEADER:
    case CRM_LINE_END:
    default:
      g_assert_not_reached ();
    }
}
