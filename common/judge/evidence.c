// SPDX-License-Identifier: MIT
//
// evidence.c: see evidence.h.

#include "evidence.h"

#include "records.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// -- the objection ------------------------------------------------------------------------------------

static char verdict[16], text[1500];

void evidence_begin(void) {
    verdict[0] = text[0] = '\0';
}

const char *evidence_verdict(void) {
    return verdict;
}

const char *evidence_text(void) {
    return text;
}

bool evidence_object(const char *word, const char *format, ...) {
    va_list args;
    if (verdict[0])
        return false;
    snprintf(verdict, sizeof verdict, "%s", word);
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return false;
}

// -- words --------------------------------------------------------------------------------------------

static const char *worker_of(const struct record *r) {
    return !strcmp(r->run, "ranks") ? "rank" : "thread"; // of a hybrid run: threads in ranks
}

// "12 messages with 4.1 MB in all", which the ranks counted themselves; "" where nobody did.
static void say_messages(const struct record *r, char *words, size_t cap) {
    *words = '\0';
    if (!strcmp(r->run, "ranks") && r->seen.messages >= 0)
        snprintf(words, cap,
                 " The ranks sent %.0f messages, %.3g MB in all messages and collectives.",
                 r->seen.messages, r->seen.bytes / 1e6);
}

// -- questions ------------------------------------------------------------------------------------------

static bool is_parallel(const struct record *r) {
    return strcmp(r->version, "serial") != 0 && (r->workers > 1 || r->threads > 1);
}

// The next record from i on that a question is about; NULL: no more.
static const struct record *next(size_t *i) {
    const struct record *r;
    while ((r = record_at((*i)++)))
        if (is_parallel(r))
            return r;
    return NULL;
}

static bool was_seen(const struct record *r) {
    return r->seen.workers > 0 ||
           evidence_object(
               "UNGRADED",
               "The run was over before anything could be seen of it from outside; that is not "
               "your fault.");
}

static const struct record *serial_record(void) {
    const struct record *r;
    for (size_t i = 0; (r = record_at(i)); i++)
        if (strcmp(r->version, "serial") == 0)
            return r;
    return NULL;
}

// Did given code count the work? What it says comes from the program itself, so it may accuse, and
// where it does not the CPU time is asked all the same.
static bool is_counted(const struct record *r) {
    const struct record *const serial = serial_record();
    return serial && serial->done > 0 && r->done >= serial->done;
}

// So little CPU time, beside the serial version's, that nobody can tell whose work it was: the work was
// done elsewhere, or the look came too late. What given code counted needs no clock.
static bool is_too_little(const struct record *r) {
    const double least = 0.1;
    const struct record *const serial = serial_record();
    return serial && serial->seen.workers > 0 && !is_counted(r) &&
           r->seen.cpu_ms < least * serial->seen.cpu_ms;
}

// Was enough seen of a run to say who did its work?
static bool was_seen_at_work(const struct record *r) {
    if (!was_seen(r))
        return false;
    return !is_too_little(r) ||
           evidence_object(
               "UNGRADED",
               "All %.0f %ss together were seen to have %.0f ms of CPU time, where the serial "
               "version takes %.0f ms: that is too little to tell who did the work. If a further "
               "process of your own does it, let the %ss do it instead.",
               r->seen.workers, worker_of(r), r->seen.cpu_ms, serial_record()->seen.cpu_ms,
               worker_of(r));
}

static bool object_to_counted_idlers(const struct record *r) {
    char messages[160];
    say_messages(r, messages, sizeof messages);
    return evidence_object(
        "SERIAL",
        "Every result is right, but only %.0f of %.0f %ss did the work: %.0f %% of all that was "
        "done came from one.%s Which loop is to be shared out, and what makes the others wait, or "
        "stay away from it?",
        r->done_by, r->seen.workers, worker_of(r), 100 * r->done_most / r->done, messages);
}

static bool object_to_idlers(const struct record *r) {
    const struct seen *const s = &r->seen;
    char messages[160];
    say_messages(r, messages, sizeof messages);
    return evidence_object(
        "SERIAL",
        "Every result is right, but only %.0f of %.0f %ss did the work: the busiest used "
        "%.0f ms of CPU time, all others together %.0f ms.%s Which loop is to be shared "
        "out, and what makes the others wait, or stay away from it?",
        s->worked, s->workers, worker_of(r), s->busiest_ms, s->cpu_ms - s->busiest_ms, messages);
}

bool evidence_workers_work(int least) {
    const struct record *r;
    for (size_t i = 0; (r = next(&i));) {
        if (!was_seen_at_work(r))
            return false;
        if (is_counted(r) && r->done_by < least)
            return object_to_counted_idlers(r);
        if (r->seen.worked < least)
            return object_to_idlers(r);
    }
    return true;
}

bool evidence_busiest_below(double share) {
    // Of the CPU time; above it nobody else did anything but wait, which takes some milliseconds
    // too: of 230 ms they were seen to have 7.
    const double alone = 0.92;
    const struct record *r;
    for (size_t i = 0; (r = next(&i));) {
        const struct seen *const s = &r->seen;
        if (!was_seen_at_work(r))
            return false;
        const double did = is_counted(r) ? r->done_most / r->done : 0;
        const double ran = s->busiest_ms / s->cpu_ms;
        if (did > 0.99)
            return object_to_counted_idlers(r);
        if (did >= share)
            return evidence_object(
                "SLOW",
                "Every result is right, but the busiest of %.0f %ss did %.0f %% of the work, and "
                "an equal share were %.0f %%: the others wait for it, so more workers help little. "
                "The parts do not cost the same: deal them out in smaller pieces, to whoever is "
                "free.",
                s->workers, worker_of(r), 100 * did, 100 / s->workers);
        if (ran < share)
            continue;
        if (ran >= alone)
            return object_to_idlers(r);
        return evidence_object(
            "SLOW",
            "Every result is right, but the busiest of %.0f %ss did %.0f %% of the work "
            "(%.0f of %.0f ms of CPU time), and an equal share were %.0f %%: the others "
            "wait for it, so more workers help little. The parts do not cost the same: "
            "deal them out in smaller pieces, to whoever is free.",
            s->workers, worker_of(r), 100 * ran, s->busiest_ms, s->cpu_ms, 100 / s->workers);
    }
    return true;
}

