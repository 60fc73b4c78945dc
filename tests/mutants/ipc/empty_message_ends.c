// EXPECT file=mpi.c check=mpi-equal verdict=WRONG|DEADLOCK|CRASH says="The smallest case found that fails"
// Believed: a message of no bytes can mark the end, whatever its tag. It is a message. (Where an echo is
// waited for, nobody sends it.)

#include "ipc.h"

#include <stdlib.h>

enum tag { MESSAGE, END };

struct line {
    int from, to;
    long size; // of the longest message
    MPI_Comm comm;
};

static void *open_line(struct ipc *p, int from, int to) {
    struct line *const line = malloc(sizeof *line);
    if (line)
        *line = (struct line){from, to, p->size, p->comm};
    else
        refuse("There is no memory for the channel from rank %d to rank %d.", from, to);
    return line;
}

static void send_message(void *channel, const void *bytes, long length) {
    const struct line *const line = channel;
    MPI_Send(bytes, (int)length, MPI_BYTE, line->to, MESSAGE, line->comm);
}

static long receive_message(void *channel, void *bytes) {
    const struct line *const line = channel;
    MPI_Status status;
    int length;
    MPI_Recv(bytes, (int)line->size, MPI_BYTE, line->from, MPI_ANY_TAG, line->comm, &status);
    MPI_Get_count(&status, MPI_BYTE, &length);
    return length == 0 ? -1 : length;
}

static void end_of(void *channel) {
    const struct line *const line = channel;
    MPI_Send(NULL, 0, MPI_BYTE, line->to, END, line->comm);
}

void ipc_mpi(struct ipc *p, MPI_Comm comm) {
    static const struct way lines = {open_line, NULL, send_message, receive_message, end_of, free};
    chain_of_ranks(p, comm, &lines);
}
