// SPDX-License-Identifier: MIT
//
// mpi_count.c: the counters of common/observe, on ranks. The library's file is part of this program,
// so its MPI_X are the ones called here, and its counters can be looked at.

#include "../../common/observe/count/count.c"
#include "../../common/observe/count/messages.c"
#include "../../common/observe/count/rounds.c"

#include "runner.h"

#include <unistd.h>

static int rank, size;

static void begin(void) {
    MPI_Comm_rank(test_comm, &rank);
    MPI_Comm_size(test_comm, &size);
    messages = collectives = bytes = waited_ns = 0;
    MPI_Pcontrol(1);
}

// Ends the counted part; says what was counted if it was not this.
static void expect(uint64_t want_messages, uint64_t want_collectives, uint64_t want_bytes) {
    MPI_Pcontrol(0);
    CU_ASSERT_EQUAL(messages, want_messages);
    CU_ASSERT_EQUAL(collectives, want_collectives);
    CU_ASSERT_EQUAL(bytes, want_bytes);
    test_note("rank %d: %d messages, %d collectives, %d bytes", rank, (int)messages,
              (int)collectives, (int)bytes);
}

static int right(void) {
    return (rank + 1) % size;
}

static int left(void) {
    return (rank + size - 1) % size;
}

static void each_mode_of_send_is_a_message(void) {
    double out[4] = {0}, in[8][4];
    MPI_Request requests[8];
    char *buffer = malloc(4096);
    int room = 4096;
    begin();
    MPI_Buffer_attach(buffer, room);
    for (int i = 0; i < 7; i++)
        MPI_Irecv(in[i], 4, MPI_DOUBLE, left(), i, test_comm, &requests[i]);
    MPI_Isend(out, 4, MPI_DOUBLE, right(), 0, test_comm, &requests[7]);
    MPI_Wait(&requests[7], MPI_STATUS_IGNORE);
    MPI_Issend(out, 4, MPI_DOUBLE, right(), 1, test_comm, &requests[7]);
    MPI_Wait(&requests[7], MPI_STATUS_IGNORE);
    MPI_Ibsend(out, 4, MPI_DOUBLE, right(), 2, test_comm, &requests[7]);
    MPI_Wait(&requests[7], MPI_STATUS_IGNORE);
    MPI_Bsend(out, 4, MPI_DOUBLE, right(), 3, test_comm);
    MPI_Send(out, 4, MPI_DOUBLE, right(), 4, test_comm);
    // All receives stand, so that this is no deadlock, and the ready ones are ready.
    MPI_Ssend(out, 4, MPI_DOUBLE, right(), 5, test_comm);
    MPI_Rsend(out, 4, MPI_DOUBLE, right(), 6, test_comm);
    MPI_Waitall(7, requests, MPI_STATUSES_IGNORE);
    MPI_Buffer_detach(&buffer, &room);
    expect(7, 0, 7 * 32);
    free(buffer);
}

static void sendrecv_is_one_message_and_a_receive_is_none(void) {
    int out[3] = {0}, in[3];
    begin();
    MPI_Sendrecv(out, 3, MPI_INT, right(), 0, in, 3, MPI_INT, left(), 0, test_comm,
                 MPI_STATUS_IGNORE);
    MPI_Sendrecv_replace(out, 3, MPI_INT, right(), 0, left(), 0, test_comm, MPI_STATUS_IGNORE);
    expect(2, 0, 24);
}

static void nothing_is_sent_to_nobody(void) {
    int out = 0;
    begin();
    MPI_Send(&out, 1, MPI_INT, MPI_PROC_NULL, 0, test_comm);
    MPI_Sendrecv_replace(&out, 1, MPI_INT, MPI_PROC_NULL, 0, MPI_PROC_NULL, 0, test_comm,
                         MPI_STATUS_IGNORE);
    expect(0, 0, 0);
}

static void a_persistent_send_counts_at_each_start(void) {
    int out[5] = {0}, in[5];
    MPI_Request requests[2];
    begin();
    MPI_Recv_init(in, 5, MPI_INT, left(), 0, test_comm, &requests[0]);
    MPI_Send_init(out, 5, MPI_INT, right(), 0, test_comm, &requests[1]);
    for (int i = 0; i < 3; i++) {
        MPI_Startall(2, requests);
        MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
    }
    MPI_Start(&requests[0]);
    MPI_Start(&requests[1]);
    MPI_Waitall(2, requests, MPI_STATUSES_IGNORE);
    MPI_Request_free(&requests[0]);
    MPI_Request_free(&requests[1]);
    expect(4, 0, 80);
    CU_ASSERT_EQUAL(persistent_count, 0);
}

static void bytes_are_those_of_the_type(void) {
    MPI_Datatype column;
    int out[20] = {0}, in[20];
    MPI_Type_vector(4, 1, 5, MPI_INT, &column);
    MPI_Type_commit(&column);
    begin();
    MPI_Sendrecv(out, 1, column, right(), 0, in, 1, column, left(), 0, test_comm,
                 MPI_STATUS_IGNORE);
    expect(1, 0, 16);
    MPI_Type_free(&column);
}

static void one_sided_calls_are_messages(void) {
    double *memory, value[2] = {0};
    MPI_Win window;
    MPI_Win_allocate(4 * sizeof(double), sizeof(double), MPI_INFO_NULL, test_comm, &memory,
                     &window);
    begin();
    MPI_Win_fence(0, window);
    MPI_Put(value, 2, MPI_DOUBLE, right(), 0, 2, MPI_DOUBLE, window);
    MPI_Win_fence(0, window);
    MPI_Get(value, 1, MPI_DOUBLE, right(), 2, 1, MPI_DOUBLE, window);
    MPI_Win_fence(0, window);
    expect(2, 3, 24);
    MPI_Win_free(&window);
}

