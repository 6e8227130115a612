#include "ui/sync/crm-conflict-card.h"

#include "ui/record/crm-when.h"
#include "ui/sync/crm-conflict-words.h"
#include "ui/sync/crm-sync-words.h"
#include "ui/sync/crm-word-marks.h"
#include "ui/widgets/crm-action-words.h"

#include <glib/gi18n-lib.h>

#define MAX_LINES  12
#define MAX_VALUES 12

struct _CrmConflictCard
{
  AdwBin parent_instance;

  char *id;
  char *group;
  char *look;      /* all that it shows, to compare by */
  GtkWidget *head; /* of its group */
  GtkWidget *head_label;
  GtkWidget *check; /* nullable */
  GtkBox *sides;    /* nullable */
};

G_DEFINE_FINAL_TYPE (CrmConflictCard, crm_conflict_card, ADW_TYPE_BIN)

enum
{
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_button (const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

/* @other: what its words are compared with, nullable */
static void
add_side (CrmConflictCard *self,
          const char *name,
          const char *value,
          const char *other,
          const char *author)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = make_label (value, NULL);
  g_autoptr (PangoAttrList) marks = crm_word_marks_new (value, other);

  gtk_label_set_attributes (GTK_LABEL (label), marks);
  gtk_label_set_lines (GTK_LABEL (label), MAX_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (column), make_label (name, "caption-heading"));
  gtk_widget_add_css_class (gtk_widget_get_first_child (column), "dim-label");
  gtk_box_append (GTK_BOX (column), label);
  if (author != NULL && author[0] != '\0')
    {
      gtk_box_append (GTK_BOX (column), make_label (author, "caption"));
      gtk_widget_add_css_class (gtk_widget_get_last_child (column), "dim-label");
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (column), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (self->sides, column);
}

/* What one wants of it. @late: as the one who came second does */
static char *
dup_wish (const CrmConflict *conflict, const char *value, gboolean late, GHashTable *titles)
{
  /* A field of a relation that the first one deleted. */
  if (conflict->type == CRM_CONFLICT_DELETE && !late)
    return g_strdup (_("Deleted"));

  return crm_conflict_words_dup_value (conflict->kind, conflict->field, value, titles);
}

static void
add_sides (CrmConflictCard *self, GtkBox *box, const CrmConflict *conflict, GHashTable *titles)
{
  const gboolean late = conflict->mine_is_late;
  g_autofree char *mine = dup_wish (conflict, conflict->mine, late, titles);
  g_autofree char *theirs = dup_wish (conflict, conflict->theirs, !late, titles);
  g_autofree char *original = dup_wish (conflict, conflict->original, TRUE, titles);
  g_autofree char *my_author = crm_conflict_words_dup_author (conflict->mine_author,
                                                              conflict->mine_why);
  g_autofree char *their_author = crm_conflict_words_dup_author (conflict->theirs_author,
                                                                 conflict->theirs_why);

  /* One of two numbers is none. */
  gboolean is_number = conflict->type == CRM_CONFLICT_NUMBER;

  self->sides = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18));
  gtk_box_set_homogeneous (self->sides, TRUE);
  if (!is_number || conflict->mine != NULL)
    add_side (self, _("Mine"), mine, original, my_author);
  if (conflict->type == CRM_CONFLICT_FIELD)
    add_side (self, _("Original"), original, NULL, NULL);
  if (!is_number || conflict->theirs != NULL)
    add_side (self, _("Theirs"), theirs, original, their_author);
  gtk_box_append (box, GTK_WIDGET (self->sides));
}

static char *
dup_typed (const CrmConflictValue *value, GHashTable *titles)
{
  const CrmField *field = value->field != NULL ? crm_kind_find_field (value->kind, value->field)
                                               : NULL;
  const char *title = value->title != NULL ? value->title : crm_kind_get_label (value->kind);
  g_autofree char *text = crm_conflict_words_dup_value (value->kind,
                                                        value->field,
                                                        value->new_value,
                                                        titles);

  if (value->deleted)
    /* Translators: %s is a relation that was deleted */
    return g_strdup_printf (_("%s: deleted"), title);
  if (field == NULL)
    return g_strdup (title);

  /* Translators: a relation, a field of it, and what was typed there */
  return g_strdup_printf (_("%1$s · %2$s: %3$s"), title, crm_field_get_label (field), text);
}

