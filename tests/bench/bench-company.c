#include "bench-company.h"

#include "base/crm-id.h"
#include "bench.h"
#include "server/crm-server-machine.h"
#include "store/demo/crm-demo-words-private.h"
#include "wire/crm-hello.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

#define AT             "2026-03-01T08:00:00Z"
#define SETS_OF_A_PUSH 20

typedef struct
{
  CrmServerMachine *machine;
  char *replica;
  char *token;
  GRand *rand;
  char *organisation; /* the last one */
  guint n_made;
  gint64 n_sets;
} Filler;

/* @body: (transfer full) */
static char *
call (Filler *self, const char *path, GString *body)
{
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (body);
  g_auto (CrmServerResponse) response = { 0 };
  const CrmServerRequest request = {
    .method = "POST", .path = path, .token = self->token, .address = "", .body = bytes
  };
  gsize size;
  const char *text;

  crm_server_machine_handle_whole (self->machine, &request, &response);
  text = g_bytes_get_data (response.body, &size);
  if (response.status != 200)
    g_error ("%s: %u %.*s", path, response.status, (int) size, text);

  return g_strndup (text, size);
}

static void
log_in (Filler *self, const char *user, const char *password)
{
  const CrmDeviceRequest request = { .user = user, .password = password, .replica = self->replica };
  g_autofree char *text = NULL;
  g_autoptr (CrmDeviceReply) reply = NULL;
  GError *error = NULL;
  GString *body = g_string_new (NULL);

  crm_device_request_write (&request, body);
  text = call (self, "/v1/device", body);
  reply = crm_device_reply_read (text, strlen (text), &error);
  bench_check (error);
  self->token = g_strdup (reply->token);
}

static void
add_organisation (Filler *self, GString *text)
{
  g_free (self->organisation);
  self->organisation = crm_id_new ();
  g_string_append_printf (text,
                          "{\"kind\":\"organisation\",\"id\":\"%s\",\"op\":\"new\",\"f\":{"
                          "\"number\":{\"v\":\"R%06u\"},\"name\":{\"v\":\"Bedrijf %u B.V.\"}}}",
                          self->organisation,
                          self->n_made,
                          self->n_made);
}

static void
add_person (Filler *self, GString *text, GPtrArray *people, guint n_people)
{
  GRand *rand = self->rand;
  const CrmDemoSurname
      *surname = &crm_demo_surnames[g_rand_int_range (rand, 0, (gint32) crm_demo_n_surnames)];
  const CrmDemoTown *town = &crm_demo_towns[g_rand_int_range (rand, 0, (gint32) crm_demo_n_towns)];
  const gint32 given = g_rand_int_range (rand, 0, (gint32) crm_demo_n_given_names);
  g_autofree char *id = crm_id_new ();

  g_string_append_printf (text,
                          "{\"kind\":\"person\",\"id\":\"%s\",\"op\":\"new\",\"f\":{"
                          "\"number\":{\"v\":\"R%06u\"},\"given_name\":{\"v\":\"%s\"},"
                          "\"surname\":{\"v\":\"%s\"},\"organisation\":{\"v\":\"%s\"},"
                          "\"street\":{\"v\":\"%s\"},\"house_number\":{\"v\":\"%u\"},"
                          "\"city\":{\"v\":\"%s\"},\"email\":{\"v\":\"p%u@bedrijf.example\"},"
                          "\"phone\":{\"v\":\"+31%09u\"},\"stage\":{\"v\":\"prospect\"},"
                          "\"tags\":{\"v\":[\"klant\",\"vip\"]}}}",
                          id,
                          self->n_made,
                          crm_demo_given_names[given].name,
                          surname->surname,
                          self->organisation,
                          crm_demo_streets[g_rand_int_range (rand, 0, 20)],
                          (guint) g_rand_int_range (rand, 1, 200),
                          town->name,
                          self->n_made,
                          (guint) g_rand_int_range (rand, 200000000, 700000000));
  if (people->len < n_people)
    g_ptr_array_add (people, g_steal_pointer (&id));
}

static void
add_set (Filler *self, GString *text, guint n, GPtrArray *people, guint n_people)
{
  g_autofree char *id = crm_id_new ();

  g_string_append_printf (text,
                          "{\"id\":\"%s\",\"n\":%" G_GINT64_FORMAT
                          ",\"action\":\"import\",\"mode\":\"each\",\"at\":\"" AT "\",\"ops\":[",
                          id,
                          ++self->n_sets);
  for (guint i = 0; i < CRM_WIRE_MAX_OPS && self->n_made < n; i++, self->n_made++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (self->n_made % 5 == 0)
        add_organisation (self, text);
      else
        add_person (self, text, people, n_people);
    }
  g_string_append (text, "]}");
}

static void
push (Filler *self, guint n, GPtrArray *people, guint n_people)
{
  GString *text = g_string_new ("{\"proto\":1,\"schema\":1,\"now\":\"" AT "\",\"replica\":\"");
  g_autofree char *reply = NULL;

  g_string_append_printf (text, "%s\",\"sets\":[", self->replica);
  for (guint i = 0; i < SETS_OF_A_PUSH && self->n_made < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      add_set (self, text, n, people, n_people);
    }
  g_string_append (text, "]}");
  reply = call (self, "/v1/push", text);
  if (strstr (reply, "rejected") != NULL || strstr (reply, "conflict") != NULL)
    g_error ("%s", reply);
}

void
bench_company_fill (const char *path,
                    const char *user,
                    const char *password,
                    guint n,
                    GPtrArray *people,
                    guint n_people)
{
  GError *error = NULL;
  CrmServerStore *store = crm_server_store_open (path, FALSE, &error);
  Filler self = { .replica = crm_id_new (), .rand = g_rand_new_with_seed (1) };

  bench_check (error);
  self.machine = crm_server_machine_new (store, crm_model_get_default ());
  log_in (&self, user, password);
  while (self.n_made < n)
    push (&self, n, people, n_people);

  g_free (self.replica);
  g_free (self.token);
  g_free (self.organisation);
  g_rand_free (self.rand);
  crm_server_machine_free (self.machine);
  crm_server_store_free (store);
}
