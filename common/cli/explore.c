// SPDX-License-Identifier: MIT
//
// explore.c: `twofold explore`: all orders in which threads can add to one counter, and which of
// them lose an addition, step by step.

#include "explore/orders.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ORDERS_MAX = 20000000 };

static const struct argp_option list[] = {
    {"threads", 't', "T", 0, "So many threads, 1 to 4 (2)", 0},
    {"times", 'n', "N", 0, "Each adds 1 so often, 1 to 4 (1)", 0},
    {"guard", 'g', "HOW", 0, "none, critical, atomic or private (none)", 0},
    {"order", 'o', "STEPS", 0,
     "Show this order: who takes each step, as in 010011 (threads are 0 to 3)", 0},
    {"json", 'j', NULL, 0, "One JSON object on stdout", 0},
    {0}};

static const char doc[] =
    "Walk through all orders in which threads can add to a shared counter. "
    "count++ is three steps, and between two of them another thread may take any of its own. All "
    "orders are counted, those that lose an addition too, and the shortest of these is shown step "
    "by step.\v"
    "Guards: critical puts a lock round the three steps; atomic makes them one; private lets each "
    "thread count for itself and add its count at the end, as a reduction does.\n\n"
    "Exit status: 0 no order loses an addition, 1 some do, 2 bad usage.";

static const char *const guards[] = {"none", "critical", "atomic", "private"};

struct request {
    struct program program;
    const char *order;
    bool json;
};

