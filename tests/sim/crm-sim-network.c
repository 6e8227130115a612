#include "crm-sim-network.h"

#include "crm-sim-clock.h"
#include "crm-sim-laptop.h"

#include "wire/crm-page.h"

#include <string.h>

#define MILLISECOND   (G_USEC_PER_SEC / 1000)
#define TIMEOUT       (30 * (gint64) G_USEC_PER_SEC)
#define WAIT_TIMEOUT  (80 * (gint64) G_USEC_PER_SEC)
#define MAX_WAIT      (50 * (gint64) G_USEC_PER_SEC)
#define DELAY_MS      40
#define LONG_DELAY_MS 40000
/* In the id of a record. */
#define POISON "-8000-000200000003"

/* One request, or one copy of it. */
typedef struct
{
  CrmSimNetwork *network;
  CrmSimLaptop *laptop;
  guint64 generation;
  guint64 serial;
  const char *method;
  char *path;
  char *token;
  GBytes *body; /* nullable */
  CrmSimRandom random;
  /* The answer, on its way back. */
  guint status;
  const char *type;
  GBytes *reply;
  CrmSimModel *state;
} Message;

static void
free_message (gpointer data)
{
  Message *message = data;

  g_free (message->path);
  g_free (message->token);
  g_clear_pointer (&message->body, g_bytes_unref);
  g_clear_pointer (&message->reply, g_bytes_unref);
  g_clear_pointer (&message->state, crm_sim_model_free);
  g_free (message);
}

static Message *
copy_message (const Message *message)
{
  Message *copy = g_memdup2 (message, sizeof *message);

  copy->path = g_strdup (message->path);
  copy->token = g_strdup (message->token);
  copy->body = message->body != NULL ? g_bytes_ref (message->body) : NULL;
  copy->reply = NULL;
  copy->state = NULL;

  return copy;
}

CrmSimNetwork *
crm_sim_network_new (CrmSimServer *server,
                     CrmSimModel *builtin,
                     CrmSimTrace *trace,
                     const CrmSimWeather *weather,
                     guint64 seed)
{
  CrmSimNetwork *self = g_new0 (CrmSimNetwork, 1);

  self->queue = crm_sim_queue_new ();
  self->server = server;
  self->oracle = crm_sim_oracle_new (builtin);
  self->trace = trace;
  self->weather = *weather;
  self->late = g_ptr_array_new_with_free_func (free_message);
  self->waiting = g_ptr_array_new_with_free_func (free_message);
  self->cache = g_hash_table_new_full (g_str_hash,
                                       g_str_equal,
                                       g_free,
                                       (GDestroyNotify) g_bytes_unref);
  crm_sim_random_seed (&self->random, seed);

  return self;
}

void
crm_sim_network_free (CrmSimNetwork *self)
{
  crm_sim_queue_free (self->queue);
  crm_sim_oracle_free (self->oracle);
  crm_sim_oracle_free (self->backup);
  crm_sim_server_free (self->server);
  g_ptr_array_unref (self->late);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->cache);
  g_free (self->failure);
  g_free (self);
}

void
crm_sim_network_fail (CrmSimNetwork *self, const char *format, ...)
{
  va_list args;

  if (self->failure != NULL)
    return;

  va_start (args, format);
  self->failure = g_strdup_vprintf (format, args);
  va_end (args);
}

static gint64
choose_delay (CrmSimNetwork *self, CrmSimRandom *random)
{
  const guint most = crm_sim_random_chance (random, self->weather.slow) ? LONG_DELAY_MS : DELAY_MS;

  return (1 + crm_sim_random_below (random, most)) * MILLISECOND;
}

static void
add (CrmSimNetwork *self, gint64 delay, CrmSimFunc func, Message *message)
{
  crm_sim_queue_add (self->queue, crm_sim_clock_get_now () + delay, func, message, free_message);
}

/* ---- Back to the laptop ---- */

static void
arrive (gpointer data)
{
  Message *message = data;

  crm_sim_laptop_receive (message->laptop,
                          message->generation,
                          message->serial,
                          message->status,
                          message->type,
                          message->reply,
                          message->state);
}

static void
time_out (gpointer data)
{
  Message *message = data;

  crm_sim_laptop_fail (message->laptop,
                       message->generation,
                       message->serial,
                       CRM_SYNC_NETWORK_TIMEOUT);
}

static void
refuse (gpointer data)
{
  Message *message = data;

  crm_sim_laptop_fail (message->laptop,
                       message->generation,
                       message->serial,
                       CRM_SYNC_NETWORK_OFFLINE);
}

/* Half of a page is none. */
static void
cut (Message *message)
{
  const gsize size = g_bytes_get_size (message->reply);
  GBytes *part = g_bytes_new_from_bytes (message->reply,
                                         0,
                                         crm_sim_random_below (&message->random, (guint) size));

  g_bytes_unref (message->reply);
  message->reply = part;
  g_clear_pointer (&message->state, crm_sim_model_free);
}

