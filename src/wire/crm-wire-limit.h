#pragma once

#include "model/crm-value.h"

/*
 * Limits of messages, the same on both ends. Above one of them a message is refused with
 * %CRM_WIRE_ERROR_TOO_BIG; a field that is too big refuses its change set only.
 */
#define CRM_WIRE_MAX_BODY     (8 * 1024 * 1024)  /* as it comes */
#define CRM_WIRE_MAX_INFLATED (64 * 1024 * 1024) /* after gunzip */
#define CRM_WIRE_MAX_RATIO    100 /* inflated over packed, of what is above MAX_BODY */
#define CRM_WIRE_MAX_DEPTH    32
#define CRM_WIRE_MAX_FIELD    CRM_VALUE_MAX  /* bytes of one value */
#define CRM_WIRE_MAX_WHY      CRM_REASON_MAX /* bytes of a reason */
#define CRM_WIRE_MAX_LABEL    100            /* bytes of an action, a group, a time */
#define CRM_WIRE_MAX_SETS     500            /* of one push */
#define CRM_WIRE_MAX_OPS      500            /* of one set */
#define CRM_WIRE_MAX_ROWS     2000           /* of one page */
#define CRM_WIRE_MAX_PAGE     (1024 * 1024)  /* bytes at which a page is ended */
#define CRM_WIRE_SEGMENT_ROWS 5000           /* of one boot segment */
/* JSON numbers are doubles elsewhere: whole numbers above 2^53 are not the same on both ends. */
#define CRM_WIRE_MAX_INT (G_GINT64_CONSTANT (1) << 53)
