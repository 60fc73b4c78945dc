// SPDX-License-Identifier: MIT
//
// Lab 04 isolate, one worker. Given: this is the answer that the others compare with. It survives
// because it knows the records; no other version may look into them before.

#include "record.h"

void isolate_serial(struct isolate *s) {
    for (int record = 0; record < s->records; record++) {
        if (record_kills(s->secret, record))
            isolate_give_up(s, record);
        else
            isolate_note(s, record, record_value(s->secret, record));
    }
}
