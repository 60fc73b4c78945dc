// SPDX-License-Identifier: MIT
//
// holds_finds.c: what is wrong with locks and barriers where nothing hung, in words.

#include "holds_parts.h"
#include <stdio.h>
#include <string.h>

static bool same_line(const struct holds *holds, uint64_t pc, uint64_t pc2) {
    const struct place a = holds_place(holds, pc), b = holds_place(holds, pc2);
    return a.line == b.line && strcmp(a.file, b.file) == 0;
}

static void say_lock_find(const struct holds *holds, const struct hold_find *f,
                          struct findings *findings) {
    const struct hold_at at = {.wait = HOLD_LOCK, .what = f->what};
    char what[160], here[192], there[192];
    struct evidence *const e = holds_finding(
        holds, "misuse",
        f->rule == HOLD_RULE_DESTROY_HELD                           ? "omp_destroy_lock"
        : f->rule == HOLD_RULE_NO_INIT || f->rule == HOLD_RULE_DEAD ? "omp_set_lock"
                                                                    : "omp_unset_lock",
        f->number, f->pc, findings);
    if (!e)
        return;
    const struct place place = holds_place(holds, f->pc2);
    e->other = f->rule == HOLD_RULE_UNSET_FREE ? 0 : place.line;
    holds_what(holds, &at, what, sizeof what);
    holds_line(holds, f->pc, here, sizeof here);
    holds_line(holds, f->pc2, there, sizeof there);
    switch ((enum hold_rule)f->rule) {
    case HOLD_RULE_UNSET_FREE:
        add(e->text, sizeof e->text, "thread %d unsets %s at %s, but nobody holds it.", f->number,
            what, here);
        add(e->advice, sizeof e->advice,
            "Unset a lock once for each time it was set, in the thread that set it.");
        break;
    case HOLD_RULE_UNSET_OTHER:
        add(e->text, sizeof e->text,
            "thread %d unsets %s at %s, but thread %d holds it, which set it at %s.", f->number,
            what, here, f->number2, there);
        add(e->advice, sizeof e->advice,
            "Only the thread that has set a lock may unset it. To tell another thread that "
            "something is ready, use a barrier, tasks with depend, or an atomic flag.");
        break;
    case HOLD_RULE_NO_INIT:
    case HOLD_RULE_DEAD:
        add(e->text, sizeof e->text,
            f->rule == HOLD_RULE_DEAD
                ? "thread %d sets %s at %s after omp_destroy_lock has ended it."
                : "thread %d sets %s at %s, and no omp_init_lock has made it.",
            f->number, what, here);
        add(e->advice, sizeof e->advice,
            "Call omp_init_lock once for each lock before the region that uses it, and "
            "omp_destroy_lock when nobody needs it any more.");
        break;
    default:
        add(e->text, sizeof e->text,
            "thread %d destroys %s at %s while thread %d holds it, which set it at %s.", f->number,
            what, here, f->number2, there);
        add(e->advice, sizeof e->advice, "Unset the lock first; destroy it behind the region.");
    }
}

static void say_barrier_find(const struct holds *holds, const struct hold_find *f,
                             struct findings *findings) {
    char here[192], there[192];
    if (f->rule == HOLD_RULE_MIXED && same_line(holds, f->pc, f->pc2))
        return;
    struct evidence *const e =
        holds_finding(holds, "misuse", "barrier", f->number, f->pc, findings);
    if (!e)
        return;
    const bool mixed = f->rule == HOLD_RULE_MIXED;
    const struct place place = holds_place(holds, mixed ? f->pc2 : f->region);
    e->other = place.line;
    holds_line(holds, f->pc, here, sizeof here);
    holds_line(holds, mixed ? f->pc2 : f->region, there, sizeof there);
    if (mixed)
        add(e->text, sizeof e->text,
            "thread %d is at the barrier of %s while thread %d is at that of %s: it went well "
            "because this library takes the one for the other, and another one need not.",
            f->number, here, f->number2, there);
    else
        add(e->text, sizeof e->text,
            "in the region of %s thread %d met %u barriers, the last at %s, and thread %d met %u: "
            "it took the end of the region for the barrier, so they did not wait for each other "
            "where it was meant.",
            there, f->number, f->count, here, f->number2, f->count2);
    add(e->advice, sizeof e->advice,
        "A barrier must be met by all threads of the team or by none (that of a loop, of single "
        "and of sections, too): take it out of the if, loop or function that only some threads "
        "reach.");
}

