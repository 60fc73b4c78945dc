// SPDX-License-Identifier: MIT
//
// lanes.c: see lanes.h.

#include "lanes.h"

#include "flat.h"
#include "lastrun.h"
#include <stdio.h>
#include <string.h>

bool lane_named(const char *name, enum lane *lane) {
    *lane = !name ? LANE_BOTH : !strcmp(name, "correctness") ? LANE_CORRECTNESS : LANE_TIMING;
    return *lane != LANE_TIMING || !strcmp(name, "timing");
}

bool lane_continue(struct session *session, const char *journal, char *text, size_t cap) {
    struct lastrun run;
    double number = 0;
    if (!lastrun_read(journal, &run, text, cap))
        return false;
    const bool good = run.count > 0 && flat_number(run.check[0].line, "run", &number);
    if (good) {
        session->journal.run = (uint64_t)number;
        flat_text(run.check[0].line, "submission", session->continued, sizeof session->continued);
    } else {
        snprintf(text, cap, "there are no verdicts in %s to go on from.", journal);
    }
    for (int c = 0; c < run.count; c++) {
        const int i = rubric_index(&session->rubric, run.check[c].id);
        if (i < 0)
            continue;
        session->judged[i] = true;
        session->passed[i] = run.check[c].points > 0 || !strcmp(run.check[c].verdict, "PASS") ||
                             !strcmp(run.check[c].verdict, "UNGRADED");
    }
    lastrun_free(&run);
    return good;
}

bool lane_choose(const struct session *session, bool wanted[RUBRIC_MAX]) {
    bool any = session->lane != LANE_TIMING;
    for (int i = 0; i < session->rubric.count && session->lane == LANE_TIMING; i++) {
        wanted[i] = wanted[i] && rubric_is_timed(&session->rubric, i) && !session->judged[i];
        any = any || wanted[i];
    }
    return any;
}

bool lane_leaves(const struct session *session, int i) {
    if (session->lane != LANE_CORRECTNESS || !rubric_is_timed(&session->rubric, i))
        return false;
    const int needs = rubric_index(&session->rubric, session->rubric.check[i].needs);
    return needs >= 0 && rubric_is_timed(&session->rubric, needs) ? lane_leaves(session, needs)
                                                                  : session_may_judge(session, i);
}
