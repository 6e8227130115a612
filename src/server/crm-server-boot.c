#include "server/crm-server-machine-private.h"

#include "base/crm-id.h"
#include "server/crm-server-cursor.h"
#include "server/crm-server-page.h"
#include "wire/crm-segment.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

/* Records are read some at a time, so that few of them, however large, are in memory at once. */
#define CHUNK 250
/* Bytes of values at which a segment ends before it has all its rows. */
#define MAX_BYTES (4 * 1024 * 1024)

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

static gboolean
may_boot (CrmServerCall *call, gint64 scope, GError **error)
{
  g_autoptr (GPtrArray)
      scopes = call->store->ops->list_user_scopes (call->store, call->user->id, error);

  if (scopes == NULL)
    return FALSE;
  for (guint i = 0; i < scopes->len; i++)
    {
      const CrmServerUserScope *held = scopes->pdata[i];

      if (held->scope == scope && held->until == 0)
        return TRUE;
    }

  return crm_server_call_miss (error, CRM_WIRE_ERROR_NOT_FOUND, "There is no such scope");
}

static gsize
measure (const CrmServerRecord *record)
{
  gsize size = 0;

  for (guint i = 0; i < record->fields->len; i++)
    {
      const CrmServerField *field = record->fields->pdata[i];

      size += field->text != NULL ? strlen (field->text) : 0;
    }

  return size;
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
      for (guint i = 0; i < records->len; i++)
        {
          const CrmServerRecord *record = records->pdata[i];

          crm_server_row_fill (&row, record, -1, NULL);
          crm_segment_writer_add (writer, &row.line);
          size += measure (record);
          g_set_str (&place->kind, record->kind);
          g_set_str (&place->id, record->id);
        }
      *more = records->len == MIN (CHUNK, n_left);
      call->machine->counts.rows_sent += records->len;
    }

  return TRUE;
}

static CrmSegmentWriter *
start_segment (CrmServerCall *call, gint64 scope, GError **error)
{
  g_autoptr (CrmServerHead) head = call->store->ops->get_head (call->store, error);
  g_autoptr (CrmServerCursor) cursor = NULL;
  g_autofree char *text = NULL;

  if (head == NULL)
    return NULL;
  cursor = crm_server_cursor_new (head, call->user);
  text = crm_server_cursor_format (cursor);

  return crm_segment_writer_new (&(CrmSegmentHeader) { .proto = CRM_WIRE_PROTO,
                                                       .epoch = head->epoch,
                                                       .scope = scope,
                                                       .cursor = text,
                                                       .seq = head->seq });
}

gboolean
crm_server_handle_boot (CrmServerCall *call, GError **error)
{
  const char *asked = crm_server_call_get_query (call, "sc");
  g_autoptr (CrmSegmentWriter) writer = NULL;
  g_autofree char *after = NULL;
  g_auto (Place) place = { 0 };
  gboolean more;
  gint64 scope;

  if (asked == NULL || !g_ascii_string_to_signed (asked, 10, 1, G_MAXINT64, &scope, NULL))
    return crm_server_call_miss (error, CRM_WIRE_ERROR_INVALID, "“sc” names no scope");
  if (!place_parse (&place, crm_server_call_get_query (call, "after"), error) ||
      !call->store->ops->begin (call->store, FALSE, error) || !may_boot (call, scope, error) ||
      !(writer = start_segment (call, scope, error)) ||
      !add_rows (call, scope, writer, &place, &more, error))
    return FALSE;

  if (more)
    after = g_strconcat (place.kind, ".", place.id, NULL);
  call->response->outcome = CRM_SERVER_REPLY;
  call->response->status = 200;
  call->response->content_type = CRM_PAGE_TYPE;
  call->response->body = crm_segment_writer_end (writer, &(CrmSegmentEnd) { .after = after });

  return TRUE;
}
