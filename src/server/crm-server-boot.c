#include "server/crm-server-machine-private.h"

#include "base/crm-id.h"
#include "server/crm-server-cursor.h"
#include "server/crm-server-page.h"
#include "wire/crm-inflate.h"
#include "wire/crm-segment.h"
#include "wire/crm-wire-limit.h"

/* Records are read some at a time, so that few of them, however large, are in memory at once. */
#define CHUNK 50
/* Bytes of values at which a segment ends before it has all its rows. */
#define MAX_BYTES  (4 * 1024 * 1024)
#define GZIP_LEVEL 6

/* "person 0190…": the last row of the segment before; "" before the first. */
typedef struct
{
  char *kind;
  char *id;
} Place;

static void
place_clear (Place *self)
{
  g_free (self->kind);
  g_free (self->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
place_parse (Place *self, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ".", 2);

  if (text == NULL)
    {
      self->kind = g_strdup ("");
      self->id = g_strdup ("");
      return TRUE;
    }
  if (g_strv_length (parts) != 2 || !crm_json_is_name (parts[0]) || !crm_id_is_valid (parts[1]))
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INVALID, "“after” is none of ours");

  self->kind = g_strdup (parts[0]);
  self->id = g_strdup (parts[1]);

  return TRUE;
}

/* @held: (out): the user's own, for as long as @scopes lives */
static gboolean
find_scope (GPtrArray *scopes, gint64 scope, const CrmServerUserScope **held, GError **error)
{
  for (guint i = 0; i < scopes->len; i++)
    {
      *held = scopes->pdata[i];
      if ((*held)->scope == scope && (*held)->until == 0)
        return TRUE;
    }

  return crm_server_call_miss (error, CRM_WIRE_ERROR_NOT_FOUND, "There is no such scope");
}

/* @place: (inout): the last row that was added. @more: (out): there may be others behind it. */
static gboolean
add_rows (CrmServerCall *call,
          gint64 scope,
          CrmSegmentWriter *writer,
          Place *place,
          gboolean *more,
          GError **error)
{
  const guint max_rows = MIN (CRM_WIRE_SEGMENT_ROWS, call->machine->max_rows);
  g_auto (CrmServerRow) row = { 0 };
  gsize size = 0;

  for (*more = TRUE; *more;)
    {
      const guint n_left = max_rows - crm_segment_writer_get_n_rows (writer);
      g_autoptr (GPtrArray) records = NULL;

      if (n_left == 0 || size >= MAX_BYTES)
        return TRUE;
      records = call->store->ops->list_live (call->store,
                                             scope,
                                             place->kind,
                                             place->id,
                                             MIN (CHUNK, n_left),
                                             error);
      if (records == NULL)
        return FALSE;
      *more = records->len == MIN (CHUNK, n_left);
      for (guint i = 0; i < records->len; i++)
        {
          const CrmServerRecord *record = records->pdata[i];

          crm_server_row_fill (&row, record, -1, NULL);
          crm_segment_writer_add (writer, &row.line);
          size += crm_server_record_measure (record);
          g_set_str (&place->kind, record->kind);
          g_set_str (&place->id, record->id);
          call->machine->counts.rows_sent++;
          if (size >= MAX_BYTES && i + 1 < records->len)
            *more = TRUE;
          if (size >= MAX_BYTES)
            break;
        }
    }

  return TRUE;
}

static CrmSegmentWriter *
start_segment (CrmServerCall *call, const CrmServerHead *head, gint64 scope, GError **error)
{
  g_autoptr (CrmServerCursor) cursor = crm_server_cursor_new (head, call->user);
  g_autofree char *text = crm_server_cursor_format (cursor);
  gint64 live;

  if (!call->store->ops->count_records (call->store, &live, error))
    return NULL;

  return crm_segment_writer_new (&(CrmSegmentHeader) { .proto = CRM_WIRE_PROTO,
                                                       .epoch = head->epoch,
                                                       .scope = scope,
                                                       .cursor = text,
                                                       .seq = head->seq,
                                                       .live = live });
}

/* (transfer full) */
static GBytes *
make_segment (CrmServerCall *call,
              const CrmServerHead *head,
              gint64 scope,
              Place *place,
              GError **error)
{
  g_autoptr (CrmSegmentWriter) writer = start_segment (call, head, scope, error);
  g_autofree char *after = NULL;
  gboolean more;

  if (writer == NULL || !add_rows (call, scope, writer, place, &more, error))
    return NULL;
  if (more)
    after = g_strconcat (place->kind, ".", place->id, NULL);

  return crm_segment_writer_end (writer, &(CrmSegmentEnd) { .after = after });
}

/* All that makes the segment of one user that of another. */
static char *
make_key (CrmServerCall *call, const CrmServerUserScope *scope, const Place *place)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %d %s.%s",
                          scope->scope,
                          scope->mask,
                          call->user->rights,
                          CRM_WIRE_SCHEMA,
                          place->kind,
                          place->id);
}

/* From those that are kept, or made and kept. */
static GBytes *
take_segment (CrmServerCall *call,
              const CrmServerHead *head,
              const CrmServerUserScope *scope,
              Place *place,
              GError **error)
{
  CrmServerSegments *segments = call->machine->segments;
  g_autofree char *key = make_key (call, scope, place);
  g_autoptr (GBytes) plain = NULL;
  GBytes *packed = crm_server_segments_load (segments, key);

  if (packed != NULL || !(plain = make_segment (call, head, scope->scope, place, error)))
    return packed;
  packed = crm_wire_gzip (plain, GZIP_LEVEL);
  crm_server_segments_store (segments, key, packed);

  return packed;
}

static gboolean
answer (CrmServerCall *call, gint64 scope, Place *place, GError **error)
{
  g_autoptr (CrmServerHead) head = call->store->ops->get_head (call->store, error);
  g_autoptr (GPtrArray) scopes = NULL;
  const CrmServerUserScope *held = NULL;
  CrmServerResponse *response = call->response;
  gint64 generation;

  if (head == NULL ||
      !(scopes = call->store->ops->list_user_scopes (call->store, call->user->id, error)) ||
      !find_scope (scopes, scope, &held, error) ||
      !crm_server_call_find_generation (call, head, scopes, &generation, error))
    return FALSE;

  response->packed = call->machine->segments != NULL;
  response->body = response->packed ? take_segment (call, head, held, place, error)
                                    : make_segment (call, head, scope, place, error);
  if (response->body == NULL)
    return FALSE;
  response->outcome = CRM_SERVER_REPLY;
  response->status = 200;
  response->content_type = CRM_PAGE_TYPE;

  return TRUE;
}

gboolean
crm_server_handle_boot (CrmServerCall *call, GError **error)
{
  const char *asked = crm_server_call_get_query (call, "sc");
  g_auto (Place) place = { 0 };
  gint64 scope;

  if (asked == NULL || !g_ascii_string_to_signed (asked, 10, 1, G_MAXINT64, &scope, NULL))
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INVALID, "“sc” names no scope");

  return place_parse (&place, crm_server_call_get_query (call, "after"), error) &&
         call->store->ops->begin (call->store, FALSE, error) && answer (call, scope, &place, error);
}
