// SPDX-License-Identifier: MIT
//
// holds_words.c: what holds.c has found, in words.

#include "holds.h"
#include <stdio.h>
#include <string.h>

enum { SHOWN = 6, TEXT = 400 };

static struct place place_of(const struct holds *holds, uint64_t pc) {
    return place_in(holds->modules, holds->module_count, pc);
}

// "a.c:12"; "a place without -g" where it is not known.
static const char *at_line(const struct holds *holds, uint64_t pc, char *text, size_t cap) {
    const struct place place = place_of(holds, pc);
    if (place.line)
        snprintf(text, cap, "%s:%d", place.file, place.line);
    else
        snprintf(text, cap, "a line that is not known (compile with -g)");
    return text;
}

// "the lock `a`", "the critical section `sum`", "the lock", "the critical section without a name".
static void say_what(const struct holds *holds, const struct hold_at *at, char *text, size_t cap) {
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

static const struct hold_lock *lock_of(const struct holds *holds, uint64_t what) {
    for (int i = 0; i < HOLDS_LOCKS && what; i++)
        if (atomic_load(&holds->locks[i].what) == what)
            return &holds->locks[i];
    return NULL;
}

// What a thread does: "waits at the barrier of a.c:12".
static void say_at(const struct holds *holds, const struct hold_slot *slot, char *text,
                   size_t cap) {
    char line[192], what[160];
    at_line(holds, slot->at.pc, line, sizeof line);
    switch ((enum hold_wait)slot->at.wait) {
    case HOLD_BARRIER:
        snprintf(text, cap, "waits at the barrier of %s", line);
        break;
    case HOLD_TASKS:
        snprintf(text, cap, "waits for tasks at %s", line);
        break;
    case HOLD_CRITICAL:
        say_what(holds, &slot->at, what, sizeof what);
        snprintf(text, cap, "waits at %s to enter %s", line, what);
        break;
    case HOLD_LOCK:
        say_what(holds, &slot->at, what, sizeof what);
        snprintf(text, cap, "waits at %s for %s", line, what);
        break;
    case HOLD_ORDERED:
        snprintf(text, cap, "waits at %s for its turn (ordered)", line);
        break;
    case HOLD_END:
        at_line(holds, slot->region, line, sizeof line);
        snprintf(text, cap, "has reached the end of the region of %s", line);
        break;
    default:
        snprintf(text, cap, "works");
    }
}

static struct evidence *begin(const struct holds *holds, const char *kind, const char *call,
                              int thread, uint64_t pc, struct findings *findings) {
    struct evidence *const e = findings_add(findings, kind);
    if (!e)
        return NULL;
    const struct place place = place_of(holds, pc);
    evidence_place(e, &place);
    e->rank = holds->rank;
    e->thread = thread;
    snprintf(e->call, sizeof e->call, "%s", call);
    if (holds->rank >= 0)
        add(e->text, sizeof e->text, "In rank %d: ", holds->rank);
    return e;
}

// -- hangs ----------------------------------------------------------------------------------------------

static const char *call_of(const struct hold_at *at) {
    static const char *const calls[] = {[HOLD_NONE] = "",
                                        [HOLD_BARRIER] = "barrier",
                                        [HOLD_TASKS] = "taskwait",
                                        [HOLD_CRITICAL] = "critical",
                                        [HOLD_LOCK] = "omp_set_lock",
                                        [HOLD_ORDERED] = "ordered",
                                        [HOLD_END] = "barrier"};
    return at->wait <= HOLD_END ? calls[at->wait] : "";
}

static bool say_self(const struct holds *holds, int i, struct findings *findings) {
    const struct hold_slot *const slot = &holds->slots[i];
    const struct hold_lock *const lock = lock_of(holds, slot->at.what);
    char what[160], since[192], here[192], outer[192];
    struct evidence *const e =
        begin(holds, "deadlock", call_of(&slot->at), slot->number, slot->at.pc, findings);
    if (!e || !lock)
        return e;
    const struct place place = place_of(holds, lock->pc);
    e->other = place.line;
    say_what(holds, &slot->at, what, sizeof what);
    at_line(holds, lock->pc, since, sizeof since);
    at_line(holds, slot->at.pc, here, sizeof here);
    if (slot->outer.wait != HOLD_NONE && slot->outer.wait != HOLD_END) {
        at_line(holds, slot->outer.pc, outer, sizeof outer);
        add(e->text, sizeof e->text,
            "thread %d waits at %s for %s, which it has held since %s itself: it waits for its "
            "tasks at %s, has begun one of them meanwhile, and that one asks for what the thread "
            "holds.",
            slot->number, here, what, since, outer);
        add(e->advice, sizeof e->advice,
            "Leave the critical section or unset the lock before the wait for tasks: a thread that "
            "waits runs other tasks, and they may need it.");
    } else if (slot->at.wait == HOLD_CRITICAL) {
        add(e->text, sizeof e->text,
            "thread %d waits at %s to enter %s, in which it already is, since %s: it waits for "
            "itself, for ever.",
            slot->number, here, what, since);
        add(e->advice, sizeof e->advice,
            "A critical section must not lie inside one of the same name, not in a function that "
            "is called from there either (all without a name have the same): give the inner one a "
            "name of its own, or take it out.");
    } else {
        add(e->text, sizeof e->text,
            "thread %d waits at %s for %s, which it has set itself at %s: nobody else will unset "
            "it, so it waits for ever.",
            slot->number, here, what, since);
        add(e->advice, sizeof e->advice,
            "Unset the lock before it is set again, also on the way out of a loop or function; "
            "where a function that sets it is called with it set, use omp_nest_lock_t and "
            "omp_set_nest_lock.");
    }
    return true;
}

static bool say_circle(const struct holds *holds, int first, struct findings *findings) {
    const struct hold_slot *const begin_at = &holds->slots[first];
    struct evidence *const e = begin(holds, "deadlock", call_of(&begin_at->at), begin_at->number,
                                     begin_at->at.pc, findings);
    if (!e)
        return false;
    int count = 0, at = first;
    do {
        const int next = holds_holder(holds, &holds->slots[at].at);
        const struct hold_slot *const slot = &holds->slots[at];
        const struct hold_lock *const lock = lock_of(holds, slot->at.what);
        char does[TEXT], since[192];
        if (next < 0 || !lock)
            break;
        const struct place place = place_of(holds, slot->at.pc);
        e->other = count == 1 ? place.line : e->other;
        say_at(holds, slot, does, sizeof does);
        at_line(holds, lock->pc, since, sizeof since);
        if (count < SHOWN)
            add(e->text, sizeof e->text, "%sthread %d %s, which thread %d has held since %s",
                count ? "; " : "", slot->number, does, holds->slots[next].number, since);
        at = next;
        count++;
    } while (at != first && count < HOLDS_THREADS);
    add(e->text, sizeof e->text, ": a circle of %d, each waits for the next.", count);
    add(e->advice, sizeof e->advice,
        "Take locks and critical sections in the same order everywhere (by index or address, for "
        "example), or hold only one at a time.");
    return true;
}

// A thread waits for what another holds that does not wait for a lock, and will not go on.
static bool say_kept(const struct holds *holds, int i, int holder, struct findings *findings) {
    const struct hold_slot *const slot = &holds->slots[i], *const other = &holds->slots[holder];
    const struct hold_lock *const lock = lock_of(holds, slot->at.what);
    char does[TEXT], others[TEXT], since[192];
    struct evidence *const e =
        begin(holds, "deadlock", call_of(&slot->at), slot->number, slot->at.pc, findings);
    if (!e || !lock)
        return e;
    const struct place place = place_of(holds, lock->pc);
    e->other = place.line;
    say_at(holds, slot, does, sizeof does);
    say_at(holds, other, others, sizeof others);
    at_line(holds, lock->pc, since, sizeof since);
    add(e->text, sizeof e->text,
        "thread %d %s; thread %d has held it since %s and %s without letting it go.", slot->number,
        does, lock->number, since, others);
    add(e->advice, sizeof e->advice,
        other->at.wait == HOLD_BARRIER || other->at.wait == HOLD_TASKS
            ? "Unset a lock, or leave a critical section, before a barrier or a wait for tasks: "
              "the "
              "others need it to get there."
            : "Unset the lock on every way out of the code that sets it: before each return, break "
              "and continue.");
    return true;
}

// "thread 0 waits .. (and so do threads 1, 2)" of all that do the same as the first; marks them as
// said.
static void say_group(const struct holds *holds, int first, const bool *stuck, bool *said,
                      char *text, size_t cap) {
    const int count = (int)atomic_load(&holds->threads);
    int same = 0;
    char does[TEXT], other[TEXT], list[128] = "";
    say_at(holds, &holds->slots[first], does, sizeof does);
    for (int i = first + 1; i < count && i < HOLDS_THREADS; i++) {
        if (said[i] || !stuck[i] || holds->slots[i].team != holds->slots[first].team)
            continue;
        say_at(holds, &holds->slots[i], other, sizeof other);
        if (strcmp(does, other) != 0)
            continue;
        said[i] = true;
        if (++same < SHOWN)
            add(list, sizeof list, "%s%d", same > 1 ? ", " : "", holds->slots[i].number);
    }
    add(text, cap, "thread %d %s", holds->slots[first].number, does);
    if (same == 1)
        add(text, cap, " (and so does thread %s)", list);
    else if (same > 1)
        add(text, cap, " (and so do threads %s%s)", list, same < SHOWN ? "" : " and more");
}

// Of several waits, the one to begin with: what others wait for.
static int rank_of(uint32_t wait) {
    return wait == HOLD_TASKS ? 2 : wait != HOLD_END;
}

// Nobody waits for a lock of another: barriers that not all meet, tasks that never end.
static void say_all(const struct holds *holds, const bool *stuck, struct findings *findings) {
    const int count = (int)atomic_load(&holds->threads);
    bool said[HOLDS_THREADS] = {false}, barrier = false, elsewhere = false, tasks = false,
         some = false;
    int first = -1;
    for (int i = 0; i < count && i < HOLDS_THREADS; i++) {
        const uint32_t wait = holds->slots[i].at.wait;
        if (!stuck[i])
            continue;
        barrier = barrier || wait == HOLD_BARRIER;
        tasks = tasks || wait == HOLD_TASKS;
        elsewhere = elsewhere || wait == HOLD_END;
        if (first < 0 || rank_of(wait) > rank_of(holds->slots[first].at.wait))
            first = i;
    }
    const struct hold_slot *const slot = &holds->slots[first];
    struct evidence *const e = begin(holds, "deadlock", call_of(&slot->at), slot->number,
                                     slot->at.pc ? slot->at.pc : slot->region, findings);
    if (!e)
        return;
    for (int i = 0; i < count && i < HOLDS_THREADS; i++)
        if (stuck[i] && !said[i]) {
            const struct place place =
                place_of(holds, holds->slots[i].at.wait == HOLD_END ? holds->slots[i].region
                                                                    : holds->slots[i].at.pc);
            if (!e->other && place.line != e->line)
                e->other = place.line;
            if (some)
                add(e->text, sizeof e->text, "; ");
            some = true;
            say_group(holds, i, stuck, said, e->text, sizeof e->text);
        }
    add(e->text, sizeof e->text, ": nobody is left who could go on.");
    add(e->advice, sizeof e->advice,
        barrier && elsewhere && !tasks
            ? "A barrier must be met by all threads of the team or by none (that of a loop, of "
              "single and of sections, too): take it out of the if, loop or function that only "
              "some threads reach."
        : tasks
            ? "A wait for tasks ends when all of them have: is an event of a detached task never "
              "fulfilled (omp_fulfill_event), or does a task wait for what comes after it?"
            : "All threads of a team must meet the same barriers, loops and singles, as often and "
              "in the same order.");
}

void holds_hang_say(const struct holds *holds, const bool *stuck, struct findings *findings) {
    const int count = (int)atomic_load(&holds->threads);
    for (int i = 0; i < count && i < HOLDS_THREADS; i++)
        if (stuck[i] && holds_holder(holds, &holds->slots[i].at) == i) {
            say_self(holds, i, findings);
            return;
        }
    for (int i = 0; i < count && i < HOLDS_THREADS; i++)
        if (stuck[i] && holds_circle(holds, i)) {
            say_circle(holds, i, findings);
            return;
        }
    for (int i = 0; i < count && i < HOLDS_THREADS; i++) {
        const int holder = stuck[i] ? holds_holder(holds, &holds->slots[i].at) : -1;
        if (holder >= 0 && holds_holder(holds, &holds->slots[holder].at) < 0) {
            say_kept(holds, i, holder, findings);
            return;
        }
    }
    say_all(holds, stuck, findings);
}

// -- what did not hang -----------------------------------------------------------------------------------

static bool same_line(const struct holds *holds, uint64_t pc, uint64_t pc2) {
    const struct place a = place_of(holds, pc), b = place_of(holds, pc2);
    return a.line == b.line && strcmp(a.file, b.file) == 0;
}

static void say_lock_find(const struct holds *holds, const struct hold_find *f,
                          struct findings *findings) {
    const struct hold_at at = {.wait = HOLD_LOCK, .what = f->what};
    char what[160], here[192], there[192];
    struct evidence *const e =
        begin(holds, "misuse",
              f->rule == HOLD_RULE_DESTROY_HELD                           ? "omp_destroy_lock"
              : f->rule == HOLD_RULE_NO_INIT || f->rule == HOLD_RULE_DEAD ? "omp_set_lock"
                                                                          : "omp_unset_lock",
              f->number, f->pc, findings);
    if (!e)
        return;
    const struct place place = place_of(holds, f->pc2);
    e->other = f->rule == HOLD_RULE_UNSET_FREE ? 0 : place.line;
    say_what(holds, &at, what, sizeof what);
    at_line(holds, f->pc, here, sizeof here);
    at_line(holds, f->pc2, there, sizeof there);
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
    struct evidence *const e = begin(holds, "misuse", "barrier", f->number, f->pc, findings);
    if (!e)
        return;
    const bool mixed = f->rule == HOLD_RULE_MIXED;
    const struct place place = place_of(holds, mixed ? f->pc2 : f->region);
    e->other = place.line;
    at_line(holds, f->pc, here, sizeof here);
    at_line(holds, mixed ? f->pc2 : f->region, there, sizeof there);
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
            begin(holds, "misuse", "omp_set_lock", lock->number, lock->pc, findings);
        if (!e)
            return;
        say_what(holds, &at, what, sizeof what);
        at_line(holds, lock->pc, here, sizeof here);
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
            const struct hold_lock *const one = lock_of(holds, a->first), *const two = lock_of(
                                                                              holds, a->second);
            if (!one || !two)
                continue;
            char first[160], second[160], line[4][192];
            say_what(holds, &(struct hold_at){.wait = one->wait, .what = a->first}, first,
                     sizeof first);
            say_what(holds, &(struct hold_at){.wait = two->wait, .what = a->second}, second,
                     sizeof second);
            struct evidence *const e =
                begin(holds, "deadlock", "", a->number, a->second_pc, findings);
            if (!e)
                return;
            const struct place place = place_of(holds, b->second_pc);
            e->other = place.line;
            add(e->text, sizeof e->text,
                "thread %d takes %s at %s and then %s at %s; thread %d takes them the other way "
                "round, at %s and %s. It went well this time: when each has its first, both wait "
                "for ever.",
                a->number, first, at_line(holds, a->first_pc, line[0], sizeof line[0]), second,
                at_line(holds, a->second_pc, line[1], sizeof line[1]), b->number,
                at_line(holds, b->first_pc, line[2], sizeof line[2]),
                at_line(holds, b->second_pc, line[3], sizeof line[3]));
            add(e->advice, sizeof e->advice,
                "Take locks and critical sections in the same order everywhere (by index or "
                "address, for example), or hold only one at a time.");
            return;
        }
}
