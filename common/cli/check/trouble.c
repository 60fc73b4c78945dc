// SPDX-License-Identifier: MIT
//
// trouble.c: see trouble.h.

#include "trouble.h"

#include <stdlib.h>
#include <string.h>

bool trouble_note(struct trouble *trouble, const struct case_specs *specs,
                  const struct record *records) {
    for (size_t i = 0; i < specs->count; i++) {
        // (a result that was wrong among others needs no second look)
        if (!*records[i].among || !strcmp(records[i].among, "WRONG"))
            continue;
        trouble->times++;
        trouble->at = specs->at[i];
        trouble->record = records[i];
        return true;
    }
    return false;
}

// What it looked like from outside.
static const char *looked(const char *verdict) {
    return !strcmp(verdict, "CRASH")     ? "died"
           : !strcmp(verdict, "REFUSED") ? "was refused"
           : !strcmp(verdict, "OUTPUT")  ? "printed without end"
                                         : "did not end";
}

bool trouble_is_theirs(const struct session *session, struct trouble *trouble,
                       const struct case_specs *specs) {
    struct subject right = session->subject;
    struct record *const records = calloc(specs->count + 1, sizeof *records);
    bool calm = records && right.reference;
    if (calm) {
        right.program = right.reference;
        right.run = NULL;
        right.strict = true;
        right.spent = NULL;
        batch_run(&right, specs, records);
        for (size_t i = 0; i < specs->count; i++)
            calm = calm && record_is_verdict(&records[i], "PASS") && !*records[i].among;
    }
    free(records);
    struct record *const record = &trouble->record;
    snprintf(record->verdict, sizeof record->verdict, "FLAKY");
    snprintf(
        record->text, sizeof record->text,
        "right alone, but it %s among other cases, %d times out of %d, and the reference "
        "solution had no trouble among the same cases. Does something of one call stay for the "
        "next: a static variable, a message that nobody receives, memory that is freed twice?",
        looked(record->among), trouble->times, trouble->times);
    return calm;
}

void trouble_say(const struct session *session, const struct trouble *trouble,
                 struct judged *judged) {
    const int v = lab_version_index(&session->subject.about, trouble->at.version);
    char where[400];
    feedback_case(&trouble->at, v < 0 ? "" : session->subject.about.version[v].run, where,
                  sizeof where);
    judged_say(judged, "", 0,
               "Passed, with a note: among other cases %s %s, %s. Alone it was right. A busy "
               "machine does that; a race, too. If you see this again on a quiet machine, look "
               "for what two workers may touch at once.",
               where, looked(trouble->record.among), trouble->times == 1 ? "once" : "repeatedly");
}