/* What was typed and did not arrive. */
static void
add_typed (GtkBox *box, const CrmConflict *conflict, GHashTable *titles)
{
  guint n = conflict->values != NULL ? MIN (conflict->values->len, MAX_VALUES) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = dup_typed (g_ptr_array_index (conflict->values, i), titles);

      gtk_box_append (box, make_label (text, NULL));
    }
  if (conflict->values != NULL && conflict->values->len > n)
    {
      guint more = conflict->values->len - n;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      gtk_box_append (box, make_label (text, "dim-label"));
    }
}

static gboolean
is_refusal (const CrmConflict *conflict)
{
  return conflict->type == CRM_CONFLICT_REFUSED || conflict->type == CRM_CONFLICT_PARKED;
}

static void
add_buttons (GtkBox *box, const CrmConflict *conflict)
{
  const char *mine = crm_conflict_words_get_mine (conflict);
  const char *theirs = crm_conflict_words_get_theirs (conflict);
  GtkWidget *buttons = adw_wrap_box_new ();
  AdwWrapBox *wrap = ADW_WRAP_BOX (buttons);

  adw_wrap_box_set_child_spacing (wrap, 6);
  adw_wrap_box_set_line_spacing (wrap, 6);
  if (mine != NULL)
    adw_wrap_box_append (wrap, make_button (mine, "inbox.mine", conflict->id));
  if (theirs != NULL)
    adw_wrap_box_append (wrap, make_button (theirs, "inbox.theirs", conflict->id));
  if (crm_conflict_words_can_write (conflict))
    adw_wrap_box_append (wrap, make_button (_("_Write Another…"), "inbox.write", conflict->id));
  if (conflict->type == CRM_CONFLICT_NUMBER && conflict->can_decide)
    adw_wrap_box_append (wrap, make_button (_("Leave _Empty"), "inbox.leave", conflict->id));
  if (conflict->type == CRM_CONFLICT_DOUBLE && conflict->can_decide)
    {
      adw_wrap_box_append (wrap, make_button (_("_Compare…"), "inbox.compare", conflict->id));
      adw_wrap_box_append (wrap, make_button (_("_Not the Same"), "inbox.leave", conflict->id));
    }
  if (is_refusal (conflict))
    {
      adw_wrap_box_append (wrap, make_button (_("_Try Again"), "inbox.retry", conflict->id));
      adw_wrap_box_append (wrap, make_button (_("Let It _Go"), "inbox.dismiss", conflict->id));
    }
  gtk_box_append (box, buttons);
}

static void
check_cb (CrmConflictCard *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static GtkWidget *
make_heading (CrmConflictCard *self, const CrmConflict *conflict)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *heading = crm_conflict_words_dup_heading (conflict);
  g_autofree char *ago = crm_sync_words_dup_ago (conflict->at);
  GtkWidget *title = make_label (heading, "heading");
  GtkWidget *when = make_label (ago, "caption");

  if (crm_conflict_words_get_mine (conflict) != NULL)
    {
      g_autofree char *name = g_strdup_printf (_("Select %s"), heading);

      self->check = gtk_check_button_new ();
      gtk_widget_set_valign (self->check, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (self->check, _("Select"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name,
                                      -1);
      g_signal_connect_object (self->check,
                               "toggled",
                               G_CALLBACK (check_cb),
                               self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (row), self->check);
    }
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (row), title);
  gtk_widget_add_css_class (when, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (when), FALSE);
  gtk_box_append (GTK_BOX (row), when);
  if (conflict->record != NULL && !conflict->gone)
    {
      GtkWidget *open = make_button ("", "win.open-record", conflict->record);

      gtk_button_set_icon_name (GTK_BUTTON (open), "go-next-symbolic");
      gtk_widget_set_tooltip_text (open, _("Open"));
      gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (open, "flat");
      gtk_box_append (GTK_BOX (row), open);
    }

  return row;
}

static void
add_head (CrmConflictCard *self, GtkBox *box, const CrmConflict *conflict)
{
  GtkWidget *mine = make_button (_("Keep All Mine"), "inbox.group-mine", conflict->group);
  GtkWidget *theirs = make_button (_("Keep All Theirs"), "inbox.group-theirs", conflict->group);
  GtkWidget *wrap = adw_wrap_box_new ();

  self->head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->head_label = make_label (NULL, "title-4");
  gtk_widget_add_css_class (mine, "flat");
  gtk_widget_add_css_class (theirs, "flat");
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), mine);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), theirs);
  gtk_box_append (GTK_BOX (self->head), self->head_label);
  gtk_box_append (GTK_BOX (self->head), wrap);
  gtk_widget_set_margin_top (self->head, 12);
  gtk_widget_set_visible (self->head, FALSE);
  gtk_box_append (box, self->head);
}