static void
answer (CrmSimNetwork *self, const Message *request, const CrmServerResponse *response)
{
  Message *message = copy_message (request);

  message->status = response->status;
  message->type = response->content_type;
  message->reply = response->body != NULL ? g_bytes_ref (response->body)
                                          : g_bytes_new_static ("", 0);
  if (g_str_has_prefix (message->path, "/v1/pull") && response->status == 200)
    message->state = crm_sim_model_ref (crm_sim_oracle_get_state (self->oracle));
  if (g_str_has_prefix (message->path, "/v1/boot") && response->status == 200)
    g_hash_table_insert (self->cache, g_strdup (message->path), g_bytes_ref (message->reply));
  if (crm_sim_random_chance (&message->random, self->weather.reply_lost))
    {
      free_message (message);
      return;
    }
  if (crm_sim_random_chance (&message->random, self->weather.cut))
    cut (message);
  add (self, choose_delay (self, &message->random), arrive, message);
}

/* ---- At the server ---- */

static void
drop_all (CrmSimNetwork *self)
{
  while (self->waiting->len > 0)
    add (self, MILLISECOND, refuse, g_ptr_array_steal_index (self->waiting, 0));
}

static void
plan_fault (CrmSimNetwork *self, Message *message)
{
  CrmSimDisk *disk = crm_sim_server_get_disk (self->server);

  if (crm_sim_random_chance (&message->random, self->weather.killed))
    crm_sim_disk_plan (disk,
                       CRM_SIM_FAULT_KILL,
                       CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ,
                       crm_sim_random_below (&message->random, 30),
                       1);
  else if (crm_sim_random_chance (&message->random, self->weather.server_full))
    crm_sim_disk_plan (disk,
                       CRM_SIM_FAULT_FULL,
                       CRM_SIM_OP_WRITE,
                       crm_sim_random_below (&message->random, 20),
                       G_MAXUINT32);
}

static void handle (CrmSimNetwork *self, Message *message, gboolean waited);

/* Those who wait see what was committed. */
static void
wake (gpointer data)
{
  CrmSimNetwork *self = data;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (free_message);
  for (guint i = 0; i < waiting->len; i++)
    handle (self, waiting->pdata[i], FALSE);
}

static void
end_wait (gpointer data)
{
  Message *message = data;
  CrmSimNetwork *self = message->network;

  for (guint i = 0; i < self->waiting->len; i++)
    {
      Message *other = self->waiting->pdata[i];

      if (other->laptop != message->laptop || other->generation != message->generation ||
          other->serial != message->serial)
        continue;
      other = g_ptr_array_steal_index (self->waiting, i);
      handle (self, other, TRUE);
      free_message (other);
      break;
    }
}

static void
note_push (CrmSimNetwork *self, const Message *message)
{
  g_autofree char *failure = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  if (self->failure == NULL &&
      !crm_sim_oracle_take (self->oracle, self->server, message->body, told, &failure))
    crm_sim_network_fail (self, "%s", failure);
  crm_sim_trace_add (self->trace, crm_sim_clock_get_now (), "oracle:%s", told->str);
}

static void
handle (CrmSimNetwork *self, Message *message, gboolean waited)
{
  g_auto (CrmServerResponse) response = { 0 };
  const gint64 now = crm_sim_clock_get_now ();
  const gboolean push = g_str_equal (message->path, "/v1/push");
  gboolean alive;

  plan_fault (self, message);
  alive = crm_sim_server_handle (self->server,
                                 message->method,
                                 message->path,
                                 message->token,
                                 message->body,
                                 waited,
                                 &message->random,
                                 &response);
  crm_sim_trace_add (self->trace,
                     now,
                     "server: %s of %u.%u: %u %s",
                     message->path,
                     crm_sim_laptop_get_number (message->laptop),
                     (guint) message->serial,
                     response.status,
                     !alive                                ? "killed"
                     : response.outcome == CRM_SERVER_WAIT ? "waits"
                     : response.code != NULL               ? response.code
                                                           : "");
  if (push)
    {
      note_push (self, message);
      crm_sim_queue_add (self->queue, now + 50 * MILLISECOND, wake, self, NULL);
    }
  if (!alive)
    {
      drop_all (self);
      add (self, MILLISECOND, refuse, copy_message (message));
    }
  else if (response.outcome == CRM_SERVER_WAIT)
    {
      g_ptr_array_add (self->waiting, copy_message (message));
      add (self, MAX_WAIT, end_wait, copy_message (message));
    }
  else
    answer (self, message, &response);
}

static const char internal[] = "{\"error\":{\"code\":\"internal\",\"message\":\"oops\"}}";

/* A proxy has it from before. */
static gboolean
answer_cached (CrmSimNetwork *self, Message *message)
{
  GBytes *kept = g_hash_table_lookup (self->cache, message->path);
  Message *reply;

  if (kept == NULL || !crm_sim_random_chance (&message->random, self->weather.cached))
    return FALSE;

  reply = copy_message (message);
  reply->status = 200;
  reply->type = CRM_PAGE_TYPE;
  reply->reply = g_bytes_ref (kept);
  add (self, choose_delay (self, &reply->random), arrive, reply);

  return TRUE;
}

