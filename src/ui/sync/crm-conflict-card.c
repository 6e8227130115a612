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

  CrmInboxItem *item;
  GtkOrientable *head; /* of its group, nullable */
  GtkBox *sides;       /* nullable */
};

G_DEFINE_FINAL_TYPE (CrmConflictCard, crm_conflict_card, ADW_TYPE_BIN)

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

static GtkWidget *
make_wrap (void)
{
  GtkWidget *wrap = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (wrap), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (wrap), 6);

  return wrap;
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

/* @whose: with the relation's name, as the card is about several */
static char *
dup_typed (const CrmConflictValue *value, gboolean whose, GHashTable *titles)
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
  if (!whose)
    /* Translators: a field, and what was typed there */
    return g_strdup_printf (_("%1$s: %2$s"), crm_field_get_label (field), text);

  /* Translators: a relation, a field of it, and what was typed there */
  return g_strdup_printf (_("%1$s · %2$s: %3$s"), title, crm_field_get_label (field), text);
}

/* What was typed and did not arrive. */
static void
add_typed (GtkBox *card, const CrmConflict *conflict, GHashTable *titles)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  guint n_all = conflict->values != NULL ? conflict->values->len : 0;
  guint n = MIN (n_all, MAX_VALUES);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = dup_typed (g_ptr_array_index (conflict->values, i),
                                         conflict->record == NULL,
                                         titles);

      gtk_box_append (GTK_BOX (lines), make_label (text, NULL));
    }
  if (n_all > n)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n_all - n),
                                               n_all - n);

      gtk_box_append (GTK_BOX (lines), make_label (text, "dim-label"));
    }
  gtk_box_append (card, lines);
}

static void
add_buttons (GtkBox *box, const CrmConflict *conflict)
{
  const char *mine = crm_conflict_words_get_mine (conflict);
  const char *theirs = crm_conflict_words_get_theirs (conflict);
  GtkWidget *buttons = make_wrap ();
  AdwWrapBox *wrap = ADW_WRAP_BOX (buttons);

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
  if (crm_conflict_words_is_refusal (conflict))
    {
      adw_wrap_box_append (wrap,
                           make_button (crm_conflict_words_get_retry (conflict, FALSE),
                                        "inbox.retry",
                                        conflict->id));
      adw_wrap_box_append (wrap, make_button (_("Let It _Go"), "inbox.dismiss", conflict->id));
    }
  gtk_box_append (box, buttons);
}

static GtkWidget *
make_check (CrmConflictCard *self, const char *heading)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = g_strdup_printf (_("Select %s"), heading);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, _("Select"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_bind_property (self->item,
                          "selected",
                          check,
                          "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);

  return check;
}

static GtkWidget *
make_open (const char *record)
{
  GtkWidget *open = make_button ("", "win.open-record", record);

  gtk_button_set_icon_name (GTK_BUTTON (open), "go-next-symbolic");
  gtk_widget_set_tooltip_text (open, _("Open"));
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (open, "flat");

  return open;
}

static GtkWidget *
make_heading (CrmConflictCard *self, const CrmConflict *conflict)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *heading = crm_conflict_words_dup_heading (conflict);
  g_autofree char *ago = crm_sync_words_dup_ago (conflict->at);
  GtkWidget *title = make_label (heading, "heading");
  GtkWidget *when = make_label (ago, "caption");

  if (crm_inbox_item_can_select (self->item))
    gtk_box_append (GTK_BOX (row), make_check (self, heading));
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (row), title);
  gtk_widget_add_css_class (when, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (when), FALSE);
  gtk_box_append (GTK_BOX (row), when);
  if (conflict->record != NULL && !conflict->gone)
    gtk_box_append (GTK_BOX (row), make_open (conflict->record));

  return row;
}

static GtkWidget *
make_group_buttons (const CrmConflict *conflict)
{
  gboolean refused = crm_conflict_words_is_refusal (conflict);
  GtkWidget *wrap = make_wrap ();

  adw_wrap_box_append (ADW_WRAP_BOX (wrap),
                       make_button (refused ? crm_conflict_words_get_retry (conflict, TRUE)
                                            : _("Keep All Mine"),
                                                refused ? "inbox.group-retry" : "inbox.group-mine",
                                                conflict->group));
  adw_wrap_box_append (ADW_WRAP_BOX (wrap),
                       make_button (refused
                                    ? _("Let All Go")
                                    : _("Keep All Theirs"),
                                        refused ? "inbox.group-dismiss" : "inbox.group-theirs",
                                        conflict->group));

  return wrap;
}

/* Above the first of an action. */
static void
add_head (CrmConflictCard *self, GtkBox *box, const CrmConflict *conflict, guint n)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* Translators: things to decide that come of one action, and how many they are */
  g_autofree char *text = g_strdup_printf (_("Changed together · %u"), n);
  GtkWidget *label = make_label (text, "heading");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), make_group_buttons (conflict));
  gtk_widget_set_margin_top (head, 12);
  gtk_widget_set_margin_start (head, 12);
  gtk_widget_set_margin_end (head, 12);
  gtk_widget_set_margin_bottom (head, 3);
  self->head = GTK_ORIENTABLE (head);
  gtk_box_append (box, head);
}

static void
crm_conflict_card_finalize (GObject *object)
{
  g_object_unref (CRM_CONFLICT_CARD (object)->item);

  G_OBJECT_CLASS (crm_conflict_card_parent_class)->finalize (object);
}

static void
crm_conflict_card_class_init (CrmConflictCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_conflict_card_finalize;

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
crm_conflict_card_init (CrmConflictCard *self)
{
}

static void
fill (CrmConflictCard *self, GtkBox *card, const CrmConflict *conflict)
{
  GHashTable *titles = crm_inbox_item_get_titles (self->item);
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
  if (crm_conflict_words_is_refusal (conflict))
    add_typed (card, conflict, titles);
  else if (conflict->type != CRM_CONFLICT_DOUBLE && conflict->field != NULL)
    add_sides (self, card, conflict, titles);
  add_buttons (card, conflict);
}

CrmConflictCard *
crm_conflict_card_new (CrmInboxItem *item)
{
  CrmConflictCard *self;
  const CrmConflict *conflict;
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  guint n_group;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (CRM_IS_INBOX_ITEM (item), NULL);

  self = g_object_new (CRM_TYPE_CONFLICT_CARD, NULL);
  self->item = g_object_ref (item);
  conflict = crm_inbox_item_get_conflict (item);
  n_group = crm_inbox_item_get_n_group (item);
  heading = crm_conflict_words_dup_heading (conflict);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  heading,
                                  -1);
  if (n_group > 0)
    add_head (self, GTK_BOX (outer), conflict, n_group);
  fill (self, GTK_BOX (card), conflict);
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

  return crm_inbox_item_get_conflict (self->item)->id;
}

void
crm_conflict_card_set_narrow (CrmConflictCard *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  g_return_if_fail (CRM_IS_CONFLICT_CARD (self));

  if (self->head != NULL)
    gtk_orientable_set_orientation (self->head, orientation);
  if (self->sides == NULL)
    return;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->sides), orientation);
  gtk_box_set_homogeneous (self->sides, !narrow);
}
