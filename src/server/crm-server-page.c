#include "server/crm-server-page.h"

void
crm_server_row_fill (CrmServerRow *self,
                     const CrmServerRecord *record,
                     gint64 since,
                     const GArray *scopes)
{
  const gboolean full = since < 0;

  if (self->fields == NULL)
    self->fields = g_array_new (FALSE, TRUE, sizeof (CrmRowField));
  g_array_set_size (self->fields, 0);

  for (guint i = 0; i < record->fields->len; i++)
    {
      const CrmServerField *field = record->fields->pdata[i];
      const CrmRowField sent = { field->name, { field->type, field->text }, field->version };

      /* A whole row needs no empty fields, except that their version tells when they became so. */
      if (full ? field->type != CRM_WIRE_EMPTY || field->version != record->born
               : field->version > since)
        g_array_append_val (self->fields, sent);
    }

  self->line = (CrmRowLine) { .kind = record->kind,
                              .id = record->id,
                              .seq = record->row_seq,
                              .row_seq = record->born,
                              .full = full,
                              .scopes = scopes != NULL ? (const gint64 *) (gpointer) scopes->data
                                                       : NULL,
                              .n_scopes = scopes != NULL ? scopes->len : 0,
                              .fields = (const CrmRowField *) (gpointer) self->fields->data,
                              .n_fields = self->fields->len };
}

void
crm_server_row_clear (CrmServerRow *self)
{
  g_clear_pointer (&self->fields, g_array_unref);
}
