// SPDX-License-Identifier: MIT
// lastwords.c: see lastwords.h.

#include "lastwords.h"

#include "kit.h"
#include "world.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

enum { FRAMES = 48, SHOWN = 16, LINE = 1024 };

static int file = -1;
static uintptr_t loaded_at, code_begin, code_end; // of the program itself, without libraries
static atomic_flag speaking = ATOMIC_FLAG_INIT;

// -- a line, made without the C library -------------------------------------------------------------

struct line {
    char text[LINE];
    size_t length;
};

static void put(struct line *line, const char *text) {
    while (*text && line->length < LINE - 1)
        line->text[line->length++] = *text++;
}

static void put_number(struct line *line, uintptr_t value, unsigned base) {
    char digits[24];
    size_t n = sizeof digits - 1;
    digits[n] = '\0';
    do {
        digits[--n] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);
    put(line, digits + n);
}

// The text of an error may hold what JSON would have to escape.
static void put_plain(struct line *line, const char *text) {
    for (; *text && line->length < LINE / 2; text++) {
        const char one[2] = {(unsigned char)*text < 0x20 ? ' ' : *text, '\0'};
        put(line, *text == '"' || *text == '\\' ? "'" : one);
    }
}

static bool is_ours(uintptr_t address) {
    return address >= code_begin && address < code_end;
}

// frames: return addresses, the innermost first; exact: the first of them is the place itself.
static void write_line(int number, const char *call, const char *text, void *const *frames,
                       int count, bool exact) {
    struct line line = {.length = 0};
    put(&line, "{\"v\":1,\"kind\":\"crash\",\"rank\":");
    put_number(&line, (uintptr_t)world.rank, 10);
    put(&line, ",\"signal\":");
    put_number(&line, (uintptr_t)number, 10);
    put(&line, ",\"call\":\"");
    put_plain(&line, call);
    put(&line, "\",\"text\":\"");
    put_plain(&line, text);
    put(&line, "\",\"at\":\"");
    for (int i = 0, shown = 0; i < count && shown < SHOWN; i++) {
        const uintptr_t at = (uintptr_t)frames[i];
        if (!is_ours(at))
            continue;
        put(&line, shown++ ? " 0x" : "0x");
        put_number(&line, at - loaded_at - (exact && i == 0 ? 0 : 1), 16);
    }
    put(&line, "\"}\n");
    // (a file on a full disk takes nothing: then there are no last words)
    if (write(file, line.text, line.length) < 0)
        return;
}

// -- a signal ---------------------------------------------------------------------------------------

// Where the processor was; 0: not known for this kind of machine.
static uintptr_t place_of(const void *context) {
    const ucontext_t *const at = context;
#if defined __x86_64__
    return (uintptr_t)at->uc_mcontext.gregs[REG_RIP];
#elif defined __aarch64__
    return (uintptr_t)at->uc_mcontext.pc;
#else
    (void)at;
    return 0;
#endif
}

static void on_signal(int number, siginfo_t *info, void *context) {
    void *frames[FRAMES];
    (void)info;
    if (atomic_flag_test_and_set(&speaking))
        for (;;) // another thread speaks, and ends all of them
            pause();
    alarm(5); // a stack that is damaged may be walked for ever
    const int count = backtrace(frames, FRAMES);
    const uintptr_t place = place_of(context);
    int first = 0; // of the program's, behind this handler's own
    while (first < count && (uintptr_t)frames[first] != place)
        first++;
    const bool known = first < count;
    write_line(number, "", "", known ? frames + first : frames, known ? count - first : count,
               known);
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_signals(void) {
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    static char stack[1 << 16]; // where the program's own has overflown
    const stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    void *frames[2];
    backtrace(frames, 2); // loads what it needs now, and not in the handler
    action.sa_sigaction = on_signal;
    sigaltstack(&other, NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}

// -- an error of MPI --------------------------------------------------------------------------------

// The function of MPI that the frames are in, as the program called it.
static const char *call_of(void *const *frames, int count) {
    const char *call = "MPI";
    Dl_info info;
    for (int i = 0; i < count; i++)
        if (dladdr(frames[i], &info) && info.dli_sname) {
            const char *const name = info.dli_sname + (*info.dli_sname == 'P');
            if (strncmp(name, "MPI_", 4) == 0)
                call = name;
        }
    return call;
}

static void on_error(MPI_Comm *comm, int *code, ...) {
    void *frames[FRAMES];
    char text[MPI_MAX_ERROR_STRING] = "";
    int length;
    (void)comm;
    if (!atomic_flag_test_and_set(&speaking)) {
        const int count = backtrace(frames, FRAMES);
        MPI_Error_string(*code, text, &length);
        text[strcspn(text, "\n")] = '\0';
        write_line(0, call_of(frames, count), text, frames, count, false);
    }
    MPI_Abort(MPI_COMM_WORLD, 1);
}

bool last_words_of_mpi(void) {
    MPI_Errhandler handler;
    if (file < 0 || !world.mpi)
        return true;
    if (MPI_Comm_create_errhandler(on_error, &handler) != MPI_SUCCESS)
        return refuse("MPI does not let its errors be handled.");
    // Communicators that are made of these have their handler.
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, handler);
    MPI_Comm_set_errhandler(MPI_COMM_SELF, handler);
    MPI_Comm_set_errhandler(world.comm, handler);
    MPI_Errhandler_free(&handler);
    return true;
}

// -- all --------------------------------------------------------------------------------------------

static int look_at_program(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size, (void)unused;
    loaded_at = info->dlpi_addr;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *const part = &info->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && part->p_flags & PF_X) {
            code_begin = loaded_at + part->p_vaddr;
            code_end = code_begin + part->p_memsz;
        }
    }
    return 1; // the first one is the program; no further one
}

bool last_words_begin(const char *path) {
    file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return refuse("Cannot write last words to %s: %s; name a file you may write to.", path,
                      strerror(errno));
    dl_iterate_phdr(look_at_program, NULL);
    catch_signals();
    return last_words_of_mpi();
}
