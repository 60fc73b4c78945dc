// SPDX-License-Identifier: MIT
//
// misuse.c: see misuse.h.

#include "misuse.h"

#include "observed.h"
#include <string.h>

enum { RANKS = 4 }; // of the case that is looked at, at most: enough for neighbours on both sides

// The case of this version to look at, of several the last: the first ones are empty or tiny. NULL:
// there is none on more than one rank.
static const struct case_spec *choose(const struct case_specs *specs, const char *version) {
    const struct case_spec *best = NULL;
    for (size_t i = 0; i < specs->count; i++) {
        const struct case_spec *const spec = &specs->at[i];
        if (strcmp(spec->version, version) == 0 && spec->workers > 1 && spec->workers <= RANKS &&
            (!best || spec->workers >= best->workers))
            best = spec;
    }
    return best;
}

static bool take(const struct observation *seen, const char *file, const char *kind,
                 struct judged *judged) {
    bool found = false;
    for (int i = 0; i < seen->count; i++) {
        const struct observed *const o = &seen->at[i];
        if (strcmp(o->kind, kind) != 0 || strcmp(o->file, file) != 0)
            continue;
        judged_say(judged, o->file, o->line, "%s", o->text);
        if (!found)
            snprintf(judged->hint, sizeof judged->hint, "%s", o->advice);
        found = true;
    }
    return found;
}

static bool look(const struct session *session, const struct case_spec *spec,
                 struct judged *judged) {
    struct observation seen;
    char file[32];
    snprintf(file, sizeof file, "%.24s.c", spec->version);
    if (!case_observe(&session->subject, spec, spec->workers, session->subject.seconds + 5, &seen))
        return false;
    if (take(&seen, file, "misuse", judged)) {
        snprintf(judged->verdict, sizeof judged->verdict, "MISUSE");
        judged->points = 0;
        return true;
    }
    if (take(&seen, file, "leak", judged)) {
        snprintf(judged->verdict, sizeof judged->verdict, "LEAK");
        judged->points = judged->max_points > 1 ? judged->max_points - 1 : judged->max_points;
        return true;
    }
    return false;
}

bool misuse_find(struct session *session, const struct case_specs *specs, struct judged *judged) {
    const struct lab_about *const about = &session->subject.about;
    for (int v = 0; v < about->versions; v++) {
        const struct case_spec *const spec =
            session->observed[v] ? NULL : choose(specs, about->version[v].name);
        if (!spec || !lab_run_needs_mpi(about->version[v].run))
            continue;
        session->observed[v] = true;
        if (look(session, spec, judged))
            return true;
    }
    return false;
}
