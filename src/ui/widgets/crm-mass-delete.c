#include "ui/widgets/crm-mass-delete.h"

#include <glib/gi18n-lib.h>

AdwAlertDialog *
crm_mass_delete_alert_new (guint n)
{
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Delete Them All?"), NULL));

  adw_alert_dialog_format_body (alert,
                                ngettext ("%'u goes for all your colleagues too. Undo brings it "
                                          "back.",
                                          "%'u go for all your colleagues too. Undo brings them "
                                          "back.",
                                          n),
                                n);
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");

  return alert;
}
