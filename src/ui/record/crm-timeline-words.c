#include "ui/record/crm-timeline-words.h"

#include "base/crm-text.h"
#include "ui/record/crm-record-words.h"
#include "ui/record/crm-when.h"
#include "ui/widgets/crm-action-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LINES 4
#define MAX_VALUE 60

static void
add_part (GString *line, const char *part)
{
  if (crm_text_is_empty (part))
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static char *
dup_clock (const char *at)
{
  gboolean has_time;
  g_autoptr (GDateTime) moment = crm_when_parse (at, &has_time);

  return moment != NULL && has_time ? crm_when_dup_clock (moment) : NULL;
}

static char *
dup_line (CrmTimelineItem *item, CrmHistoryEntry *entry, const CrmField *field)
{
  const char *old_title = crm_timeline_item_get_title (item, entry->old_value);
  const char *new_title = crm_timeline_item_get_title (item, entry->new_value);
  const char *label = crm_field_get_label (field);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  before = crm_record_words_dup_value (field, entry->old_value, old_title, MAX_VALUE);
  after = crm_record_words_dup_value (field, entry->new_value, new_title, MAX_VALUE);
  g_strdelimit (before, "\n", ' ');
  g_strdelimit (after, "\n", ' ');

  if (before[0] == '\0')
    /* Translators: a field that was empty was filled: "Phone: 06 12345678" */
    return g_strdup_printf (_("%s: %s"), label, after);
  if (after[0] == '\0')
    /* Translators: a field was emptied: "Phone: 06 12345678 → nothing" */
    return g_strdup_printf (_("%s: %s → nothing"), label, before);

  /* Translators: a field changed: "Phone: 06 12345678 → 06 87654321" */
  return g_strdup_printf (_("%s: %s → %s"), label, before, after);
}

/* The set that made the record, or brought it back: its values are on the page already. */
static gboolean
is_whole (CrmTimelineItem *item)
{
  GPtrArray *entries = crm_timeline_item_get_entries (item);

  if (crm_timeline_item_get_made (item))
    return TRUE;
  for (guint i = 0; i < entries->len; i++)
    {
      CrmHistoryEntry *entry = g_ptr_array_index (entries, i);

      if (entry->field == NULL)
        return TRUE;
    }

  return g_str_has_suffix (((CrmHistoryEntry *) g_ptr_array_index (entries, 0))->action, ".new");
}

static void
add_lines (GString *text, CrmTimelineItem *item, GPtrArray *entries)
{
  guint n_shown = 0;
  guint n_more = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      CrmHistoryEntry *entry = g_ptr_array_index (entries, i);
      const CrmField *field = entry->field != NULL
                                  ? crm_kind_find_field (crm_timeline_item_get_kind (item),
                                                         entry->field)
                                  : NULL;
      g_autofree char *line = NULL;

      if (field == NULL || g_str_equal (field->name, "last_activity"))
        continue;
      if (n_shown == MAX_LINES)
        {
          n_more++;
          continue;
        }
      line = dup_line (item, entry, field);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
      n_shown++;
    }

  if (n_more > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("and %u more field", "and %u more fields", n_more),
                              n_more);
    }
}

/* One quiet line: "Made by root · Demo company". */
static char *
dup_made (CrmHistoryEntry *first)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *clock = dup_clock (first->at);
  gboolean imported = g_str_equal (first->action, "import");

  if (first->author == NULL)
    text = g_strdup (imported ? _("Imported") : _("Made"));
  else
    text = g_strdup_printf (imported ? _("Imported by %s") : _("Made by %s"), first->author);
  add_part (line, text);
  /* "person.new" says no more than that. */
  if (!imported && strchr (first->action, '.') == NULL)
    add_part (line, crm_action_words_get (first->action));
  add_part (line, clock);
  add_part (line, first->why);

  return g_strdup (line->str);
}

char *
crm_timeline_words_dup_change (CrmTimelineItem *item)
{
  GPtrArray *entries = crm_timeline_item_get_entries (item);
  CrmHistoryEntry *first = g_ptr_array_index (entries, 0);
  g_autoptr (GString) text = g_string_new (NULL);

  if (crm_timeline_item_get_made (item))
    return dup_made (first);
  if (!is_whole (item))
    add_lines (text, item, entries);
  if (text->len == 0)
    g_string_append (text, crm_action_words_get (first->action));

  return g_strdup (text->str);
}

char *
crm_timeline_words_dup_change_meta (CrmTimelineItem *item)
{
  CrmHistoryEntry *first = g_ptr_array_index (crm_timeline_item_get_entries (item), 0);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *clock = dup_clock (first->at);

  /* It is in the line itself. */
  if (crm_timeline_item_get_made (item))
    return g_strdup ("");
  add_part (line, first->author);
  add_part (line, clock);
  add_part (line, first->why);

  return g_strdup (line->str);
}

char *
crm_timeline_words_dup_activity_meta (CrmTimelineItem *item)
{
  CrmRecord *activity = crm_timeline_item_get_activity (item);
  const CrmField *type = crm_kind_find_field (crm_record_get_kind (activity), "type");
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *clock = dup_clock (crm_timeline_item_get_at (item));

  add_part (line, crm_field_get_choice_label (type, crm_record_get (activity, "type")));
  add_part (line, clock);
  add_part (line, crm_timeline_item_get_with (item));
  add_part (line, crm_record_get (activity, "owner"));

  return g_strdup (line->str);
}
