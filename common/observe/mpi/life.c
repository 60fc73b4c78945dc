// SPDX-License-Identifier: MIT
//
// life.c: a rank's life, and its end: MPI_Finalize, exit without it, a signal, an error of MPI.

#include "../tasks.h"
#include "handles.h"
#include <execinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

// -- signals -----------------------------------------------------------------------------------------

static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { SIGNALS = sizeof signals / sizeof *signals };
static struct sigaction former[SIGNALS]; // whose turn it is after ours

static uint64_t fault_pc(const void *context) {
#if defined __x86_64__
    return (uint64_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#elif defined __aarch64__
    return ((const ucontext_t *)context)->uc_mcontext.pc;
#else
    (void)context;
    return 0;
#endif
}

// The innermost place in the program itself: the fault may be in a library that it called. A place
// that was called from is told as all places are, as a return address.
static uint64_t place_of(const void *context) {
    void *frames[48];
    const uint64_t pc = fault_pc(context);
    if (rank_has(pc))
        return pc + 1;
    const int count = backtrace(frames, 48);
    for (int i = 0; i < count; i++)
        if (rank_has((uint64_t)(uintptr_t)frames[i]))
            return (uint64_t)(uintptr_t)frames[i];
    return 0;
}

static void on_signal(int number, siginfo_t *info, void *context) {
    struct board_slot *const slot = self.slot;
    if (slot && slot->pid == getpid() && atomic_load(&slot->state) == STATE_RUNNING) {
        messages_settle(1);
        slot->crash_signal = number;
        slot->crash_pc = place_of(context);
        atomic_store(&slot->state, STATE_SIGNALLED);
        apart_tell();
    }
    // The signal comes again, to whoever was there before: a fault when the instruction is tried
    // again, any other by being raised.
    for (int i = 0; i < SIGNALS; i++)
        if (signals[i] == number)
            sigaction(number, &former[i], NULL);
    if (info->si_code <= 0)
        raise(number);
}

static void catch_signals(void) {
    static char stack[1 << 16]; // a stack overflow leaves no other
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack}, now;
    if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE))
        sigaltstack(&own, NULL);
    void *first[2];
    backtrace(first, 2); // loads what it needs now, not in the handler
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &action, &former[i]);
}

// -- errors of MPI -------------------------------------------------------------------------------------

static enum board_fault fault_of(int class) {
    switch (class) {
    case MPI_ERR_BUFFER:
        return FAULT_BUFFER;
    case MPI_ERR_COUNT:
        return FAULT_COUNT;
    case MPI_ERR_TYPE:
        return FAULT_TYPE;
    case MPI_ERR_TAG:
        return FAULT_TAG;
    case MPI_ERR_COMM:
        return FAULT_COMM;
    case MPI_ERR_RANK:
        return FAULT_RANK;
    case MPI_ERR_REQUEST:
        return FAULT_REQUEST;
    case MPI_ERR_ROOT:
        return FAULT_ROOT;
    case MPI_ERR_GROUP:
        return FAULT_GROUP;
    case MPI_ERR_OP:
        return FAULT_OP;
    case MPI_ERR_TRUNCATE:
        return FAULT_TRUNCATE;
    case MPI_ERR_ARG:
        return FAULT_ARG;
    case MPI_ERR_RMA_SYNC:
    case MPI_ERR_RMA_CONFLICT:
        return FAULT_EPOCH;
    case MPI_ERR_WIN:
    case MPI_ERR_BASE:
    case MPI_ERR_SIZE:
    case MPI_ERR_DISP:
        return FAULT_WINDOW;
    default:
        return FAULT_OTHER;
    }
}

// Has the checker said of this call, in words of its own, what MPI may refuse?
static bool is_said(const struct board_slot *slot) {
    for (uint32_t i = 0; i < atomic_load(&slot->find_count); i++) {
        const struct board_find *const find = &slot->finds[i];
        const bool refusable = find->rule >= RULE_NO_EPOCH || find->rule == RULE_STARTED_TWICE ||
                               find->rule == RULE_ALIAS || find->rule == RULE_NO_BUFFER ||
                               find->rule == RULE_COLL_COUNT || find->rule == RULE_BLOCK_COUNT;
        if (find->pc == slot->pc && refusable)
            return true;
    }
    return false;
}

static void note_error(int code, enum board_fault fault, bool returned) {
    int length = 0;
    char text[MPI_MAX_ERROR_STRING] = "";
    const struct board_slot *const slot = self.slot;
    struct board_find *const find = is_said(slot) ? NULL : find_add(RULE_MPI_ERROR, slot->pc, 0);
    if (!find)
        return;
    PMPI_Error_string(code, text, &length);
    text[strcspn(text, "\n")] = '\0';
    char *const more = strstr(text, ", error stack:"); // of MPICH, in lines that follow
    if (more)
        *more = '\0';
    memcpy(find->text, text, sizeof find->text - 1);
    find->other = returned ? self.rank : -1;
    find->n[0] = fault;
    find->n[1] = slot->said_peer;
    find->n[2] = slot->tag;
    find->n[3] = slot->said_to;
}

