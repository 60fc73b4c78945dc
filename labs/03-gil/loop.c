// SPDX-License-Identifier: MIT
//
// loop.c: given, to compare with: an event loop. One thread, one interpreter, and many tasks under way
// at once: while one waits for its answer, another runs. There is nobody to keep out of the
// interpreter, so there is no lock; and nobody else to compute, so one core is all that it uses.

#include "machine.h"

#include <poll.h>
#include <stdlib.h>

enum state { IDLE, READY, WAITING }; // has no task; may run; an answer is on its way

struct loop {
    struct gil *g;
    int count; // tasks that may be under way at once
    struct vm **vm;
    enum state *state;
    struct pollfd *answer; // a descriptor that is readable once the answer is there
    int next, ended;       // the next task; how many have ended
};

// Lets a task run until it ends, waits, or has had its time.
static void run(struct loop *loop, int i) {
    const enum stop stop = vm_run(loop->vm[i], loop->g->interval);
    if (stop == VM_END) {
        loop->state[i] = IDLE;
        loop->ended++;
    } else if (stop == VM_WAIT) {
        loop->answer[i].fd = vm_ask(loop->vm[i]);
        if (loop->answer[i].fd >= 0)
            loop->state[i] = WAITING;
        else
            vm_answer(loop->vm[i]); // none will come, as was said
    }
}

// Every place begins a task if it has none, and goes on with it if it does not wait. True: some are
// still ready, for a look at the answers must not wait.
static bool turn(struct loop *loop) {
    bool ready = false;
    for (int i = 0; i < loop->count; i++) {
        if (loop->state[i] == IDLE && loop->next < loop->g->tasks) {
            vm_load(loop->vm[i], loop->next++);
            loop->state[i] = READY;
        }
        if (loop->state[i] == READY)
            run(loop, i);
        ready = ready || loop->state[i] == READY ||
                (loop->state[i] == IDLE && loop->next < loop->g->tasks);
    }
    return ready;
}

// Waits for the first answer, unless somebody is ready; takes all that have come.
static void listen(struct loop *loop, bool ready) {
    if (poll(loop->answer, (nfds_t)loop->count, ready ? 0 : -1) <= 0)
        return;
    for (int i = 0; i < loop->count; i++)
        if (loop->state[i] == WAITING && loop->answer[i].revents) {
            vm_hear(loop->vm[i]);
            vm_answer(loop->vm[i]);
            loop->answer[i].fd = -1; // poll() passes over it
            loop->state[i] = READY;
        }
}

void gil_loop(struct gil *g, int workers) {
    const int count = workers < g->tasks ? workers : g->tasks;
    struct loop loop = {.g = g, .count = count};
    loop.vm = calloc((size_t)count + 1, sizeof *loop.vm);
    loop.state = calloc((size_t)count + 1, sizeof *loop.state);
    loop.answer = calloc((size_t)count + 1, sizeof *loop.answer);
    if (!loop.vm || !loop.state || !loop.answer)
        refuse("There is no memory for so many tasks at once; take fewer workers.");
    else {
        for (int i = 0; i < count; i++) {
            loop.vm[i] = vm_open(g);
            loop.answer[i] = (struct pollfd){.fd = -1, .events = POLLIN};
        }
        while (loop.ended < g->tasks) {
            const bool ready = turn(&loop);
            if (loop.ended < g->tasks)
                listen(&loop, ready);
        }
        for (int i = 0; i < count; i++)
            vm_close(loop.vm[i]);
    }
    free(loop.vm);
    free(loop.state);
    free(loop.answer);
}
