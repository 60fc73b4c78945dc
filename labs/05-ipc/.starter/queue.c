// SPDX-License-Identifier: MIT
//
// Lab 05 ipc, processes and message queues.
//
// Goal     A message goes to the neighbour through a POSIX message queue.
// Run      make run LAB=ipc VERSION=queue WORKERS=2
// Predict  Is a queue faster than a pipe? q3 in answers.txt.
// Do       open       mq_open() wants a name that nobody else has, and what the queue can hold: at most
//                     10 letters of 8192 bytes each, where nobody has raised that. Take 4 of 4096: all
//                     queues of a user together may have some 800,000 bytes. mq_unlink() takes the name
//                     away at once; the queue stays as long as somebody has it open.
//          send       A letter is sent and received as a whole, but a message may be longer than a
//                     letter. So its length goes first, in a letter of its own.
//          receive    mq_receive() wants room for the longest letter, however short it is.
//          end        -1 is no length of a message.
// Check    make run LAB=ipc VERSION=queue WORKERS=3 ARGS="--check size=300000 count=20"
//
// Given: chain_of_processes(p, workers, &way), no_way() (ipc.h). <mqueue.h> has the rest.

#include "ipc.h"

void ipc_queue(struct ipc *p, int workers) {
    (void)p, (void)workers; // yours from here
    todo(__func__, __FILE__);
}
