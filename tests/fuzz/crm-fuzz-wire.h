#pragma once

#include <glib.h>

/* The first byte of an input chooses what reads the rest. */
typedef enum
{
  CRM_FUZZ_PUSH_REQUEST,
  CRM_FUZZ_PUSH_REPLY,
  CRM_FUZZ_PULL_REQUEST,
  CRM_FUZZ_PAGE,
  CRM_FUZZ_SEGMENT,
  CRM_FUZZ_HELLO,
  CRM_FUZZ_DEVICE_REQUEST,
  CRM_FUZZ_DEVICE_REPLY,
  CRM_FUZZ_PAST,
  CRM_FUZZ_ERROR,
  CRM_FUZZ_FIELDS,
  CRM_FUZZ_GZIP,
  CRM_FUZZ_N_READERS,
} CrmFuzzReader;

/* The entry that libFuzzer calls. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
/* How many inputs were read whole, of each reader; for the test that fuzzing finds its way in. */
extern guint crm_fuzz_n_taken[CRM_FUZZ_N_READERS];
