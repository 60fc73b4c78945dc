// SPDX-License-Identifier: MIT
//
// machine.c: given. A stack machine with counted objects.
//
// Theory of operation. Every value is an object, and every place that holds it (the stack, a
// variable) is counted in it; at 0 the object goes to a list from which the next one is taken. Small
// numbers are made once, and all tasks refer to the same: so each instruction writes to memory that
// all threads share, as in CPython. Nothing here takes a lock. Who calls has to.

#include "machine.h"

#include "code.h"

#include <stdlib.h>

// -- objects -----------------------------------------------------------------------------------------

enum { SMALL = 256, BLOCK = 256, DEPTH = 16 };

struct object {
    long count; // of places that hold it
    long value;
    struct object *next; // in the list of free objects
};

struct block {
    struct block *next;
    struct object object[BLOCK];
};

struct interpreter {
    struct object small[SMALL]; // the numbers 0 to 255
    struct object *free;        // a list
    struct block *blocks;       // all objects that were ever asked for
    unsigned char *done;        // [room] 1 where that task has ended
    int room;
};

struct interpreter *interpreter_new(void) {
    struct interpreter *const in = calloc(1, sizeof *in);
    for (int i = 0; in && i < SMALL; i++)
        in->small[i] = (struct object){.count = 1, .value = i};
    return in;
}

void interpreter_free(struct interpreter *in) {
    for (struct block *next; in && in->blocks; in->blocks = next) {
        next = in->blocks->next;
        free(in->blocks);
    }
    if (in)
        free(in->done);
    free(in);
}

// A further block of free objects. No memory: there is no going on, as in any interpreter.
static void more_objects(struct interpreter *in) {
    struct block *const block = malloc(sizeof *block);
    if (!block)
        abort();
    block->next = in->blocks;
    in->blocks = block;
    for (int i = 0; i < BLOCK; i++) {
        block->object[i].next = in->free;
        in->free = &block->object[i];
    }
}

static struct object *keep(struct object *object) {
    object->count++;
    return object;
}

static void drop(struct interpreter *in, struct object *object) {
    if (object && --object->count == 0) {
        object->next = in->free;
        in->free = object;
    }
}

static struct object *make_number(struct interpreter *in, long value) {
    if (value >= 0 && value < SMALL)
        return keep(&in->small[value]);
    if (!in->free)
        more_objects(in);
    struct object *const object = in->free;
    in->free = object->next;
    object->count = 1;
    object->value = value;
    return object;
}

// -- tasks that have ended ---------------------------------------------------------------------------

// Before the first task there is nothing to wait for.
static bool has_ended(const struct interpreter *in, int task) {
    return task < 0 || (task < in->room && in->done[task]);
}

static void note_end(struct interpreter *in, int task) {
    if (task >= in->room) {
        const int room = 2 * (task + 1);
        unsigned char *const done = realloc(in->done, (size_t)room);
        if (!done)
            abort();
        for (int i = in->room; i < room; i++)
            done[i] = 0;
        in->done = done;
        in->room = room;
    }
    in->done[task] = 1;
}

// -- virtual machines --------------------------------------------------------------------------------

struct vm {
    struct gil *g;
    struct interpreter *in;
    const struct problem *problem;
    int task;
    const struct instruction *at; // the next one
    struct object *stack[DEPTH], **top;
    struct object *variable[VARIABLES];
    bool waits;       // for an answer
    long reply;       // which has come; 0: it has not
    struct line line; // to who answers
    bool alone;       // in an interpreter that is not this process's
};

struct vm *vm_open(struct gil *g) {
    const struct problem *const problem = g->of;
    struct vm *const vm = calloc(1, sizeof *vm);
    if (!vm)
        abort();
    vm->alone = g->interpreter != problem->g.interpreter;
    if (vm->alone && problem->program == PROGRAM_CHAIN)
        refuse("program=chain waits for what another task stores, and an interpreter of its own "
               "never sees that; take another program, or the version omp.");
    vm->g = g;
    vm->in = g->interpreter;
    vm->problem = problem;
    vm->line.fd = -1;
    vm->top = vm->stack;
    return vm;
}

void vm_close(struct vm *vm) {
    if (vm)
        line_close(&vm->line);
    free(vm);
}

static void push(struct vm *vm, struct object *object) {
    *vm->top++ = object;
}

static struct object *pop(struct vm *vm) {
    return *--vm->top;
}

static void store(struct vm *vm, int variable, struct object *object) {
    drop(vm->in, vm->variable[variable]);
    vm->variable[variable] = object;
}

