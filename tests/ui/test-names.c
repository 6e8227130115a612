#include "crm-ui-scenes.h"

/* Who cannot see the window hears a name for everything the focus or a click can reach. */
static void
test_scene (gconstpointer data)
{
  const CrmUiScene *scene = data;
  CrmUiTestWorld *world = crm_ui_test_world_new (!crm_ui_scene_is_empty (scene));
  GtkWindow *window = crm_ui_scene_open (scene, world->store, 1310, 860);
  g_autoptr (GPtrArray) nameless = NULL;

  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (window), scene->text) != NULL);
  crm_ui_test_settle (50);
  nameless = crm_ui_test_list_nameless (GTK_WIDGET (window));
  for (guint i = 0; i < nameless->len; i++)
    g_test_message ("%s: no name: %s", scene->name, (char *) g_ptr_array_index (nameless, i));
  g_assert_cmpuint (nameless->len, ==, 0);

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

/* The walk itself: it must see what is wrong. */
static void
test_walk_finds_a_nameless_button (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *named = gtk_button_new_from_icon_name ("edit-find-symbolic");
  GtkWindow *window;
  g_autoptr (GPtrArray) nameless = NULL;

  gtk_widget_set_tooltip_text (named, "Find");
  gtk_box_append (GTK_BOX (box), named);
  gtk_box_append (GTK_BOX (box), gtk_button_new_from_icon_name ("edit-find-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Find"));
  window = crm_ui_test_present (box, 400, 300);

  nameless = crm_ui_test_list_nameless (box);
  g_assert_cmpuint (nameless->len, ==, 1);

  crm_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  guint n;
  const CrmUiScene *scenes = crm_ui_scenes_get (&n);

  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/names/walk", test_walk_finds_a_nameless_button);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/names/%s", scenes[i].name);

      g_test_add_data_func (path, &scenes[i], test_scene);
    }

  return g_test_run ();
}
