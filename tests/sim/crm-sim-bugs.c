#include "crm-sim-bugs.h"

const CrmSimBug crm_sim_bugs[] = {
  { "no-sync", "commits are not synced", { 3 } },
  { "seen-unsynced", "what a killed program left is shown before it is synced", { 0 } },
  { "no-recovery", "an action that was killed is not taken back at the next start", { 0 } },
  { "undo-forgets", "undo leaves out the last record of a set", { 1 } },
  { "linked-to-itself", "undo keeps a record that only itself links to", { 1 } },
  { "unread-is-unset", "a number that cannot be read starts again from 1", { 0 } },
  { "stale-search", "a changed record keeps its old search rows", { 1 } },
  { "head-token", "a page that ends early names the head as its cursor", { 1 } },
  { NULL },
};
