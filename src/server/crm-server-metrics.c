#include "server/crm-server-metrics.h"

#include <string.h>

/* Seconds; a long poll's wait is in its request's time too. */
static const double bounds[] = { 0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60 };

struct _CrmServerMetrics
{
  /* (element-type utf8 guint64): "path\",status=\"200" to how many */
  GHashTable *requests;
  guint64 buckets[G_N_ELEMENTS (bounds) + 1];
  guint64 n;
  gint64 usec;
  guint64 received;
  guint64 sent;
};

CrmServerMetrics *
crm_server_metrics_new (void)
{
  CrmServerMetrics *self = g_new0 (CrmServerMetrics, 1);

  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
crm_server_metrics_free (CrmServerMetrics *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->requests);
  g_free (self);
}

/* Few names, whatever is asked for. */
static const char *
name_path (const char *path)
{
  static const char *const known[] = { "/v1/hello", "/v1/device",       "/v1/push", "/v1/pull",
                                       "/v1/boot",  "/v1/openapi.json", "/healthz", "/metrics" };

  if (path == NULL)
    return "none";
  if (g_str_has_prefix (path, "/v1/history/"))
    return "/v1/history";
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (path, known[i]) == 0)
      return known[i];

  return "other";
}

void
crm_server_metrics_add (CrmServerMetrics *self, const CrmServerLogRequest *request)
{
  g_autofree char *key = g_strdup_printf ("path=\"%s\",status=\"%u\"",
                                          name_path (request->path),
                                          request->status);
  guint64 *count = g_hash_table_lookup (self->requests, key);
  guint bucket = 0;

  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (self->requests, g_steal_pointer (&key), count);
    }
  (*count)++;

  while (bucket < G_N_ELEMENTS (bounds) && (double) request->usec / 1e6 > bounds[bucket])
    bucket++;
  self->buckets[bucket]++;
  self->n++;
  self->usec += request->usec;
  self->received += request->received;
  self->sent += request->sent;
}

static void
put (GString *text, const char *type, const char *name, const char *help, guint64 value)
{
  g_string_append_printf (text,
                          "# HELP crm_%s %s\n# TYPE crm_%s %s\ncrm_%s %" G_GUINT64_FORMAT "\n",
                          name,
                          help,
                          name,
                          type,
                          name,
                          value);
}

static void
put_requests (CrmServerMetrics *self, GString *text)
{
  g_autoptr (GList)
      keys = g_list_sort (g_hash_table_get_keys (self->requests), (GCompareFunc) g_strcmp0);
  guint64 below = 0;

  g_string_append (text,
                   "# HELP crm_requests_total Requests answered.\n"
                   "# TYPE crm_requests_total counter\n");
  for (GList *item = keys; item != NULL; item = item->next)
    g_string_append_printf (text,
                            "crm_requests_total{%s} %" G_GUINT64_FORMAT "\n",
                            (char *) item->data,
                            *(guint64 *) g_hash_table_lookup (self->requests, item->data));

  g_string_append (text,
                   "# HELP crm_request_seconds Time to the answer, waiting included.\n"
                   "# TYPE crm_request_seconds histogram\n");
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      char bound[G_ASCII_DTOSTR_BUF_SIZE];

      below += self->buckets[i];
      g_string_append_printf (text,
                              "crm_request_seconds_bucket{le=\"%s\"} %" G_GUINT64_FORMAT "\n",
                              g_ascii_formatd (bound, sizeof bound, "%g", bounds[i]),
                              below);
    }
  g_string_append_printf (text,
                          "crm_request_seconds_bucket{le=\"+Inf\"} %" G_GUINT64_FORMAT "\n"
                          "crm_request_seconds_sum %" G_GINT64_FORMAT ".%06d\n"
                          "crm_request_seconds_count %" G_GUINT64_FORMAT "\n",
                          self->n,
                          self->usec / 1000000,
                          (int) (self->usec % 1000000),
                          self->n);
}

char *
crm_server_metrics_write (CrmServerMetrics *self,
                          const CrmServerCounts *counts,
                          guint n_connections,
                          guint n_waiting,
                          gint64 head)
{
  GString *text = g_string_new (NULL);

  put_requests (self, text);
  g_string_append (text,
                   "# HELP crm_sets_total Change sets taken, by what became of them.\n"
                   "# TYPE crm_sets_total counter\n");
  for (CrmSetStatus status = CRM_SET_STATUS_OK; status <= CRM_SET_STATUS_REJECTED; status++)
    g_string_append_printf (text,
                            "crm_sets_total{status=\"%s\"} %" G_GUINT64_FORMAT "\n",
                            crm_set_status_get_name (status),
                            counts->sets[status]);
  put (text, "counter", "rows_sent_total", "Rows of pulls and boots.", counts->rows_sent);
  put (text, "counter", "logins_refused_total", "Wrong or too many.", counts->logins_refused);
  put (text, "counter", "received_bytes_total", "Of bodies, as they came.", self->received);
  put (text, "counter", "sent_bytes_total", "Of bodies, as they went.", self->sent);
  put (text,
       "gauge",
       "disk_full",
       "1 while the database finds no room to write.",
       counts->disk_full);
  put (text, "gauge", "connections", "Open now.", n_connections);
  put (text, "gauge", "waiting", "Long polls that wait now.", n_waiting);
  put (text, "gauge", "head", "The last change that this process knows of.", (guint64) head);

  return g_string_free_and_steal (text);
}