static void of_a_collective_this_ranks_send_buffer_counts(void) {
    double one = 0, sum, *all = calloc((size_t)size + 1, sizeof *all);
    double *mine = calloc((size_t)size + 1, sizeof *mine);
    begin();
    const uint64_t n = (uint64_t)size;
    MPI_Barrier(test_comm);                                             // 0
    MPI_Bcast(&one, 1, MPI_DOUBLE, 0, test_comm);                       // root 8
    MPI_Allreduce(&one, &sum, 1, MPI_DOUBLE, MPI_SUM, test_comm);       // 8
    MPI_Reduce(&one, &sum, 1, MPI_DOUBLE, MPI_SUM, 0, test_comm);       // 8
    MPI_Gather(&one, 1, MPI_DOUBLE, all, 1, MPI_DOUBLE, 0, test_comm);  // 8
    MPI_Scatter(all, 1, MPI_DOUBLE, &one, 1, MPI_DOUBLE, 0, test_comm); // root 8 n
    MPI_Allgather(&one, 1, MPI_DOUBLE, all, 1, MPI_DOUBLE, test_comm);  // 8
    MPI_Alltoall(all, 1, MPI_DOUBLE, mine, 1, MPI_DOUBLE, test_comm);   // 8 n
    MPI_Exscan(&one, &sum, 1, MPI_DOUBLE, MPI_SUM, test_comm);          // 8
    expect(0, 9, 5 * 8 + 8 * n + (rank == 0 ? 8 + 8 * n : 0));
    free(all);
    free(mine);
}

static void in_place_counts_what_leaves_this_rank(void) {
    double *all = calloc((size_t)size + 1, sizeof *all);
    const uint64_t n = (uint64_t)size;
    begin();
    MPI_Allgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all, 1, MPI_DOUBLE, test_comm);
    MPI_Alltoall(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all, 1, MPI_DOUBLE, test_comm);
    MPI_Allreduce(MPI_IN_PLACE, all, 1, MPI_DOUBLE, MPI_SUM, test_comm);
    expect(0, 3, 8 + 8 * n + 8);
    free(all);
}

static void collectives_that_do_not_block_count_once(void) {
    int value = 0;
    MPI_Request request;
    begin();
    MPI_Ibarrier(test_comm, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Ibcast(&value, 1, MPI_INT, 0, test_comm, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    expect(0, 2, rank == 0 ? 4 : 0);
}

static void a_neighbour_gets_a_block_each(void) {
    MPI_Comm ring;
    int out[2] = {0}, in[2];
    begin();
    MPI_Pcontrol(0);
    MPI_Cart_create(test_comm, 1, (int[]){size}, (int[]){1}, 0, &ring);
    MPI_Pcontrol(1);
    MPI_Neighbor_alltoall(out, 1, MPI_INT, in, 1, MPI_INT, ring);
    MPI_Neighbor_allgather(out, 1, MPI_INT, in, 1, MPI_INT, ring);
    expect(0, 2, 8 + 4);
    MPI_Comm_free(&ring);
}

static void what_lies_outside_the_brackets_is_not_counted(void) {
    int value = 0;
    begin();
    MPI_Pcontrol(0);
    MPI_Bcast(&value, 1, MPI_INT, 0, test_comm);
    MPI_Sendrecv_replace(&value, 1, MPI_INT, right(), 0, left(), 0, test_comm, MPI_STATUS_IGNORE);
    MPI_Barrier(test_comm);
    CU_ASSERT_EQUAL(waited_ns, 0);
    MPI_Pcontrol(1);
    MPI_Barrier(test_comm);
    expect(0, 1, 0);
}

static void waiting_is_measured(void) {
    begin();
    if (rank == 0)
        usleep(50000);
    MPI_Barrier(test_comm);
    MPI_Pcontrol(0);
    if (size > 1 && rank != 0)
        CU_ASSERT(waited_ns > 10000000);
}

static void the_name_of_the_file_has_the_rank_in_it(void) {
    char *name = evidence_name("/tmp/e", 3);
    CU_ASSERT_STRING_EQUAL(name, "/tmp/e.3");
    free(name);
    name = evidence_name("/tmp/%r/e", 12);
    CU_ASSERT_STRING_EQUAL(name, "/tmp/12/e");
    free(name);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {TEST(each_mode_of_send_is_a_message),
                                        TEST(sendrecv_is_one_message_and_a_receive_is_none),
                                        TEST(nothing_is_sent_to_nobody),
                                        TEST(a_persistent_send_counts_at_each_start),
                                        TEST(bytes_are_those_of_the_type),
                                        TEST(one_sided_calls_are_messages),
                                        TEST(of_a_collective_this_ranks_send_buffer_counts),
                                        TEST(in_place_counts_what_leaves_this_rank),
                                        TEST(collectives_that_do_not_block_count_once),
                                        TEST(a_neighbour_gets_a_block_each),
                                        TEST(what_lies_outside_the_brackets_is_not_counted),
                                        TEST(waiting_is_measured),
                                        TEST(the_name_of_the_file_has_the_rank_in_it),
                                        {0}};
    setenv("TWOFOLD_EVIDENCE", "", 1); // counts, and writes no file
    return run_mpi_tests(argc, argv, "count", tests);
}