void rank_refused(int code) {
    int class = 0;
    struct board_slot *const slot = self.slot;
    if (!slot)
        return;
    thread_is_back();
    messages_settle(1);
    PMPI_Error_class(code, &class);
    note_error(code, fault_of(class), false);
    atomic_store(&slot->state, STATE_ERROR);
    apart_tell();
}

// Stands in for MPI_ERRORS_ARE_FATAL: notes which call it was, then lets that do its work.
static void on_error(MPI_Comm *comm, int *code, ...) {
    rank_refused(*code);
    PMPI_Comm_set_errhandler(*comm, MPI_ERRORS_ARE_FATAL);
    PMPI_Comm_call_errhandler(*comm, *code);
}

// Stands in for MPI_ERRORS_RETURN: the program goes on. What an argument is to blame for is wrong all
// the same; other errors a program may well expect, and look at what the call returns.
static void on_error_returned(MPI_Comm *comm, int *code, ...) {
    int class = 0;
    (void)comm;
    PMPI_Error_class(*code, &class);
    const enum board_fault fault = fault_of(class);
    if (!self.slot || fault < FAULT_BUFFER || fault > FAULT_OP)
        return;
    const bool back = thread_is_back();
    note_error(*code, fault, true);
    if (back) // it returns now
        thread_lets_in(false);
}

static MPI_Errhandler returning = MPI_ERRHANDLER_NULL;

int MPI_Comm_set_errhandler(MPI_Comm comm, MPI_Errhandler handler) {
    const bool ours = handler == MPI_ERRORS_RETURN && returning != MPI_ERRHANDLER_NULL;
    return PMPI_Comm_set_errhandler(comm, ours ? returning : handler);
}

// -- begin and end ---------------------------------------------------------------------------------------

static void on_exit_of_rank(void) {
    struct board_slot *const slot = self.slot;
    if (slot && slot->pid == getpid() && atomic_load(&slot->state) == STATE_RUNNING) {
        messages_settle(1);
        atomic_store(&slot->state, STATE_EXITED);
        apart_tell();
    }
}

// What there was before MPI began; what there is more, when it has, is its own.
struct before {
    struct tasks tasks;
    uint64_t caught; // a bit for each signal with a handler, as in /proc
};

static uint64_t caught(void) {
    uint64_t all = 0;
    struct sigaction action;
    for (int signal = 1; signal < SIGRTMIN; signal++)
        if (sigaction(signal, NULL, &action) == 0 && action.sa_handler != SIG_DFL &&
            action.sa_handler != SIG_IGN)
            all |= (uint64_t)1 << (signal - 1);
    return all;
}

static void look_before(struct before *before) {
    tasks_list(0, &before->tasks);
    before->caught = caught();
}

static void note_more(const struct before *before) {
    struct board_slot *const slot = self.slot;
    static struct tasks now;
    uint32_t count = 0;
    tasks_list(0, &now);
    for (int i = 0; i < now.count; i++)
        if (!tasks_have(&before->tasks, now.tid[i]) && count++ < BOARD_TASKS)
            slot->mpi_tasks[count - 1] = now.tid[i];
    slot->tasks = count + 1;
    slot->mpi_caught = caught() & ~before->caught;
}

static void begin(const struct before *before) {
    rank_attach();
    if (!self.slot)
        return;
    note_more(before);
    comms_begin();
    threads_begin();
    if (self.apart)
        apart_begin();
    MPI_Errhandler handler;
    if (PMPI_Comm_create_errhandler(on_error, &handler) == MPI_SUCCESS) {
        PMPI_Comm_set_errhandler(MPI_COMM_WORLD, handler);
        PMPI_Errhandler_free(&handler);
    }
    if (PMPI_Comm_create_errhandler(on_error_returned, &returning) != MPI_SUCCESS)
        returning = MPI_ERRHANDLER_NULL;
    catch_signals();
    atexit(on_exit_of_rank);
}

int MPI_Init(int *argc, char ***argv) {
    static struct before before;
    look_before(&before);
    const int error = PMPI_Init(argc, argv);
    if (error == MPI_SUCCESS)
        begin(&before);
    return error;
}

int MPI_Init_thread(int *argc, char ***argv, int required, int *provided) {
    static struct before before;
    look_before(&before);
    const int error = PMPI_Init_thread(argc, argv, required, provided);
    if (error == MPI_SUCCESS)
        begin(&before);
    return error;
}

int MPI_Abort(MPI_Comm comm, int code) {
    if (self.slot) {
        messages_settle(1);
        atomic_store(&self.slot->state, STATE_ABORTED);
        apart_tell();
    }
    return PMPI_Abort(comm, code);
}

int MPI_Finalize(void) {
    ENTER(Finalize, PMPI_Finalize());
    if (!call_enter(CALL_Finalize, HERE))
        return PMPI_Finalize();
    if (!self.confused) {
        requests_left();
        comms_left();
        handles_left();
    }
    call_waits(true);
    const int error = PMPI_Finalize();
    atomic_store(&self.slot->state, STATE_FINALIZED);
    call_waited(true);
    apart_tell();
    return error;
}
