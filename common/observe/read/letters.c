// SPDX-License-Identifier: MIT
//
// letters.c: messages that nobody received, once all ranks have come to their end.

#include "graph.h"
#include <stdlib.h>
#include <string.h>

struct letter {
    const struct board_message *message; // the first of them
    int from, count;
    struct place place;
};

static void say(const struct watch *watch, const struct letter *letter, struct findings *findings) {
    const struct board_message *const m = letter->message;
    struct evidence *const e = findings_add(findings, "misuse");
    if (!e)
        return;
    e->rank = letter->from;
    evidence_place(e, &letter->place);
    add(e->call, sizeof e->call, "%s", board_call_name(m->call));
    add(e->text, sizeof e->text, "rank %d sends rank %d a message with tag %d", letter->from, m->to,
        m->tag);
    place_say(e->text, sizeof e->text, &letter->place);
    if (letter->count > 1)
        add(e->text, sizeof e->text, " (and %d more there)", letter->count - 1);
    if (m->comm > 2 && comm_find(watch->board, m->comm)) {
        add(e->text, sizeof e->text, " in ");
        say_comm(e->text, sizeof e->text, watch->board, m->comm);
    }
    if (atomic_load(&m->state) == MESSAGE_HELD) {
        add(e->text, sizeof e->text,
            ", which rank %d took with a matched probe and never received. It works only because "
            "the MPI library keeps a copy of a short message: a longer one hangs the sender.",
            m->to);
        add(e->advice, sizeof e->advice,
            "Each message that MPI_Mprobe or MPI_Improbe found needs its MPI_Mrecv.");
        return;
    }
    add(e->text, sizeof e->text,
        ", and nobody ever receives %s. It works only because the MPI library keeps a copy of a "
        "short message: a longer one hangs the sender.",
        letter->count > 1 ? "them" : "it");
    add(e->advice, sizeof e->advice,
        "Count the messages of this loop on both sides, or leave this one out; a receive of rank "
        "%d "
        "may ask for another tag, source or communicator.",
        m->to);
}

static bool all_finished(const struct board *board) {
    for (uint32_t rank = 0; rank < board->ranks; rank++)
        if (atomic_load(&board->slots[rank].state) != STATE_FINALIZED &&
            atomic_load(&board->slots[rank].state) != STATE_NONE)
            return false;
    return true;
}

void letters_find(const struct watch *watch, struct findings *findings) {
    enum { MOST = 8 };
    static struct mail mail;
    struct letter letters[MOST];
    bool met[BOARD_ASKED];
    int count = 0;
    if (!all_finished(watch->board))
        return;
    memset(&mail, 0, sizeof mail);
    mail.board = watch->board;
    mail.ranks = (int)watch->board->ranks;
    // A receive that was begun and never waited for has its message all the same.
    for (int rank = 0; rank < mail.ranks; rank++)
        mail_give(&mail, rank, NULL, 0, met);
    for (int from = 0; from < mail.ranks; from++) {
        const struct board_slot *const slot = &watch->board->slots[from];
        const uint64_t head = atomic_load(&slot->sent_head), tail = atomic_load(&slot->sent_tail);
        for (uint64_t i = head; i < tail && i - head < BOARD_SENT; i++) {
            const struct board_message *const m = &slot->sent[board_place(i)];
            const uint32_t state = atomic_load(&m->state);
            if ((state != MESSAGE_FLYING && state != MESSAGE_HELD) ||
                mail_is_given(&mail, from, (int64_t)i))
                continue;
            const struct place place = place_find(slot, m->pc);
            int k = 0;
            while (k < count && (letters[k].message->pc != m->pc || letters[k].from != from))
                k++;
            if (k < count)
                letters[k].count++;
            else if (count < MOST)
                letters[count++] =
                    (struct letter){.message = m, .from = from, .count = 1, .place = place};
        }
    }
    for (int i = 0; i < count; i++)
        say(watch, &letters[i], findings);
}
