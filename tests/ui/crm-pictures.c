/*
 * Paints every page and dialog, to be looked at:
 *
 *   build-aux/dev shell xvfb-run -a -s '-screen 0 1600x1200x24' crm-pictures [FOLDER [SCENE]]
 *
 * in light, dark and high contrast, wide and at 360 pixels, English and Dutch; into .pictures
 * unless another folder is named. The language is that of the process, so it starts itself once for
 * each.
 */
#include "crm-ui-scenes.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

typedef struct
{
  const char *name;
  AdwColorScheme scheme;
  gboolean contrast;
  int width;
  int height;
} Look;

static const Look looks[] = {
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1200, 800 },
  { "dark", ADW_COLOR_SCHEME_FORCE_DARK, FALSE, 1200, 800 },
  { "contrast", ADW_COLOR_SCHEME_FORCE_LIGHT, TRUE, 1200, 800 },
  { "narrow", ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 360, 720 },
};

static void
paint (const CrmUiScene *scene,
       const Look *look,
       CrmStore *store,
       const char *folder,
       const char *language)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%s.png", scene->name, look->name, language);
  g_autofree char *file = g_build_filename (folder, name, NULL);
  GtkWindow *window = crm_ui_scene_open (scene, store, look->width, look->height);

  crm_ui_test_picture (GTK_WIDGET (window), file);
  crm_ui_test_close (window);
}

static void
paint_all (const char *folder, const char *only, const char *language)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (TRUE);
  guint n;
  const CrmUiScene *scenes = crm_ui_scenes_get (&n);

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[i].scheme);
      g_object_set (gtk_settings_get_default (),
                    "gtk-theme-name",
                    looks[i].contrast ? "HighContrast" : "Adwaita",
                    NULL);
      for (guint j = 0; j < n; j++)
        if (only == NULL || g_str_equal (scenes[j].name, only))
          paint (&scenes[j], &looks[i], world->store, folder, language);
    }

  crm_ui_test_world_free (world);
}

static int
run_in (const char *program,
        const char *folder,
        const char *only,
        const char *language,
        const char *locale)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", locale, TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", language, TRUE);
  g_subprocess_launcher_setenv (launcher, "CRM_PICTURES_LANGUAGE", language, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, folder, only, NULL);
  if (process == NULL || !g_subprocess_wait_check (process, NULL, &error))
    {
      g_printerr ("crm-pictures: %s: %s\n", language, error->message);
      return 1;
    }

  return 0;
}

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : ".pictures";
  const char *only = argc > 2 ? argv[2] : NULL;
  const char *language = g_getenv ("CRM_PICTURES_LANGUAGE");
  const char *locale_dir = g_getenv ("CRM_LOCALE_DIR");
  char *test_argv[] = { argv[0], NULL };
  char **test_args = test_argv;
  int one = 1;

  if (g_mkdir_with_parents (folder, 0755) != 0)
    g_error ("The folder %s cannot be made", folder);
  if (language == NULL)
    return run_in (argv[0], folder, only, "en", "C.UTF-8") |
           run_in (argv[0], folder, only, "nl", "nl_NL.UTF-8");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  crm_ui_test_init (&one, &test_args);
  paint_all (folder, only, language);

  return 0;
}