static char *
dup_look (const CrmConflict *conflict)
{
  return g_strdup_printf ("%d|%s|%s|%s|%s|%s|%s|%s|%s|%d|%d",
                          conflict->type,
                          conflict->group,
                          conflict->title,
                          conflict->mine,
                          conflict->theirs,
                          conflict->original,
                          conflict->mine_author,
                          conflict->theirs_author,
                          conflict->code,
                          conflict->gone,
                          conflict->can_decide);
}

static void
crm_conflict_card_finalize (GObject *object)
{
  CrmConflictCard *self = CRM_CONFLICT_CARD (object);

  g_free (self->id);
  g_free (self->group);
  g_free (self->look);

  G_OBJECT_CLASS (crm_conflict_card_parent_class)->finalize (object);
}

static void
crm_conflict_card_class_init (CrmConflictCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_conflict_card_finalize;

  signals[SELECTED] = g_signal_new ("selected",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
crm_conflict_card_init (CrmConflictCard *self)
{
}

static void
fill (CrmConflictCard *self, GtkBox *card, const CrmConflict *conflict, GHashTable *titles)
{
  const char *what = crm_conflict_words_get_what (conflict);
  g_autofree char *who = crm_conflict_words_dup_who (conflict);

  gtk_box_append (card, make_heading (self, conflict));
  if (what[0] != '\0')
    gtk_box_append (card, make_label (what, NULL));
  if (who != NULL)
    {
      gtk_box_append (card, make_label (who, "caption"));
      gtk_widget_add_css_class (gtk_widget_get_last_child (GTK_WIDGET (card)), "dim-label");
    }
  if (is_refusal (conflict))
    add_typed (card, conflict, titles);
  else if (conflict->type != CRM_CONFLICT_DOUBLE && conflict->field != NULL)
    add_sides (self, card, conflict, titles);
  add_buttons (card, conflict);
}

CrmConflictCard *
crm_conflict_card_new (const CrmConflict *conflict, GHashTable *titles)
{
  CrmConflictCard *self;
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *heading = NULL;

  g_return_val_if_fail (conflict != NULL, NULL);

  self = g_object_new (CRM_TYPE_CONFLICT_CARD, NULL);
  self->id = g_strdup (conflict->id);
  self->group = g_strdup (conflict->group);
  self->look = dup_look (conflict);
  heading = crm_conflict_words_dup_heading (conflict);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  heading,
                                  -1);
  add_head (self, GTK_BOX (outer), conflict);
  fill (self, GTK_BOX (card), conflict, titles);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "crm-conflict");
  gtk_box_append (GTK_BOX (outer), card);
  adw_bin_set_child (ADW_BIN (self), outer);

  return self;
}

const char *
crm_conflict_card_get_id (CrmConflictCard *self)
{
  g_return_val_if_fail (CRM_IS_CONFLICT_CARD (self), NULL);

  return self->id;
}

gboolean
crm_conflict_card_get_selected (CrmConflictCard *self)
{
  g_return_val_if_fail (CRM_IS_CONFLICT_CARD (self), FALSE);

  return self->check != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check));
}

void
crm_conflict_card_set_selected (CrmConflictCard *self, gboolean selected)
{
  g_return_if_fail (CRM_IS_CONFLICT_CARD (self));

  if (self->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
}

void
crm_conflict_card_set_group (CrmConflictCard *self, guint n)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CRM_IS_CONFLICT_CARD (self));

  text = g_strdup_printf (ngettext ("%u thing of one action", "%u things of one action", n), n);
  gtk_label_set_text (GTK_LABEL (self->head_label), text);
  gtk_widget_set_visible (self->head, n > 1);
}

void
crm_conflict_card_set_narrow (CrmConflictCard *self, gboolean narrow)
{
  g_return_if_fail (CRM_IS_CONFLICT_CARD (self));

  if (self->sides == NULL)
    return;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->sides),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (self->sides, !narrow);
}

gboolean
crm_conflict_card_shows (CrmConflictCard *self, const CrmConflict *conflict)
{
  g_autofree char *look = NULL;

  g_return_val_if_fail (CRM_IS_CONFLICT_CARD (self), FALSE);

  if (!g_str_equal (self->id, conflict->id))
    return FALSE;
  look = dup_look (conflict);

  return g_str_equal (self->look, look);
}