void vm_load(struct vm *vm, int task) {
    vm->task = task;
    vm->at = code_begin(vm->problem->program);
    vm->waits = false;
    vm->reply = 0;
    store(vm, N, make_number(vm->in, problem_start(vm->problem, task)));
    store(vm, STOP, make_number(vm->in, vm->variable[N]->value + vm->problem->numbers));
}

static long combine(enum operation operation, long x, long y) {
    switch (operation) {
    case ADD:
        return x + y;
    case MUL:
        return x * y;
    case MOD:
        return x % y;
    default:
        return x < y;
    }
}

static void two(struct vm *vm, enum operation operation) {
    struct object *const y = pop(vm), *const x = pop(vm);
    push(vm, make_number(vm->in, combine(operation, x->value, y->value)));
    drop(vm->in, x);
    drop(vm->in, y);
}

// The answer is noted and added to the sum; what the task still held is given back.
static void end(struct vm *vm) {
    struct object *const answer = pop(vm);
    vm->g->answer[vm->task] = answer->value;
    vm->g->answer[vm->g->tasks] += answer->value;
    drop(vm->in, answer);
    for (int i = 0; i < VARIABLES; i++)
        store(vm, i, NULL);
    note_end(vm->in, vm->task);
}

// One instruction, other than WAIT and END.
static void step(struct vm *vm) {
    const struct instruction *const now = vm->at++;
    struct object *x;
    switch (now->operation) {
    case PUSH:
        push(vm, make_number(vm->in, now->with));
        break;
    case LOAD:
        push(vm, keep(vm->variable[now->with]));
        break;
    case STORE:
        store(vm, now->with, pop(vm));
        break;
    case JUMP:
        vm->at = code_at(now->with);
        break;
    case UNLESS:
        x = pop(vm);
        if (x->value == 0)
            vm->at = code_at(now->with);
        drop(vm->in, x);
        break;
    case BEFORE:
        push(vm, make_number(vm->in, has_ended(vm->in, vm->task - 1)));
        break;
    default:
        two(vm, now->operation);
    }
}

enum stop vm_run(struct vm *vm, double seconds) {
    enum { LOOK = 1000 }; // instructions between two looks at the clock
    const double until = now() + seconds;
    if (vm->alone && vm->problem->program == PROGRAM_CHAIN)
        return VM_END; // refused: vm_open()
    while (!vm->waits) {
        for (int i = 0; i < LOOK; i++) {
            if (vm->at->operation == END) {
                end(vm);
                return VM_END;
            }
            if (vm->at->operation == WAIT) {
                vm->waits = true;
                return VM_WAIT;
            }
            step(vm);
        }
        if (now() >= until)
            return VM_SLICE;
    }
    return VM_WAIT; // the answer was not given to it
}

int vm_ask(struct vm *vm) {
    return line_ask(&vm->line, &vm->problem->outside, vm->task);
}

void vm_hear(struct vm *vm) {
    vm->reply = line_hear(&vm->line, &vm->problem->outside, vm->task);
}

void vm_wait(struct vm *vm) {
    if (vm->problem->outside.kind == OUTSIDE_KNOWN || vm_ask(vm) >= 0)
        vm_hear(vm);
}

void vm_answer(struct vm *vm) {
    if (!vm->waits)
        return;
    // Who does not wait gets what an empty buffer holds.
    push(vm, make_number(vm->in, vm->reply));
    vm->waits = false;
    vm->reply = 0;
    vm->at++;
}

double problem_cost(const struct problem *of) {
    enum { TASKS = 4, TIMES = 3 }; // the quickest of some times: others disturb the caches
    long answer[TASKS + 1] = {0};
    struct problem problem = *of;
    double least = 0;
    problem.program = PROGRAM_PRIMES;
    problem.g.of = &problem;
    problem.g.tasks = TASKS;
    problem.g.answer = answer;
    problem.g.interpreter = interpreter_new();
    struct vm *const vm = problem.g.interpreter ? vm_open(&problem.g) : NULL;
    for (int i = 0; vm && i < TIMES; i++) {
        const double begin = cpu_seconds();
        for (int task = 0; task < TASKS; task++) {
            vm_load(vm, task);
            while (vm_run(vm, 1) != VM_END)
                ;
        }
        const double one = (cpu_seconds() - begin) / TASKS;
        least = i == 0 || one < least ? one : least;
    }
    if (vm)
        vm_close(vm);
    interpreter_free(problem.g.interpreter);
    return least;
}
