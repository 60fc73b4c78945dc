// SPDX-License-Identifier: MIT
//
// explain.c: says of wrong notes what happened to the first message that differs, and asks what leads
// to the cause. Each function below knows one kind of mistake; the first that recognises its own
// speaks. The order matters: the plainest signs come first.

#include "explain.h"

#include "chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    const struct ipc *p;
    const struct note *got, *want; // [notes]
    long notes, came;
    long first; // the first note that differs; notes: none
};

static bool equal(struct note a, struct note b) {
    return a.length == b.length && a.digest == b.digest;
}

// Which message the first note is about, and who noted it.
static long message_of(const struct pair *q) {
    return q->first % (q->p->count ? q->p->count : 1);
}

static const char *place_of(const struct pair *q) {
    return q->first < q->p->count ? "at the end of the chain" : "on its way back at worker 0";
}

static bool nothing(const struct pair *q, char *text, size_t cap) {
    if (q->came != 0 || q->p->count == 0)
        return false;
    snprintf(text, cap,
             "No message came to the end of the chain. Does receive() return the length of what "
             "came, and -1 only when nothing more comes?");
    return true;
}

static bool too_few(const struct pair *q, char *text, size_t cap) {
    if (q->first == q->notes || q->got[q->first].length != 0)
        return false;
    snprintf(
        text, cap,
        "Message %ld of %ld never came %s. What does receive() take for the end: could a message "
        "look like that, one of 0 bytes perhaps?",
        message_of(q), q->p->count, place_of(q));
    return true;
}

static bool too_many(const struct pair *q, char *text, size_t cap) {
    if (q->came <= q->p->count)
        return false;
    snprintf(
        text, cap,
        "%ld messages came to the end of the chain, and %ld were sent. Is what one send() puts "
        "in taken out by one receive()?",
        q->came, q->p->count);
    return true;
}

static bool impossible(const struct pair *q, char *text, size_t cap) {
    if (q->first == q->notes || q->got[q->first].length != IMPOSSIBLE)
        return false;
    snprintf(
        text, cap,
        "What receive() took for the length of message %ld is more than any message has: it read "
        "something else there. Was all of the message before taken out, and nothing "
        "overwritten?",
        message_of(q));
    return true;
}

static bool other_length(const struct pair *q, char *text, size_t cap) {
    if (q->first == q->notes || q->got[q->first].length == q->want[q->first].length)
        return false;
    const long came = (long)q->got[q->first].length - 1, sent = (long)q->want[q->first].length - 1;
    snprintf(
        text, cap,
        "Message %ld came %s with %ld bytes, and was sent with %ld. How does the receiver know "
        "how long a message is, and does it take out all of it?",
        message_of(q), place_of(q), came, sent);
    return true;
}

static bool other_message(const struct pair *q, char *text, size_t cap) {
    for (long k = 0; q->first < q->notes && k < q->p->count; k++) {
        if (!equal(q->got[q->first], q->want[k]) || k == message_of(q) || q->want[k].length == 1)
            continue;
        snprintf(text, cap,
                 "Where message %ld should be, message %ld came. May the sender overwrite the one "
                 "before the receiver has it?",
                 message_of(q), k);
        return true;
    }
    return false;
}

static void other_bytes(const struct pair *q, char *text, size_t cap) {
    snprintf(
        text, cap,
        "Message %ld came %s with the right length, %ld bytes, and other bytes than were sent. "
        "Were they overwritten before they were read, read before they were written, or put "
        "together in the wrong place?",
        message_of(q), place_of(q), (long)q->want[q->first].length - 1);
}

enum same ipc_explain(const struct ipc *p, const void *got, const void *want, size_t size,
                      char *text, size_t cap) {
    if (memcmp(got, want, size) == 0)
        return SAME;
    struct note *const notes = malloc(2 * size); // got may lie anywhere
    if (!notes) {
        snprintf(text, cap, "No memory to compare the notes; make count smaller.");
        return WRONG;
    }
    struct pair q = {.p = p, .got = notes, .notes = board_notes(p)};
    const size_t bytes = (size_t)q.notes * sizeof *notes;
    memcpy(notes, got, bytes);
    memcpy(notes + q.notes, want, bytes);
    memcpy(&q.came, (const char *)got + bytes, sizeof q.came);
    q.want = notes + q.notes;
    while (q.first < q.notes && equal(q.got[q.first], q.want[q.first]))
        q.first++;
    if (!nothing(&q, text, cap) && !too_many(&q, text, cap) && !too_few(&q, text, cap) &&
        !impossible(&q, text, cap) && !other_length(&q, text, cap) && !other_message(&q, text, cap))
        other_bytes(&q, text, cap);
    free(notes);
    return WRONG;
}
