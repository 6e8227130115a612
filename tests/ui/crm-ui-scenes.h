#pragma once

#include "crm-ui-test.h"

G_BEGIN_DECLS

/*
 * Every page and dialog of the program, each as it is seen: walked by the test of names, painted by
 * crm-pictures. Whoever adds a page adds a line in crm-ui-scenes.c.
 */
typedef struct
{
  const char *name;
  /* In a window of the whole program that shows the relations; makes the scene. */
  void (*show) (GtkWindow *window, CrmStore *store);
  /* What is seen when the scene is there; English. */
  const char *text;
} CrmUiScene;

const CrmUiScene *crm_ui_scenes_get (guint *n_scenes);
/* Whether its store has no records. */
gboolean crm_ui_scene_is_empty (const CrmUiScene *scene);
/* A window where the scene was asked for; it is there when its text is. */
GtkWindow *crm_ui_scene_open (const CrmUiScene *scene, CrmStore *store, int width, int height);

G_END_DECLS
