#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder that is gone when the test ends. */
typedef struct
{
  char *dir;
} CrmScratch;

void crm_scratch_init (CrmScratch *self);
void crm_scratch_clear (CrmScratch *self);
GFile *crm_scratch_file (CrmScratch *self, const char *name);
/* @length: -1 for a string. */
GFile *crm_scratch_write (CrmScratch *self, const char *name, const char *text, gssize length);
char *crm_scratch_read (CrmScratch *self, const char *name);
gboolean crm_scratch_exists (CrmScratch *self, const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmScratch, crm_scratch_clear)

G_END_DECLS