// How far work that was done so many times was repeated: 0, it was done once (of CPU time, some more
// for messages and shared caches); 1, each worker did all of it.
static double repeated(const struct record *r, double times) {
    return (times - 1) / (r->seen.workers - 1);
}

static double times_counted(const struct record *r, const struct record *serial) {
    return is_counted(r) ? r->done / serial->done : 1;
}

static double times_serial(const struct record *r, const struct record *serial) {
    return r->seen.cpu_ms / serial->seen.cpu_ms;
}

bool evidence_work_is_done_once(void) {
    const struct record *r, *const serial = serial_record();
    if (!serial || !was_seen(serial))
        return evidence_object("UNGRADED",
                               "Nobody saw how much CPU time the serial version takes here.");
    for (size_t i = 0; (r = next(&i));) {
        if (!was_seen_at_work(r))
            return false;
        const double times = times_serial(r, serial), counted = times_counted(r, serial);
        if (repeated(r, counted) >= 0.45)
            return evidence_object(
                "SERIAL",
                "Every result is right, but %.0f %ss together did %.1f times the work of the "
                "serial version: each of them does what one could do for all. Which part of the "
                "loop is this worker's own?",
                r->seen.workers, worker_of(r), counted);
        if (repeated(r, times) < 0.45)
            continue;
        return evidence_object(
            "SERIAL",
            "Every result is right, but %.0f %ss together took %.1f times the CPU time of "
            "the serial version (%.0f ms against %.0f ms): it seems that each of them does "
            "what one could do for all. Which part of the loop is this worker's own?",
            r->seen.workers, worker_of(r), times, r->seen.cpu_ms, serial->seen.cpu_ms);
    }
    return true;
}

bool evidence_is_in_doubt(void) {
    const struct record *r, *const serial = serial_record();
    for (size_t i = 0; serial && serial->seen.workers > 0 && (r = next(&i));) {
        const double times = repeated(r, times_serial(r, serial));
        if (r->seen.workers > 1 &&
            (is_too_little(r) ||
             (repeated(r, times_counted(r, serial)) < 0.45 && times > 0.2 && times < 0.8)))
            return true;
    }
    return false;
}

bool evidence_memory_below(double kb, const char *part) {
    const struct record *r;
    char messages[160];
    for (size_t i = 0; (r = next(&i));) {
        if (!was_seen(r))
            return false;
        if (r->seen.grown_kb < kb)
            continue;
        say_messages(r, messages, sizeof messages);
        return evidence_object(
            "MEMORY",
            "Every result is right, but a process took %.1f MB more memory while it "
            "computed, and %s is enough for a rank: is all of it brought together "
            "somewhere?%s A problem that fills the memory of all ranks does not fit into "
            "one.",
            r->seen.grown_kb * 1024 / 1e6, part, messages);
    }
    return true;
}

double evidence_call_ms(const struct record *r) {
    const double pause = 100; // the kit's own, at the end of a call that is watched, and more
    const double outside = r->seen.call_ms - pause;
    return outside > r->wall_ms ? outside : r->wall_ms;
}

bool evidence_requests_at_once(int least) {
    const struct record *r;
    for (size_t i = 0; (r = next(&i));) {
        const double peak = record_witness(r, "peak");
        if (peak < 0)
            return evidence_object("UNGRADED",
                                   "The server beside the run left no figures; that is not your "
                                   "fault.");
        const double together = record_witness(r, "together"),
                     requests = record_witness(r, "requests");
        if (peak >= least && together >= 0 && 2 * together < requests)
            return evidence_object(
                "SERIAL",
                "Every result is right, but only %.0f of %.0f requests came while two others were "
                "waiting, with %d %ss: most of them wait one after another. What lets only one of "
                "them ask at a time?",
                together, requests, r->workers, worker_of(r));
        if (peak >= least)
            continue;
        return evidence_object(
            "SERIAL",
            "Every result is right, but the server never had more than %.0f request%s in "
            "its hands at once, with %d %ss: they wait one after another. What lets only "
            "one of them ask at a time?",
            peak, peak == 1 ? "" : "s", r->workers, worker_of(r));
    }
    return true;
}

bool evidence_requests_at_most(int most) {
    const struct record *r;
    for (size_t i = 0; (r = next(&i));) {
        const double requests = record_witness(r, "requests");
        if (requests < 0)
            return evidence_object("UNGRADED",
                                   "The server beside the run left no figures; that is not your "
                                   "fault.");
        if (requests <= most)
            continue;
        return evidence_object(
            "SERIAL",
            "Every result is right, but the server was asked %.0f times by %d %ss, where "
            "%d requests and some repeated ones are enough: it seems that each of them "
            "asks for what one could bring for all. Which part is this worker's own?",
            requests, r->workers, worker_of(r), most / 2);
    }
    return true;
}
