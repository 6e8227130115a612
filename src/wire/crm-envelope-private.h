#pragma once

#include "wire/crm-json.h"

#include <sodium.h>

/*
 * Lines of which the last says how many there are and their SHA-256: pages and segments. The hash
 * goes over every byte before the last line.
 */
typedef struct
{
  GString *text;
  gsize start; /* of the line that is written */
  guint n_lines;
  crypto_hash_sha256_state hash;
} CrmEnvelopeWriter;

void crm_envelope_writer_init (CrmEnvelopeWriter *self);
void crm_envelope_writer_clear (CrmEnvelopeWriter *self);
/* Opens {"k":@type; its members go onto `text`. */
void crm_envelope_writer_begin (CrmEnvelopeWriter *self, const char *type);
void crm_envelope_writer_finish (CrmEnvelopeWriter *self);
/* Count and hash, as members of the last line that is begun. */
void crm_envelope_writer_seal (CrmEnvelopeWriter *self);
GBytes *crm_envelope_writer_steal (CrmEnvelopeWriter *self);

typedef struct
{
  GBytes *body;
  const char *at;
  const char *last; /* where the last line starts */
  CrmArena *arena;  /* of the line that was read last */
  CrmArena *kept;   /* of the first and the last line */
  const CrmJson *first_line;
  const CrmJson *last_line;
} CrmEnvelopeReader;

/* FALSE with %CRM_WIRE_ERROR_TRUNCATED when the end is not right. */
gboolean crm_envelope_reader_init (CrmEnvelopeReader *self, GBytes *body, GError **error);
void crm_envelope_reader_clear (CrmEnvelopeReader *self);
/* The next line and its "k"; NULL behind the last but one, and with @error. */
const CrmJson *
crm_envelope_reader_next (CrmEnvelopeReader *self, const char **type, GError **error);
