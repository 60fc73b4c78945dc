// EXPECT file=queue.c check=queue-long verdict=CRASH says="The program died here, in letter"
// Believed: a message is a letter. It may be longer than the queue takes.

#include "ipc.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LETTERS = 4, LETTER = 4096 };

static void *open_queue(struct ipc *p, int from, int to) {
    (void)p;
    struct mq_attr holds = {.mq_maxmsg = LETTERS, .mq_msgsize = LETTER};
    char name[64];
    snprintf(name, sizeof name, "/ipc-%d-%d-%d", (int)getpid(), from, to);
    mqd_t *const queue = malloc(sizeof *queue);
    if (queue && (*queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &holds)) >= 0) {
        mq_unlink(name); // nobody needs it any more: the workers inherit what is open
        return queue;
    }
    refuse("There is no queue from worker %d to worker %d: %s. Take fewer workers.", from, to,
           strerror(errno));
    free(queue);
    return NULL;
}

static void letter(mqd_t queue, const char *bytes, size_t length) {
    while (mq_send(queue, bytes, length, 0) != 0)
        if (errno != EINTR)
            no_way("mq_send");
}

static void send_message(void *channel, const void *bytes, long length) {
    const mqd_t queue = *(mqd_t *)channel;
    letter(queue, (const char *)&length, sizeof length);
    if (length > 0)
        letter(queue, bytes, (size_t)length);
}

// Room is needed for the longest letter, whatever comes.
static long next(mqd_t queue, char paper[LETTER]) {
    ssize_t got;
    while ((got = mq_receive(queue, paper, LETTER, NULL)) < 0)
        if (errno != EINTR)
            no_way("mq_receive");
    return (long)got;
}

static long receive_message(void *channel, void *bytes) {
    const mqd_t queue = *(mqd_t *)channel;
    char paper[LETTER];
    long length, some;
    next(queue, paper);
    memcpy(&length, paper, sizeof length);
    for (long got = 0; got < length; got += some) {
        some = next(queue, paper);
        memcpy((char *)bytes + got, paper, (size_t)some);
    }
    return length;
}

static void end_of(void *channel) {
    send_message(channel, NULL, -1);
}

static void close_queue(void *channel) {
    mq_close(*(mqd_t *)channel);
    free(channel);
}

void ipc_queue(struct ipc *p, int workers) {
    static const struct way queues = {open_queue,      NULL,   send_message,
                                      receive_message, end_of, close_queue};
    chain_of_processes(p, workers, &queues);
}
