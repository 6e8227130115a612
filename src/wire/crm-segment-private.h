#pragma once

/*
 * A line of a segment: {"k":"cols","kind","n","id","r","v","f","s"}.
 *
 *   id   of each row how many hex digits it shares with the row before, as one digit to base 36,
 *        and the digits that follow; all in one text
 *   r    row_seq, less that of the row before
 *   v    the row's version, less its row_seq
 *   f    a field: an array of n values, null where it is empty
 *   s    a field: row, version, row, version … where its version is not row_seq
 */
#define CRM_SEGMENT_ID_DIGITS 32
#define CRM_SEGMENT_DIGITS    "0123456789abcdefghijklmnopqrstuvw"
