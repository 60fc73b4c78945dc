// SPDX-License-Identifier: MIT
//
// say.c: sentences for a person. A refusal is remembered, not printed: under MPI every rank may
// have the same complaint, or only one of them, and the person should read it once.

#include "say.h"

#include "kit.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; // threads of a team may refuse too
static char sentence[1024];
static char unwritten[256]; // "heat_omp", "labs/09-heat/omp.c" after a todo()
static char unwritten_file[512];
static bool speaker = true;

void set_speaker(bool speaks) {
    speaker = speaks;
}

void words_clear(void) {
    sentence[0] = unwritten[0] = unwritten_file[0] = '\0';
}

bool refuse(const char *format, ...) {
    va_list args;
    va_start(args, format);
    pthread_mutex_lock(&mutex);
    if (!sentence[0])
        vsnprintf(sentence, sizeof sentence, format, args);
    pthread_mutex_unlock(&mutex);
    va_end(args);
    return false;
}

const char *refusal(void) {
    return sentence[0] ? sentence : NULL;
}

void todo(const char *function, const char *file) {
    pthread_mutex_lock(&mutex);
    snprintf(unwritten, sizeof unwritten, "%s", function);
    snprintf(unwritten_file, sizeof unwritten_file, "%s", file);
    pthread_mutex_unlock(&mutex);
}

bool todo_reached(void) {
    return unwritten[0] != '\0';
}

void say(const char *format, ...) {
    if (!speaker)
        return;
    va_list args;
    va_start(args, format);
    flockfile(stderr);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    funlockfile(stderr);
    va_end(args);
}

// Copies text from the lowest rank on which it is not empty to all ranks of comm.
static void agree(MPI_Comm comm, char *text, int cap) {
    int rank, size, first;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    int mine = text[0] ? rank : size;
    MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, comm);
    if (first < size)
        MPI_Bcast(text, cap, MPI_CHAR, first, comm);
}

bool refusal_agree(MPI_Comm comm) {
    if (comm != MPI_COMM_NULL)
        agree(comm, sentence, sizeof sentence);
    return sentence[0] != '\0';
}

bool todo_agree(MPI_Comm comm) {
    if (comm != MPI_COMM_NULL) {
        agree(comm, unwritten, sizeof unwritten);
        agree(comm, unwritten_file, sizeof unwritten_file);
    }
    return todo_reached();
}

void todo_sentence(char *text, size_t cap) {
    snprintf(text, cap,
             "%s is not written yet: open %s, read the comment at its top, and put your "
             "code in place of the line that calls todo().",
             unwritten, unwritten_file);
}
