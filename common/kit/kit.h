// SPDX-License-Identifier: MIT
//
// kit.h: what the kit gives to a lab and to a student's file. Functions are grouped by the file
// that defines them.

#ifndef TWOFOLD_KIT_H
#define TWOFOLD_KIT_H

#include <mpi.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// -- say.c: words for a person -------------------------------------------------------------------

// Remembers one whole sentence (printf format, no newline) that says why a problem or a request is
// refused: what was wrong, with the value, and the next step. The kit prints the first one given,
// once for all ranks. Returns false, so that `return refuse(...)` reads well.
bool refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

// A starter calls this in place of the code that is still to be written: todo(__func__, __FILE__).
// The run ends with "heat_omp is not written yet ..." and exit status 3. Every rank may call it.
void todo(const char *function, const char *file);

// A line of talk on stderr, "heat: ..." before it; for warnings. Ranks other than 0 are silent.
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

// -- value.c: parameters as a person typed them --------------------------------------------------

// Reads a whole number from lo to hi. Wrong text or out of range: refuse()s in words, false.
bool value_long(const char *name, const char *text, long lo, long hi, long *out);
// Reads a finite number from lo to hi; as above.
bool value_double(const char *name, const char *text, double lo, double hi, double *out);
// Finds text among choices (NULL ends); *out is its index. Not among them: refuse()s, false.
bool value_choice(const char *name, const char *text, const char *const *choices, int *out);

// -- memory.c: memory, asked for before it is taken ----------------------------------------------

// May this job take `bytes` more in this process (each rank its own figure)? Every rank of comm
// calls it (comm may be MPI_COMM_NULL). The sum over the ranks of each node is compared with what
// the node has free, by /proc/meminfo and the cgroup's limit. No: refuse()s on every rank, false.
bool memory_fits(double bytes, MPI_Comm comm);

// `bytes` of zeroed memory that no thread has touched yet: a page goes to the memory of the core
// that first writes to it. Large areas ask for huge pages. NULL and a refuse() when there is none.
void *memory_pages(size_t bytes);
void memory_free(void *pages, size_t bytes);

// -- clock.c -------------------------------------------------------------------------------------

double now(void);         // monotonic wall clock, s
double cpu_seconds(void); // CPU time of all threads of this process, and of ended children, s

// -- random.c: counter-based random numbers ------------------------------------------------------

// 64 random bits that depend on (seed, stream, counter) alone: any worker can make any part of the
// input, in any order, and all get the same. Philox4x32-10 (Salmon, Moraes, Dror, Shaw, 2011).
uint64_t random_bits(uint64_t seed, uint64_t stream, uint64_t counter);
// The same as a number in [0, 1), a multiple of 2^-53.
double random_unit(uint64_t seed, uint64_t stream, uint64_t counter);

// -- done.c: how much work was done ----------------------------------------------------------------

// For code that a lab gives: so much of the work was done just now, in any unit, by whatever thread.
// From the sum over all threads and ranks, held against that of the serial version, the judge sees
// that each worker did what one could do for all. Costs an atomic addition: call it once a row.
void work_done(uint64_t units);

// -- partition.c: who does what; examples, a student may write others -----------------------------

struct range {
    long lo, hi; // half-open: lo <= i < hi
};

// Part `part` of 0 .. n-1 cut into `parts` blocks whose lengths differ by one at most, the longer
// ones first. Parts may be empty (n < parts).
struct range block_range(long n, int parts, int part);
// The part that holds index i of a block partition.
int block_owner(long n, int parts, long i);
// Cyclic partition: part owns part, part + parts, part + 2 * parts ...: how many below n.
long cyclic_count(long n, int parts, int part);

// -- service.c: a program that runs beside the lab ------------------------------------------------

// A service is a program of build/bin that takes --listen ADDRESS (127.0.0.1, 0.0.0.0, or
// unix:PATH), says "ready URL" in its first line, ends when its stdin does, and leaves what it
// counted as its last line, one flat JSON object. While a student's code is judged the judge starts
// it, outside the sandbox, where nobody can harm it: so what it counted is a witness. The lab asks
// for it in the same way, and does not see the difference.

struct service {
    int pid;          // of the process, 0: none, or not ours
    int in, out;      // our ends of its stdin and stdout
    char ready[1024]; // the first line it printed
};

// The words that start a service, but for --listen: argv[0] is its name, NULL ends.
struct service_words {
    char *argv[32];
    char text[1024]; // argv points into it
    size_t count, used;
    bool optional; // the lab can do without it: where it is not built, none is started
    bool shared;   // cases with the same words may ask the same one; it is no witness then
};

// Adds a word, written as printf writes it. It must not hold a blank.
void service_word(struct service_words *words, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// The case that a service is started for from now on; the kit says so before each.
void service_case(uint64_t id);

// Starts build/bin/NAME (found beside the running program) with argv (argv[0] .. NULL) and waits
// until it prints its first line, `ready`; or takes the one that the judge has started for this
// case. The service must end when its stdin does; it is killed when this process dies. Cannot start
// or says nothing within 10 s: refuse()s, false.
bool service_start(struct service *service, const char *name, char *const argv[]);
// The same for all ranks of comm (MPI_COMM_NULL: this process alone), each of which calls it: rank 0
// starts the program of these words, which may listen for other nodes too, and every rank learns
// where, "http://HOST:PORT" or "unix:PATH". Cannot: refuse()s, false on every rank.
bool service_share(struct service *service, struct service_words *words, MPI_Comm comm, char *where,
                   size_t cap);
// Would service_start() find it: has the judge started it for this case, or is it built?
bool service_there(const char *name);
// Each connection is a file: from now on this process may have as many open as it is allowed to.
void raise_file_limit(void);
void service_stop(struct service *service);

#endif