void holds_finds_say(const struct holds *holds, struct findings *findings) {
    for (int i = 0; i < HOLDS_FINDS; i++) {
        const struct hold_find *const f = &holds->finds[i];
        if (!atomic_load(&f->ready))
            continue;
        if (f->rule == HOLD_RULE_BARRIERS || f->rule == HOLD_RULE_MIXED)
            say_barrier_find(holds, f, findings);
        else
            say_lock_find(holds, f, findings);
    }
}

void holds_left_say(const struct holds *holds, struct findings *findings) {
    for (int i = 0; i < HOLDS_LOCKS; i++) {
        const struct hold_lock *const lock = &holds->locks[i];
        const struct hold_at at = {.wait = HOLD_LOCK, .what = atomic_load(&lock->what)};
        char what[160], here[192];
        if (!at.what || lock->wait != HOLD_LOCK || !atomic_load(&lock->holder))
            continue;
        struct evidence *const e =
            holds_finding(holds, "misuse", "omp_set_lock", lock->number, lock->pc, findings);
        if (!e)
            return;
        holds_what(holds, &at, what, sizeof what);
        holds_line(holds, lock->pc, here, sizeof here);
        add(e->text, sizeof e->text,
            "thread %d set %s at %s, and it was never unset: whoever asks for it next waits for "
            "ever.",
            lock->number, what, here);
        add(e->advice, sizeof e->advice,
            "Unset the lock on every way out of the code that sets it: before each return, break "
            "and continue.");
    }
}

// The same two, the other way round, by another thread, between the same barriers, with no third
// lock held round both.
static bool opposite(const struct hold_order *a, const struct hold_order *b) {
    return a->first == b->second && a->second == b->first && a->slot != b->slot &&
           a->team == b->team && a->team && a->epoch == b->epoch &&
           (!a->gate || a->gate != b->gate);
}

void holds_orders_say(const struct holds *holds, struct findings *findings) {
    for (int i = 0; i < HOLDS_ORDERS; i++)
        for (int k = i + 1; k < HOLDS_ORDERS && atomic_load(&holds->orders[i].ready); k++) {
            const struct hold_order *const a = &holds->orders[i], *const b = &holds->orders[k];
            if (!atomic_load(&b->ready) || !opposite(a, b))
                continue;
            const struct hold_lock *const one = holds_lock(holds, a->first), *const two =
                                                                                 holds_lock(
                                                                                     holds,
                                                                                     a->second);
            if (!one || !two)
                continue;
            char first[160], second[160], line[4][192];
            holds_what(holds, &(struct hold_at){.wait = one->wait, .what = a->first}, first,
                       sizeof first);
            holds_what(holds, &(struct hold_at){.wait = two->wait, .what = a->second}, second,
                       sizeof second);
            struct evidence *const e =
                holds_finding(holds, "deadlock", "", a->number, a->second_pc, findings);
            if (!e)
                return;
            const struct place place = holds_place(holds, b->second_pc);
            e->other = place.line;
            add(e->text, sizeof e->text,
                "thread %d takes %s at %s and then %s at %s; thread %d takes them the other way "
                "round, at %s and %s. It went well this time: when each has its first, both wait "
                "for ever.",
                a->number, first, holds_line(holds, a->first_pc, line[0], sizeof line[0]), second,
                holds_line(holds, a->second_pc, line[1], sizeof line[1]), b->number,
                holds_line(holds, b->first_pc, line[2], sizeof line[2]),
                holds_line(holds, b->second_pc, line[3], sizeof line[3]));
            add(e->advice, sizeof e->advice,
                "Take locks and critical sections in the same order everywhere (by index or "
                "address, for example), or hold only one at a time.");
            return;
        }
}
