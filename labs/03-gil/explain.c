// SPDX-License-Identifier: MIT
//
// explain.c: says of wrong answers whose they are, and asks what leads to the cause. Each function
// below knows one kind of mistake; the first that recognises its own speaks. The order matters: the
// plainest signs come first.

#include "explain.h"

#include "machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    const struct gil *g;
    const long *got, *want; // [tasks + 1]
    int tasks, workers;     // that made got:
    bool ranks;             // ranks, else threads
    int first;              // the first task that differs; tasks: the sum alone
    int missing;            // tasks whose answer is 0 and should not be
};

static bool is_missing(const struct pair *p, int task) {
    return p->got[task] == 0 && p->want[task] != 0;
}

static bool nothing(const struct pair *p, char *text, size_t cap) {
    for (int task = 0; task <= p->tasks; task++)
        if (p->got[task] != 0)
            return false;
    snprintf(text, cap,
             p->ranks ? "No answer is there. Does every rank run its tasks to VM_END, and do the "
                        "answers come to rank 0?"
                      : "No answer is there. Does any thread run a task until vm_run() returns "
                        "VM_END?");
    return true;
}

// Right where rank 0 has run the task, and nothing of the others.
static bool never_sent(const struct pair *p, char *text, size_t cap) {
    long own = 0;
    if (!p->ranks || p->workers < 2 || p->missing == 0)
        return false;
    for (int task = 0; task < p->tasks; task++) {
        if (p->got[task] != 0 && p->got[task] != p->want[task])
            return false;
        own += p->got[task];
    }
    if (p->got[p->tasks] != own)
        return false;
    snprintf(text, cap,
             "Rank 0 holds %d of %d answers, and the sum is that of those alone; the first that is "
             "missing is that of task %d. Every rank has an array of its own: who brings them "
             "together, and does every task go to one rank?",
             p->tasks - p->missing, p->tasks, p->first);
    return true;
}

// The tasks behind the last full round.
static bool rest(const struct pair *p, char *text, size_t cap) {
    const int left = p->tasks % p->workers;
    if (p->missing == 0 || p->missing != left || p->first != p->tasks - left)
        return false;
    snprintf(
        text, cap,
        "Exactly the last answers are missing, from that of task %d on: if %d are dealt out evenly "
        "to %d workers, there is a rest of %d. Who runs that?",
        p->first, p->tasks, p->workers, left);
    return true;
}

static bool some_missing(const struct pair *p, char *text, size_t cap) {
    if (p->missing == 0)
        return false;
    snprintf(text, cap,
             "%d of %d answers %s missing; the first is that of task %d. Does every task go to one "
             "%s, and is it run until vm_run() returns VM_END?",
             p->missing, p->tasks, p->missing == 1 ? "is" : "are", p->first,
             p->ranks ? "rank" : "thread");
    return true;
}

// What the world outside sent is not in it: the answer was taken before it came.
static bool not_waited(const struct pair *p, char *text, size_t cap) {
    const long reply = p->first < p->tasks ? outside_reply(p->g->of->outside.seed, p->first) : 0;
    if (reply == 0 || p->g->of->program == PROGRAM_PRIMES ||
        p->got[p->first] != p->want[p->first] - reply)
        return false;
    snprintf(text, cap,
             "Task %d was given an answer that had not come yet: vm_answer() was called, and "
             "vm_wait() before it was not, or not for this task.",
             p->first);
    return true;
}

static bool several_times(const struct pair *p, char *text, size_t cap) {
    const int at = p->first;
    const long times = p->want[at] > 0 ? p->got[at] / p->want[at] : 0;
    if (times < 2 || p->got[at] != times * p->want[at])
        return false;
    if (at < p->tasks)
        snprintf(text, cap,
                 "The answer of task %d is %ld times what it should be: %ld ranks have run it, and "
                 "what they got was added up. Whose task is it?",
                 at, times, times);
    else
        snprintf(text, cap,
                 "Every answer is right, but their sum is %ld times what it should be: each task "
                 "was run %ld times. Which word shares out a loop among the threads of a team?",
                 times, times);
    return true;
}

static bool sum_alone(const struct pair *p, char *text, size_t cap) {
    if (p->first < p->tasks)
        return false;
    if (p->ranks)
        snprintf(text, cap,
                 "All answers are there, but their sum, which stands behind the last of them, is "
                 "%ld and not %ld. How many numbers are in g->answer? It has tasks + 1.",
                 p->got[p->tasks], p->want[p->tasks]);
    else
        snprintf(text, cap,
                 "All answers are there, but their sum is %ld and not %ld: vm_run() adds to it "
                 "when a task ends, and two threads did so at once. Is the lock held whenever the "
                 "interpreter is touched?",
                 p->got[p->tasks], p->want[p->tasks]);
    return true;
}

static void other(const struct pair *p, char *text, size_t cap) {
    snprintf(text, cap, "The answer of task %d is %ld and not %ld. %s", p->first, p->got[p->first],
             p->want[p->first],
             p->ranks ? "Where the answers of several ranks come together, does each go to the "
                        "place of its own task?"
                      : "Was another thread in the interpreter at the same time? And does each "
                        "thread have a vm of its own?");
}

enum same gil_explain(const struct gil *g, bool ranks, int workers, const void *got,
                      const void *want, size_t size, char *text, size_t cap) {
    if (memcmp(got, want, size) == 0)
        return SAME;
    long *const numbers = malloc(2 * size); // got may lie anywhere
    if (!numbers) {
        snprintf(text, cap, "No memory to compare the answers; take fewer tasks.");
        return WRONG;
    }
    memcpy(numbers, got, size);
    memcpy(numbers + g->tasks + 1, want, size);
    struct pair p = {.g = g,
                     .got = numbers,
                     .want = numbers + g->tasks + 1,
                     .tasks = g->tasks,
                     .workers = workers,
                     .ranks = ranks,
                     .first = -1};
    for (int task = 0; task <= p.tasks; task++) {
        if (p.first < 0 && p.got[task] != p.want[task])
            p.first = task;
        p.missing += task < p.tasks && is_missing(&p, task);
    }
    if (!rest(&p, text, cap) && !nothing(&p, text, cap) && !never_sent(&p, text, cap) &&
        !not_waited(&p, text, cap) && !some_missing(&p, text, cap) &&
        !several_times(&p, text, cap) && !sum_alone(&p, text, cap))
        other(&p, text, cap);
    free(numbers);
    return WRONG;
}
