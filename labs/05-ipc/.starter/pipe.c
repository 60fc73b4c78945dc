// SPDX-License-Identifier: MIT
//
// Lab 05 ipc, processes and pipes.
//
// Goal     A message goes to the neighbour through a pipe.
// Run      make run LAB=ipc VERSION=pipe WORKERS=2
// Predict  How long does a message of 8 bytes take? q2 in answers.txt.
// Do       open       pipe() gives two descriptors: what is written to the second one can be read
//                     from the first.
//          send       A pipe carries bytes and knows nothing of messages: the length goes first.
//                     write() may take fewer bytes than it was given: how many, it returns.
//          receive    read() may bring fewer bytes than were asked for. Go on until all are there.
//          end        Close the end to write to. read() then returns 0: but only when *every* process
//                     that has a copy of it has closed it. keep() is where a process closes what it
//                     does not use.
// Check    make run LAB=ipc VERSION=pipe WORKERS=3 ARGS="--check size=300000 count=20"
//
// Given: chain_of_processes(p, workers, &way), no_way() (ipc.h).

#include "ipc.h"

void ipc_pipe(struct ipc *p, int workers) {
    (void)p, (void)workers; // yours from here
    todo(__func__, __FILE__);
}
