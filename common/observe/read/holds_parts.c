// SPDX-License-Identifier: MIT
//
// holds_parts.c: holds_parts.h.

#include "holds_parts.h"
#include <stdio.h>
#include <string.h>

struct place holds_place(const struct holds *holds, uint64_t pc) {
    return place_in(holds->modules, holds->module_count, pc);
}

// "a.c:12"; "a place without -g" where it is not known.
const char *holds_line(const struct holds *holds, uint64_t pc, char *text, size_t cap) {
    const struct place place = holds_place(holds, pc);
    if (place.line)
        snprintf(text, cap, "%s:%d", place.file, place.line);
    else
        snprintf(text, cap, "a line that is not known (compile with -g)");
    return text;
}

// "the lock `a`", "the critical section `sum`", "the lock", "the critical section without a name".
void holds_what(const struct holds *holds, const struct hold_at *at, char *text, size_t cap) {
    static const char user[] = ".gomp_critical_user_";
    char name[64] = "";
    place_name(holds->modules, holds->module_count, at->what, name, sizeof name);
    const bool critical = at->wait == HOLD_CRITICAL;
    const char *const found = strstr(name, user);
    if (critical && at->what == HOLDS_UNNAMED)
        snprintf(text, cap, "the critical section without a name");
    else if (critical && found)
        snprintf(text, cap, "the critical section `%s`", found + sizeof user - 1);
    else if (critical)
        snprintf(text, cap, "the critical section");
    else if (name[0])
        snprintf(text, cap, "the lock `%s`", name);
    else
        snprintf(text, cap, "the lock");
}

const struct hold_lock *holds_lock(const struct holds *holds, uint64_t what) {
    for (int i = 0; i < HOLDS_LOCKS && what; i++)
        if (atomic_load(&holds->locks[i].what) == what)
            return &holds->locks[i];
    return NULL;
}

// What a thread does: "waits at the barrier of a.c:12".
void holds_does(const struct holds *holds, const struct hold_slot *slot, char *text, size_t cap) {
    char line[192], what[160];
    holds_line(holds, slot->at.pc, line, sizeof line);
    switch ((enum hold_wait)slot->at.wait) {
    case HOLD_BARRIER:
        snprintf(text, cap, "waits at the barrier of %s", line);
        break;
    case HOLD_TASKS:
        snprintf(text, cap, "waits for tasks at %s", line);
        break;
    case HOLD_CRITICAL:
        holds_what(holds, &slot->at, what, sizeof what);
        snprintf(text, cap, "waits at %s to enter %s", line, what);
        break;
    case HOLD_LOCK:
        holds_what(holds, &slot->at, what, sizeof what);
        snprintf(text, cap, "waits at %s for %s", line, what);
        break;
    case HOLD_ORDERED:
        snprintf(text, cap, "waits at %s for its turn (ordered)", line);
        break;
    case HOLD_END:
        holds_line(holds, slot->region, line, sizeof line);
        snprintf(text, cap, "has reached the end of the region of %s", line);
        break;
    default:
        snprintf(text, cap, "works");
    }
}

void holds_alike(char *text, size_t cap, const int *numbers, int count) {
    enum { SHOWN = 5 };
    if (!count)
        return;
    add(text, cap, count == 1 ? " (and so does thread" : " (and so do threads");
    for (int i = 0; i < count && i < SHOWN; i++)
        add(text, cap, "%s%d", i ? ", " : " ", numbers[i]);
    add(text, cap, count > SHOWN ? " and more)" : ")");
}

struct evidence *holds_finding(const struct holds *holds, const char *kind, const char *call,
                               int thread, uint64_t pc, struct findings *findings) {
    struct evidence *const e = findings_add(findings, kind);
    if (!e)
        return NULL;
    const struct place place = holds_place(holds, pc);
    evidence_place(e, &place);
    e->rank = holds->rank;
    e->thread = thread;
    snprintf(e->call, sizeof e->call, "%s", call);
    if (holds->rank >= 0)
        add(e->text, sizeof e->text, "In rank %d: ", holds->rank);
    return e;
}
