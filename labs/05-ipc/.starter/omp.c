// SPDX-License-Identifier: MIT
//
// Lab 05 ipc, threads.
//
// Goal     A thread hands a message to its neighbour: a store and a flag.
// Run      make run LAB=ipc VERSION=omp WORKERS=2 ARGS="echo=1 size=8 mixed=0"
// Predict  How long does a message of 8 bytes take? q1 in answers.txt.
// Do       decompose  A channel is a struct in memory, which both threads see: where the message
//                     lies, how long it is, and a flag that says whether there is one.
//          send       Wait until the flag says "none". Store where and how long; then raise the flag.
//                     When may the sender change its bytes?
//          receive    Wait until the flag says "one". Copy; then lower the flag.
//          order      Another core may see two stores in another order than they were made in, and
//                     the compiler may change it, too: a flag is an atomic_int, stored with
//                     memory_order_release and loaded with memory_order_acquire.
//          end        -1 is no length of a message.
// Check    make run LAB=ipc VERSION=omp WORKERS=3 ARGS="--check echo=1"
//
// Given: chain_of_threads(p, &way), be_patient() (ipc.h). <stdatomic.h> has the rest.

#include "ipc.h"

void ipc_omp(struct ipc *p) {
    (void)p; // yours from here
    todo(__func__, __FILE__);
}
