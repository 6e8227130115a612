#pragma once

#include "store/log/crm-change-log.h"
#include "store/query/crm-query.h"

G_BEGIN_DECLS

#define CRM_TYPE_STORE (crm_store_get_type ())

G_DECLARE_FINAL_TYPE (CrmStore, crm_store, CRM, STORE, GObject)

/*
 * The main loop's front of a replica: one writer thread and one reader thread, each with its own
 * connection. All functions are called on the main thread and return at once.
 *
 * Signal "changed" (CrmStoreChange *): after each commit, also of another program, on the main
 * thread.
 */
typedef struct
{
  /* (element-type utf8): ids of records made, changed or deleted, and of records whose lines show
   * them; NULL when there were too many or they are not known: read everything again. */
  GHashTable *ids;
  /* Bit 1 << crm_kind_get_number() per kind that changed. */
  guint kinds;
} CrmStoreChange;

#define CRM_TYPE_STORE_CHANGE (crm_store_change_get_type ())
GType crm_store_change_get_type (void);
gboolean crm_store_change_touches (const CrmStoreChange *self, const char *id);

void crm_store_open_async (const char *dir,
                           const CrmKey *key,
                           CrmModel *model,
                           gboolean create,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
CrmStore *crm_store_open_finish (GAsyncResult *result, GError **error);
/* For tests and programs without a main loop: opens and blocks. */
CrmStore *crm_store_open (const char *dir,
                          const CrmKey *key,
                          CrmModel *model,
                          gboolean create,
                          GError **error);

const char *crm_store_get_dir (CrmStore *self);
CrmModel *crm_store_get_model (CrmStore *self);

/*
 * A blocking core on the writer's or a reader's thread. Writers of priority %CRM_STORE_BULK are
 * interrupted between change sets by those of %CRM_STORE_USER. The result is what the func
 * returned.
 */
typedef gpointer (*CrmStoreFunc) (CrmReplica *replica,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);

typedef enum
{
  CRM_STORE_READ,
  /* For what takes seconds: export, backup. It has a thread and a connection of its own, so that
   * lists go on filling beside it. */
  CRM_STORE_READ_LONG,
  CRM_STORE_USER,
  CRM_STORE_BULK,
} CrmStorePriority;

/* @data: freed by @free_data on any thread; @free_result: frees a result nobody took. */
void crm_store_run_async (CrmStore *self,
                          CrmStorePriority priority,
                          CrmStoreFunc func,
                          gpointer data,
                          GDestroyNotify free_data,
                          GDestroyNotify free_result,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gpointer crm_store_run_finish (CrmStore *self, GAsyncResult *result, GError **error);

/* Fronts of the operations that pages use most. */
void crm_store_get_async (CrmStore *self,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
CrmRecord *crm_store_get_finish (CrmStore *self, GAsyncResult *result, GError **error);

/* @set: (transfer full). The result is the id of the set, NULL without error when nothing differed.
 */
void crm_store_apply_async (CrmStore *self,
                            CrmChangeSet *set,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
char *crm_store_apply_finish (CrmStore *self, GAsyncResult *result, GError **error);

void crm_store_list_async (CrmStore *self,
                           const CrmQuery *query,
                           guint limit,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GPtrArray *crm_store_list_finish (CrmStore *self, GAsyncResult *result, GError **error);

/* @set: nullable, as crm_replica_undo(). */
void crm_store_undo_async (CrmStore *self,
                           const char *set,
                           CrmProgress *progress,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void crm_store_redo_async (CrmStore *self,
                           CrmProgress *progress,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
CrmUndoResult *crm_store_undo_finish (CrmStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
