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
  const char *scheme; /* libadwaita reads it when it starts */
  const char *contrast;
  int width;
  int height;
} Look;

/* Without a compositor a window has a frame of five pixels inside its size. */
static const Look looks[] = {
  { "light", "default", "0", 1310, 860 },    { "dark", "prefer-dark", "0", 1310, 860 },
  { "contrast", "default", "1", 1310, 860 }, { "medium", "default", "0", 800, 700 },
  { "narrow", "default", "0", 370, 730 },
};

static const struct
{
  const char *name;
  const char *locale;
} languages[] = {
  { "en", "C.UTF-8" },
  { "nl", "nl_NL.UTF-8" },
};

static void
paint_all (const Look *look, const char *folder, const char *only, const char *language)
{
  CrmUiTestWorld *full = crm_ui_test_world_new (TRUE);
  CrmUiTestWorld *empty = crm_ui_test_world_new (FALSE);
  guint n;
  const CrmUiScene *scenes = crm_ui_scenes_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s-%s.png",
                                               scenes[i].name,
                                               look->name,
                                               language);
      g_autofree char *file = g_build_filename (folder, name, NULL);
      CrmUiTestWorld *world = crm_ui_scene_is_empty (&scenes[i]) ? empty : full;
      GtkWindow *window;

      if (only != NULL && !g_str_equal (scenes[i].name, only))
        continue;
      window = crm_ui_scene_open (&scenes[i], world->store, look->width, look->height);
      /* In every language: what is read comes a little later. */
      crm_ui_test_settle (600);
      crm_ui_test_picture (GTK_WIDGET (window), file);
      crm_ui_test_close (window);
    }

  crm_ui_test_world_free (empty);
  crm_ui_test_world_free (full);
}

/* FALSE when it went wrong. */
static gboolean
run_in (char **argv, const Look *look, guint language)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", languages[language].locale, TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", languages[language].name, TRUE);
  g_subprocess_launcher_setenv (launcher, "ADW_DEBUG_COLOR_SCHEME", look->scheme, TRUE);
  g_subprocess_launcher_setenv (launcher, "ADW_DEBUG_HIGH_CONTRAST", look->contrast, TRUE);
  g_subprocess_launcher_setenv (launcher, "CRM_PICTURES_LANGUAGE", languages[language].name, TRUE);
  g_subprocess_launcher_setenv (launcher, "CRM_PICTURES_LOOK", look->name, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  if (process != NULL && g_subprocess_wait_check (process, NULL, &error))
    return TRUE;

  g_printerr ("crm-pictures: %s %s: %s\n", look->name, languages[language].name, error->message);

  return FALSE;
}

static gboolean
run_all (char **argv)
{
  gboolean well = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    for (guint j = 0; j < G_N_ELEMENTS (looks); j++)
      well &= run_in (argv, &looks[j], i);

  return well;
}

static const Look *
find_look (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (g_str_equal (looks[i].name, name))
      return &looks[i];

  g_error ("There is no look %s", name);
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
    return run_all (argv) ? 0 : 1;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  crm_ui_test_init (&one, &test_args);
  paint_all (find_look (g_getenv ("CRM_PICTURES_LOOK")), folder, only, language);

  return 0;
}
