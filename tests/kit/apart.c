// SPDX-License-Identifier: MIT
// Tests of common/observe/read/apart.c: one board of the files of ranks that share no memory, and what
// these do not agree in.

#include "../../common/observe/read/apart.h"
#include "runner.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[64];
static struct apart_account told[2]; // of two ranks

// Two ranks in MPI_COMM_WORLD, which have done nothing yet.
static struct apart_view *begin(void) {
    memset(told, 0, sizeof told);
    snprintf(path, sizeof path, "/tmp/twofold-apart-XXXXXX");
    const int file = mkstemp(path);
    CU_ASSERT_FATAL(file >= 0);
    close(file);
    unlink(path);
    for (int r = 0; r < 2; r++) {
        told[r].apart.world = 2;
        told[r].slot.state = STATE_RUNNING;
        told[r].comms[3].id = 1;
        told[r].comms[3].size = 2;
        told[r].comms[3].members[1] = 1;
    }
    struct apart_view *const view = apart_view_new(path, 2);
    CU_ASSERT_FATAL(view != NULL);
    return view;
}

// Writes a rank's file, as one piece, at which it says that it begins.
static void write_at(int rank, uint32_t at, bool right) {
    const struct apart_piece piece = {at, sizeof *told};
    const size_t bytes = sizeof piece + sizeof *told;
    unsigned char *const all = malloc(sizeof(struct apart_head) + bytes);
    char name[80];
    snprintf(name, sizeof name, "%s.%d", path, rank);
    memcpy(all + sizeof(struct apart_head), &piece, sizeof piece);
    memcpy(all + sizeof(struct apart_head) + sizeof piece, &told[rank], sizeof *told);
    const struct apart_head head = {.magic = APART_MAGIC,
                                    .version = BOARD_VERSION,
                                    .bytes = bytes,
                                    .sum = apart_sum(all + sizeof head, bytes) + (right ? 0 : 1)};
    memcpy(all, &head, sizeof head);
    const int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CU_ASSERT_EQUAL(write(file, all, sizeof head + bytes), (ssize_t)(sizeof head + bytes));
    close(file);
    free(all);
}

static void tell(int rank) {
    write_at(rank, 0, true);
}

static void sends(int rank, int to, int tag, uint32_t basic) {
    struct board_slot *const slot = &told[rank].slot;
    const uint64_t number = slot->sent_tail++;
    slot->sent[board_place(number)] = (struct board_message){.state = MESSAGE_FLYING,
                                                             .to = to,
                                                             .tag = tag,
                                                             .comm = 1,
                                                             .basic = basic,
                                                             .bytes = 8,
                                                             .pc = 10,
                                                             .number = number};
    told[rank].apart.nth[number % BOARD_SENT] =
        ++apart_tally(told[rank].apart.sent, to, tag, 1)->count;
}

static void receives(int rank, int from, int tag, uint32_t basic) {
    struct apart *const apart = &told[rank].apart;
    const uint64_t nth = ++apart_tally(apart->taken, from, tag, 1)->count;
    apart->letters[apart->taken_count++ % BOARD_SENT] = (struct apart_taken){
        .from = from, .tag = tag, .comm = 1, .basic = basic, .bytes = 8, .pc = 20, .nth = nth};
}

static void without_files_nobody_has_told_anything(void) {
    struct apart_view *const view = begin();
    CU_ASSERT_FALSE(apart_view_look(view, true));
    CU_ASSERT_EQUAL(apart_view_silent(view, true), -1);
    apart_view_free(view);
}

static void what_was_received_is_on_its_way_no_more(void) {
    struct apart_view *const view = begin();
    sends(0, 1, 7, 0);
    sends(0, 1, 7, 0);
    sends(0, 1, 9, 0);
    receives(1, 0, 7, 0);
    tell(0);
    tell(1);
    CU_ASSERT(apart_view_look(view, false));
    const struct board_message *const sent = view->board->slots[0].sent;
    CU_ASSERT_EQUAL(sent[board_place(0)].state, MESSAGE_TAKEN);
    CU_ASSERT_EQUAL(sent[board_place(1)].state, MESSAGE_FLYING);
    CU_ASSERT_EQUAL(sent[board_place(2)].state, MESSAGE_FLYING);
    receives(1, 0, 9, 0);
    tell(1);
    apart_view_look(view, false);
    CU_ASSERT_EQUAL(sent[board_place(2)].state, MESSAGE_TAKEN);
    apart_view_free(view);
}

static void a_file_that_is_not_whole_is_not_looked_at(void) {
    struct apart_view *const view = begin();
    told[0].slot.progress = 5;
    tell(0);
    tell(1);
    CU_ASSERT(apart_view_look(view, false));
    told[0].slot.progress = 6;
    write_at(0, 0, false); // another sum
    apart_view_look(view, false);
    CU_ASSERT_EQUAL(view->board->slots[0].progress, 5);
    write_at(0, 64, true); // beyond the account
    apart_view_look(view, false);
    CU_ASSERT_EQUAL(view->board->slots[0].progress, 5);
    tell(0);
    apart_view_look(view, false);
    CU_ASSERT_EQUAL(view->board->slots[0].progress, 6);
    apart_view_free(view);
}

