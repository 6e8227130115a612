#pragma once

#include "ui/letters/crm-letter-paper.h"
#include "ui/letters/crm-letters-page.h"
#include "ui/letters/crm-letters-panel.h"
#include "ui/letters/crm-letters-work.h"
#include "ui/letters/crm-preflight.h"

struct _CrmLettersPage
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  GPtrArray *templates; /* (element-type CrmRecord), nullable until read */
  CrmRecord *template;  /* nullable */
  CrmLetterSettings *settings;
  char **ids;
  guint n_ids;
  guint at;
  /* The letter that is on its way to the paper. */
  GCancellable *showing;
  /* Who answers to the filter is on its way. */
  GCancellable *finding;
  GCancellable *cancellable;
  gboolean making;
  gboolean loading;

  CrmPreflight *preflight;
  CrmLettersPanel *panel;
  CrmLetterPaper *paper;

  AdwWindowTitle *window_title;
  AdwBanner *sender_banner;
  AdwOverlaySplitView *left_split;
  AdwOverlaySplitView *right_split;
  GtkListBox *templates_list;
  AdwBin *panel_bin;
  GtkStack *stack;
  AdwStatusPage *failed_status;
  GtkScrolledWindow *paper_scroll;
  AdwClamp *paper_clamp;
  GtkLabel *counter;
  AdwSplitButton *make_button;
};

/* crm-letters-page-make.c */
void letters_page_make_action (GtkWidget *widget, const char *name, GVariant *parameter);
void letters_page_make_each_action (GtkWidget *widget, const char *name, GVariant *parameter);
void letters_page_print_action (GtkWidget *widget, const char *name, GVariant *parameter);
/* crm-letters-page-find.c: who answers to what people filter on. */
void letters_page_query_cb (CrmLettersPage *self, const CrmQuery *query);
void letters_page_everybody_action (GtkWidget *widget, const char *name, GVariant *parameter);
void letters_page_filter_action (GtkWidget *widget, const char *name, GVariant *parameter);
/* crm-letters-page.c: shows and checks the letter of the first. @ids: nullable */
void letters_page_set_recipients (CrmLettersPage *self, const char *const *ids);
/* crm-letters-page.c: actions that make sense now are on. */
void letters_page_update_actions (CrmLettersPage *self);