static int number(struct argp_state *state, const char *name, const char *text, int most) {
    char *end;
    const long n = strtol(text, &end, 10);
    if (!*text || *end || n < 1 || n > most)
        argp_error(state, "--%s is a whole number from 1 to %d, not '%s'.", name, most, text);
    return (int)n;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    switch (key) {
    case 't':
        r->program.threads = number(state, "threads", arg, ORDERS_THREADS);
        return 0;
    case 'n':
        r->program.times = number(state, "times", arg, ORDERS_TIMES);
        return 0;
    case 'g':
        for (size_t i = 0; i < sizeof guards / sizeof *guards; i++)
            if (!strcmp(arg, guards[i])) {
                r->program.guard = (enum guard)i;
                return 0;
            }
        argp_error(state, "--guard is none, critical, atomic or private, not '%s'.", arg);
        return EINVAL;
    case 'o':
        r->order = arg;
        return 0;
    case 'j':
        r->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "'%s' is not an option.", arg);
        return EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

// -- drawing ----------------------------------------------------------------------------------------

// What a step did, in C.
static void say_step(const struct program *program, const struct done *done, char *text,
                     size_t cap) {
    switch (done->step) {
    case STEP_LOAD:
        snprintf(text, cap, "r = count   (%d)", done->value);
        break;
    case STEP_ADD:
        snprintf(text, cap, "r = r + 1   (%d)", done->value);
        break;
    case STEP_STORE:
        snprintf(text, cap, "count = r   (%d)", done->value);
        break;
    case STEP_LOCK:
        snprintf(text, cap, "lock");
        break;
    case STEP_UNLOCK:
        snprintf(text, cap, "unlock");
        break;
    case STEP_ATOMIC:
        if (program->guard == GUARD_PRIVATE)
            snprintf(text, cap, "count += mine (%d)", done->value);
        else
            snprintf(text, cap, "count += 1");
        break;
    case STEP_COUNT:
        snprintf(text, cap, "mine += 1   (%d)", done->value);
        break;
    }
}

static void draw(const struct program *program, const struct order *order) {
    struct done done[ORDERS_STEPS];
    order_replay(program, order, done);
    printf("%6s", "step");
    for (int t = 0; t < program->threads; t++)
        printf("  thread %d          ", t);
    puts("  count");
    for (int i = 0; i < order->steps; i++) {
        char text[48];
        say_step(program, &done[i], text, sizeof text);
        printf("%6d", i + 1);
        for (int t = 0; t < program->threads; t++)
            printf("  %-18s", t == done[i].thread ? text : "");
        printf("  %5d\n", done[i].counter);
    }
}

// The first store that takes the counter back over what another thread had stored after the load.
static void explain(const struct program *program, const struct order *order) {
    struct done done[ORDERS_STEPS];
    order_replay(program, order, done);
    for (int i = 0; i < order->steps; i++) {
        int load = i, other = -1;
        if (done[i].step != STEP_STORE)
            continue;
        while (load > 0 && !(done[load].thread == done[i].thread && done[load].step == STEP_LOAD))
            load--;
        for (int k = load; k < i; k++)
            if (done[k].step == STEP_STORE && done[k].thread != done[i].thread)
                other = k;
        if (other >= 0) {
            printf("Thread %d has read %d in step %d. In step %d it stores %d, over the %d that "
                   "thread %d stored\nin step %d: that addition is lost. Thread %d could not know: "
                   "its register is its own.\n",
                   done[i].thread, done[load].value, load + 1, i + 1, done[i].value,
                   done[other].value, done[other].thread, other + 1, done[i].thread);
            return;
        }
    }
}

// -- what was found ---------------------------------------------------------------------------------

static const char *often(int times) {
    static const char *const words[] = {"", "once", "twice", "three times", "four times"};
    return words[times];
}

static void say(const struct program *program, const struct orders *orders) {
    enum step steps[ORDERS_STEPS];
    const int count = program_steps(program, steps), all = program->threads * program->times;
    printf("%d thread%s add%s 1 to a counter, %s%s; guard: %s. A thread takes %d step%s.\n",
           program->threads, program->threads == 1 ? "" : "s", program->threads == 1 ? "s" : "",
           program->threads == 1 ? "" : "each ", often(program->times), guards[program->guard],
           count, count == 1 ? "" : "s");
    printf("%.0f of %.0f possible orders lose an addition.\n\n", orders->lost, orders->total);
    puts("  count at the end     orders");
    for (int end = all; end >= 0; end--)
        if (orders->ends[end] > 0)
            printf("  %16d  %9.0f   %s\n", end, orders->ends[end],
                   end == all ? "right" : "too low");
    if (orders->wrong.steps) {
        printf("\nThe shortest order that loses one (the threads change %d time%s):\n\n",
               orders->wrong.switches, orders->wrong.switches == 1 ? "" : "s");
        draw(program, &orders->wrong);
        putchar('\n');
        explain(program, &orders->wrong);
        puts("\nA run shows one order, and seldom a bad one. `--guard critical`, `atomic` and "
             "`private` show\nwhat forbids the bad ones.");
    } else if (program->threads > 1) {
        puts("\nNo order loses an addition. One of them:\n");
        draw(program, &orders->right);
    }
}

static void say_json(const struct program *program, const struct orders *orders) {
    const struct order *const wrong = &orders->wrong;
    printf("{\"v\":1,\"threads\":%d,\"times\":%d,\"guard\":\"%s\",\"orders\":%.0f,\"lost\":%.0f,"
           "\"ends\":{",
           program->threads, program->times, guards[program->guard], orders->total, orders->lost);
    const char *comma = "";
    for (int end = 0; end <= program->threads * program->times; end++)
        if (orders->ends[end] > 0) {
            printf("%s\"%d\":%.0f", comma, end, orders->ends[end]);
            comma = ",";
        }
    printf("},\"shortest\":\"");
    for (int i = 0; i < wrong->steps; i++)
        printf("%d", wrong->thread[i]);
    puts("\"}");
}

// -- one order --------------------------------------------------------------------------------------

// Reads 0s, 1s ... into order. False: it is no order of this program; why it is not was said.
static bool read_order(const struct program *program, const char *text, struct order *order) {
    enum step steps[ORDERS_STEPS];
    const int each = program_steps(program, steps);
    int taken[ORDERS_THREADS] = {0}, holder = -1;
    memset(order, 0, sizeof *order);
    for (const char *c = text; *c; c++) {
        const int t = *c - '0';
        if (t < 0 || t >= program->threads) {
            fprintf(stderr,
                    "twofold explore: an order is written with the numbers of the threads, 0 to "
                    "%d, and '%c' is none of them.\n",
                    program->threads - 1, *c);
            return false;
        }
        if (taken[t] == each) {
            fprintf(stderr,
                    "twofold explore: thread %d has only %d steps, and '%s' gives it more.\n", t,
                    each, text);
            return false;
        }
        const enum step step = steps[taken[t]++];
        if (step == STEP_LOCK && holder >= 0) {
            fprintf(stderr,
                    "twofold explore: '%s' cannot happen: at step %d thread %d waits for the lock, "
                    "which thread %d holds.\n",
                    text, order->steps + 1, t, holder);
            return false;
        }
        holder = step == STEP_LOCK ? t : step == STEP_UNLOCK ? -1 : holder;
        order->switches += order->steps > 0 && order->thread[order->steps - 1] != t;
        order->thread[order->steps++] = (unsigned char)t;
    }
    if (order->steps < each * program->threads) {
        fprintf(stderr,
                "twofold explore: '%s' has %d steps; %d threads of %d steps each need %d.\n", text,
                order->steps, program->threads, each, each * program->threads);
        return false;
    }
    return true;
}

static int show_order(const struct program *program, const char *text) {
    struct order order;
    struct done done[ORDERS_STEPS];
    if (!read_order(program, text, &order))
        return 2;
    order_replay(program, &order, done);
    const int end = done[order.steps - 1].counter, all = program->threads * program->times;
    draw(program, &order);
    printf("\nThe counter ends as %d, and %d %s right.\n", end, all,
           end == all ? "is" : "would be");
    if (end != all)
        explain(program, &order);
    return end != all;
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, NULL, doc, NULL, NULL, NULL};
    static struct orders orders;
    struct request r = {.program = {.threads = 2, .times = 1}};
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &r);
    int status;
    if (r.order) {
        status = show_order(&r.program, r.order);
    } else if (!orders_walk(&r.program, ORDERS_MAX, &orders)) {
        fprintf(stderr,
                "twofold explore: %d threads that each add %s have more than %d orders; ask for "
                "fewer threads or times.\n",
                r.program.threads, often(r.program.times), ORDERS_MAX);
        return 2;
    } else {
        status = orders.lost > 0;
        if (r.json)
            say_json(&r.program, &orders);
        else
            say(&r.program, &orders);
    }
    if (fflush(stdout) != 0) {
        perror("twofold explore: the result could not be written");
        return 2;
    }
    return status;
}