/* The server cannot take what is about one record, now or ever. */
static gboolean
stumble (CrmSimNetwork *self, Message *message)
{
  gsize size;
  const char *text;
  Message *reply;

  if (!self->weather.poison || !g_str_equal (message->path, "/v1/push"))
    return FALSE;
  text = g_bytes_get_data (message->body, &size);
  if (g_strstr_len (text, (gssize) size, POISON) == NULL)
    return FALSE;

  reply = copy_message (message);
  reply->status = 500;
  reply->type = "application/json";
  reply->reply = g_bytes_new_static (internal, strlen (internal));
  add (self, choose_delay (self, &reply->random), arrive, reply);

  return TRUE;
}

static void
reach (gpointer data)
{
  Message *message = data;
  CrmSimNetwork *self = message->network;

  if (self->failure == NULL && !answer_cached (self, message) && !stumble (self, message))
    handle (self, message, FALSE);
}

/* ---- On the way there ---- */

/* What somebody in between says in the server's place. */
static void
answer_for_it (CrmSimNetwork *self, Message *message)
{
  static const char html[] = "<!DOCTYPE html><title>Welkom</title>";
  static const char busy[] =
      "{\"error\":{\"code\":\"busy\",\"message\":\"later\",\"retry_after\":7}}";
  static const struct
  {
    guint status;
    const char *type;
    const char *text;
  } answers[] = {
    { 200, "text/html", html },
    { 200, "application/json", "" },
    { 200, CRM_PAGE_TYPE, "" },
    { 302, "text/html", html },
    { 401, "text/html", html },
    { 403, "text/html", html },
    { 404, "text/html", html },
    { 407, "text/html", html },
    { 413, "text/html", html },
    { 429, "application/json", busy },
    { 500, "application/json", internal },
    { 502, "text/html", html },
    { 503, "application/json", busy },
    { 503, "text/html", html },
    { 511, "text/html", html },
  };
  const guint i = crm_sim_random_below (&message->random, G_N_ELEMENTS (answers));
  g_autoptr (GBytes) body = g_bytes_new_static (answers[i].text, strlen (answers[i].text));

  message->status = answers[i].status;
  message->type = answers[i].type;
  message->reply = g_steal_pointer (&body);
  add (self, choose_delay (self, &message->random), arrive, message);
}

static Message *
make_message (CrmSimNetwork *self, CrmSimLaptop *laptop, const CrmSyncAction *action)
{
  Message *message = g_new0 (Message, 1);

  message->network = self;
  message->laptop = laptop;
  message->generation = crm_sim_laptop_get_generation (laptop);
  message->serial = action->serial;
  message->method = action->method;
  message->path = g_strdup (action->path);
  message->token = g_strdup (action->token);
  message->body = action->body != NULL ? g_bytes_ref (action->body) : NULL;
  crm_sim_random_seed (&message->random, crm_sim_random_next (&self->random));

  return message;
}

void
crm_sim_network_send (CrmSimNetwork *self, CrmSimLaptop *laptop, const CrmSyncAction *action)
{
  Message *message = make_message (self, laptop, action);
  CrmSimRandom *random = &message->random;

  add (self, action->waits ? WAIT_TIMEOUT : TIMEOUT, time_out, copy_message (message));
  if (crm_sim_random_chance (random, self->weather.late) && message->body != NULL)
    g_ptr_array_add (self->late, copy_message (message));
  if (crm_sim_random_chance (random, self->weather.twice))
    add (self, choose_delay (self, random), reach, copy_message (message));

  if (crm_sim_random_chance (random, self->weather.lost))
    free_message (message);
  else if (crm_sim_random_chance (random, self->weather.refused))
    add (self, MILLISECOND, refuse, message);
  else if (crm_sim_random_chance (random, self->weather.foreign))
    answer_for_it (self, message);
  else
    add (self, choose_delay (self, random), reach, message);
}

void
crm_sim_network_forget (CrmSimNetwork *self, CrmSimLaptop *laptop)
{
  for (guint i = self->waiting->len; i-- > 0;)
    if (((Message *) self->waiting->pdata[i])->laptop == laptop)
      g_ptr_array_remove_index (self->waiting, i);
}

gboolean
crm_sim_network_deliver_late (CrmSimNetwork *self)
{
  const guint place = crm_sim_random_below (&self->random, self->late->len);

  if (self->late->len == 0)
    return FALSE;

  add (self, 0, reach, g_ptr_array_steal_index (self->late, place));

  return TRUE;
}

/* ---- Administrators ---- */

void
crm_sim_network_back_up (CrmSimNetwork *self)
{
  crm_sim_server_back_up (self->server);
  crm_sim_oracle_free (self->backup);
  self->backup = crm_sim_oracle_copy (self->oracle);
  drop_all (self);
}

void
crm_sim_network_restore (CrmSimNetwork *self, gboolean tell)
{
  if (!crm_sim_server_has_backup (self->server))
    return;

  crm_sim_server_restore (self->server, tell);
  crm_sim_oracle_free (self->oracle);
  self->oracle = crm_sim_oracle_copy (self->backup);
  /* A segment of the time before could not be told from one of now. */
  if (!tell)
    g_hash_table_remove_all (self->cache);
  drop_all (self);
}
