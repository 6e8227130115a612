#include "crm-sim-bugs.h"

const CrmSimBug crm_sim_bugs[] = {
  /* A laptop alone. */
  { "no-sync", "commits are not synced", { 3 } },
  { "no-recovery",
    "an action that was killed is not taken back at the next start",
    { 0 },
    CRM_SIM_EVENT_ACTION,
    CRM_SIM_FAULT_KILL,
    CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ,
    40,
    52 },
  { "undo-forgets", "undo leaves out the last record of a set", { 1 } },
  { "linked-to-itself", "undo keeps a record that only itself links to", { 4 } },
  { "stale-search", "a changed record keeps its old search rows", { 1 } },

  /* What is pushed. */
  { "outbox-cleared", "an answer clears what was written while it was under way", { 45 } },
  { "retry-timer-dies", "after three tries nothing sets the timer again", { 33 } },
  { "poison-blocks", "a set that the server stumbles over is tried for ever", { 28 } },
  { "parked-alone", "edits of what was set aside are sent", { 417, 859 } },
  { "no-digest-check", "another set under a known number is taken for a repetition", { 11, 69 } },
  { "fork-forgets", "a copy that takes a new id forgets what it had not sent", { 32 } },

  /* What is pulled. */
  { "head-token", "a page that ends early names the head as its cursor", { 1 } },
  { "cursor-before-data", "the cursor is saved before the page", { 11 } },
  { "refusal-untold", "what the server refused is not kept for its author", { 9, 3 } },
  { "ack-of-a-twin", "an acknowledgement is taken without comparing the digest", { 11 } },
  { "pull-over-pending", "a pulled value overwrites what waits to be sent", { 1 } },
  { "gone-untold", "the server does not tell what was deleted", { 5 } },
  { "absence-is-empty", "fields that a page does not name are emptied", { 2 } },
  { "partial-row", "a row that is new here comes with its last changes only", { 9 } },
  { "old-boot-page", "a segment older than what was pulled is taken", { 227 } },
  { "boot-without-place", "a load begins without a place to pull on from", { 181, 568 } },
  { "restore-unnoticed", "the chain in a cursor is not compared", { 368, 631 } },
  { "restore-heals-nothing", "what a restored server lost is not sent again", { 120, 365 } },

  /* Who wins. */
  { "last-writer-wins", "an edit that saw an older value overwrites", { 1 } },
  { "own-base-is-fresh", "an edit upon an own older one is never late", { 21 } },
  { "user-is-causality", "a late value of one's other laptop is overwritten", { 30 } },
  { "delete-unseen", "a record is deleted with edits that were not seen", { 1 } },
  { "conflict-unrecorded", "a late value is dropped without a conflict", { 1 } },
  { "number-dropped", "a number that another has already is dropped without a conflict", { 153 } },
  { "union-overwrites", "the later of two sets of members wins", { 1 } },
  { NULL },
};
