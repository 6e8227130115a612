#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_SERVER_TOKEN_HASH_SIZE 32

/* 256 random bits as text that stands in a header as it is. (transfer full) */
char *crm_server_token_new (void);
/* What is stored in its place: SHA-256 is enough for what cannot be guessed. */
void crm_server_token_hash (const char *token, guint8 hash[CRM_SERVER_TOKEN_HASH_SIZE]);

G_END_DECLS
