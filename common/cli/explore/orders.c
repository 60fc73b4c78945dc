// SPDX-License-Identifier: MIT

#include "orders.h"

#include <string.h>

int program_steps(const struct program *program, enum step *steps) {
    int n = 0;
    for (int i = 0; i < program->times; i++)
        switch (program->guard) {
        case GUARD_ATOMIC:
            steps[n++] = STEP_ATOMIC;
            break;
        case GUARD_PRIVATE:
            steps[n++] = STEP_COUNT;
            break;
        case GUARD_CRITICAL:
        case GUARD_NONE:
            if (program->guard == GUARD_CRITICAL)
                steps[n++] = STEP_LOCK;
            steps[n++] = STEP_LOAD;
            steps[n++] = STEP_ADD;
            steps[n++] = STEP_STORE;
            if (program->guard == GUARD_CRITICAL)
                steps[n++] = STEP_UNLOCK;
        }
    if (program->guard == GUARD_PRIVATE)
        steps[n++] = STEP_ATOMIC; // adds what the thread has counted
    return n;
}

// -- the machine ------------------------------------------------------------------------------------

struct machine {
    int counter, lock;             // lock: the thread that holds it, -1: none
    int at[ORDERS_THREADS];        // the next step of each thread
    int reg[ORDERS_THREADS];       // its register, or its own count
    enum step steps[ORDERS_STEPS]; // the same for every thread
    int count;                     // of steps
    bool counts;                   // each thread for itself
};

static void start(struct machine *m, const struct program *program) {
    memset(m, 0, sizeof *m);
    m->lock = -1;
    m->count = program_steps(program, m->steps);
    m->counts = program->guard == GUARD_PRIVATE;
}

static bool can_step(const struct machine *m, int thread) {
    return m->at[thread] < m->count && (m->steps[m->at[thread]] != STEP_LOCK || m->lock < 0);
}

static void take_step(struct machine *m, int thread) {
    switch (m->steps[m->at[thread]++]) {
    case STEP_LOAD:
        m->reg[thread] = m->counter;
        break;
    case STEP_ADD:
    case STEP_COUNT:
        m->reg[thread]++;
        break;
    case STEP_STORE:
        m->counter = m->reg[thread];
        break;
    case STEP_LOCK:
        m->lock = thread;
        break;
    case STEP_UNLOCK:
        m->lock = -1;
        break;
    case STEP_ATOMIC:
        m->counter += m->counts ? m->reg[thread] : 1;
        break;
    }
}

// -- the walk ---------------------------------------------------------------------------------------

struct walk {
    const struct program *program;
    struct orders *orders;
    double most;        // orders to walk
    struct order order; // up to the step at hand
};

static void keep_shorter(struct order *best, const struct order *order) {
    if (best->steps == 0 || order->switches < best->switches)
        *best = *order;
}

static void finish(struct walk *walk, int counter) {
    struct orders *const orders = walk->orders;
    const bool right = counter == walk->program->threads * walk->program->times;
    walk->order.end = counter;
    orders->total++;
    orders->lost += !right;
    orders->ends[counter]++;
    keep_shorter(right ? &orders->right : &orders->wrong, &walk->order);
}

static void go_on(struct walk *walk, const struct machine *before, int last) {
    struct order *const order = &walk->order;
    bool ended = true;
    for (int t = 0; t < walk->program->threads && walk->orders->total <= walk->most; t++) {
        if (!can_step(before, t))
            continue;
        struct machine m = *before;
        ended = false;
        take_step(&m, t);
        order->thread[order->steps++] = (unsigned char)t;
        order->switches += last >= 0 && t != last;
        go_on(walk, &m, t);
        order->switches -= last >= 0 && t != last;
        order->steps--;
    }
    if (ended)
        finish(walk, before->counter);
}

bool orders_walk(const struct program *program, double most, struct orders *orders) {
    struct walk walk = {.program = program, .orders = orders, .most = most};
    struct machine m;
    memset(orders, 0, sizeof *orders);
    start(&m, program);
    go_on(&walk, &m, -1);
    return orders->total <= most;
}

void order_replay(const struct program *program, const struct order *order, struct done *done) {
    struct machine m;
    start(&m, program);
    for (int i = 0; i < order->steps; i++) {
        const int t = order->thread[i];
        const enum step step = m.steps[m.at[t]];
        take_step(&m, t);
        done[i] = (struct done){t, step, m.reg[t], m.counter};
    }
}