static void a_rank_that_told_nothing_is_named(void) {
    struct apart_view *const view = begin();
    told[0].slot.state = STATE_FINALIZED;
    tell(0);
    apart_view_look(view, false);
    CU_ASSERT_EQUAL(apart_view_silent(view, false), 1);
    tell(1);
    apart_view_look(view, false);
    CU_ASSERT_EQUAL(apart_view_silent(view, false), -1);
    CU_ASSERT_EQUAL(apart_view_silent(view, true), 1); // it did not tell its end
    apart_view_free(view);
}

static void collectives_that_do_not_go_together_are_found_once(void) {
    struct apart_view *const view = begin();
    told[0].comms[3].rounds[4] =
        (struct board_round){.number = 4, .call = CALL_Bcast, .root = 0, .pc = 10};
    told[1].comms[3].rounds[4] =
        (struct board_round){.number = 4, .call = CALL_Bcast, .who = 1, .root = 1, .pc = 20};
    told[0].comms[3].rounds[5] = (struct board_round){.number = 5, .call = CALL_Barrier};
    told[1].comms[3].rounds[5] = (struct board_round){.number = 37, .call = CALL_Bcast};
    tell(0);
    tell(1);
    apart_view_look(view, false);
    apart_view_look(view, true);
    const struct board_slot *const slot = &view->board->slots[1];
    CU_ASSERT_EQUAL(view->board->slots[0].find_count, 0);
    CU_ASSERT_EQUAL(slot->find_count, 1);
    CU_ASSERT_EQUAL(slot->finds[0].rule, RULE_COLL_ROOT);
    CU_ASSERT_EQUAL(slot->finds[0].n[0], 1);
    CU_ASSERT_EQUAL(slot->finds[0].pc, 20);
    CU_ASSERT_EQUAL(slot->finds[0].pc2, 10);
    apart_view_free(view);
}

static void a_message_of_another_type_is_found_at_the_end(void) {
    enum { INT = 5 * 256 + 1, DOUBLE = 6 * 256 + 1 };
    struct apart_view *const view = begin();
    sends(0, 1, 7, INT);
    sends(0, 1, 7, DOUBLE);
    receives(1, 0, 7, INT);
    receives(1, 0, 7, INT);
    tell(0);
    tell(1);
    apart_view_look(view, false);
    CU_ASSERT_EQUAL(view->board->slots[1].find_count, 0);
    apart_view_look(view, true);
    CU_ASSERT_EQUAL(view->board->slots[1].find_count, 1);
    CU_ASSERT_EQUAL(view->board->slots[1].finds[0].rule, RULE_TYPE);
    CU_ASSERT_EQUAL(view->board->slots[1].finds[0].n[1], DOUBLE);
    apart_view_free(view);
}

static void one_that_has_freed_a_communicator_is_waited_for_no_more(void) {
    struct apart_view *const view = begin();
    told[0].comms[5].id = 77;
    told[0].comms[5].size = 2;
    told[0].comms[5].members[1] = 1;
    told[0].comms[5].begun[0] = 3;
    tell(0);
    tell(1);
    apart_view_look(view, false);
    const struct board_comm *made = NULL;
    for (int i = 0; i < BOARD_COMMS; i++)
        if (view->board->comms[i].id == 77)
            made = &view->board->comms[i];
    CU_ASSERT_FATAL(made != NULL);
    CU_ASSERT_EQUAL(made->begun[0], 3);
    CU_ASSERT(made->begun[1] >= 3);
    apart_view_free(view);
}

static void the_files_are_removed(void) {
    struct apart_view *const view = begin();
    char name[80];
    tell(0);
    apart_view_look(view, false);
    apart_view_free(view);
    snprintf(name, sizeof name, "%s.0", path);
    CU_ASSERT_NOT_EQUAL(access(name, F_OK), 0);
}

static const struct test tests[] = {TEST(without_files_nobody_has_told_anything),
                                    TEST(what_was_received_is_on_its_way_no_more),
                                    TEST(a_file_that_is_not_whole_is_not_looked_at),
                                    TEST(a_rank_that_told_nothing_is_named),
                                    TEST(collectives_that_do_not_go_together_are_found_once),
                                    TEST(a_message_of_another_type_is_found_at_the_end),
                                    TEST(one_that_has_freed_a_communicator_is_waited_for_no_more),
                                    TEST(the_files_are_removed),
                                    {0}};

int main(void) {
    return run_tests("apart", tests, MPI_COMM_NULL);
}
