// SPDX-License-Identifier: MIT
//
// crash_say.c: see crash_say.h.

#include "crash_say.h"

#include "crash.h"
#include "source.h"
#include <stdlib.h>
#include <string.h>

enum { CALLERS_SHOWN = 3 };

// The student's file that the place is in; NULL: it is in the kit's, the lab's or a library.
static const struct submission_file *file_of(const struct session *session,
                                             const struct place *place) {
    const char *const slash = strrchr(place->file, '/');
    for (int i = 0; i < session->submission.count; i++) {
        const struct submission_file *const file = &session->submission.file[i];
        if (!file->starter && !strcmp(file->name, slash ? slash + 1 : place->file))
            return file;
    }
    return NULL;
}

// Where in the student's files, innermost first, and from where it was called.
struct whereabouts {
    const struct submission_file *file; // NULL: not in any of theirs
    int line;
    char function[64], callers[160]; // callers: ", called from line 57"
};

static void find(const struct session *session, const struct crash *crash, struct whereabouts *w) {
    static struct place places[PLACES_MAX];
    const int count = crash_places(session->program, crash, session->subject.run,
                                   session->subject.user, places, PLACES_MAX);
    *w = (struct whereabouts){0};
    for (int i = 0, shown = 0; i < count; i++) {
        const struct submission_file *const file = file_of(session, &places[i]);
        const size_t used = strlen(w->callers);
        if (!file)
            continue;
        if (!w->file) {
            w->file = file;
            w->line = places[i].line;
            memcpy(w->function, places[i].function, sizeof w->function);
        } else if (shown++ < CALLERS_SHOWN) {
            snprintf(w->callers + used, sizeof w->callers - used, ", called from line %d%s%s",
                     places[i].line, file == w->file ? "" : " of ",
                     file == w->file ? "" : file->name);
        }
    }
}

// What an error of MPI means, by its class.
static const char *meaning_of(const char *text) {
    static const struct {
        const char *class, *meaning;
    } meanings[] = {
        {"MPI_ERR_TRUNCATE", "The message is longer than the room it is received into. Does the "
                             "count of the receive fit that of the send, and is it the message "
                             "that is meant, by its tag and its sender?"},
        {"MPI_ERR_RANK", "There is no such rank in this communicator. Has every rank this "
                         "neighbour, the first and the last too? MPI_PROC_NULL is the one that is "
                         "not there."},
        {"MPI_ERR_TAG", "A tag is a number from 0."},
        {"MPI_ERR_COUNT", "A count is a number from 0: what is computed here is less."},
        {"MPI_ERR_TYPE", "The datatype is none, or was not committed: MPI_Type_commit."},
        {"MPI_ERR_ROOT", "The root is no rank of this communicator."},
        {"MPI_ERR_BUFFER", "The buffer is not valid: is one array both sent and received? "
                           "MPI_IN_PLACE takes the place of one of them."},
        {"MPI_ERR_ARG", "An argument is not valid: is one array both sent and received? "
                        "MPI_IN_PLACE takes the place of one of them."},
        {"MPI_ERR_OP", "The operation does not exist for this datatype."},
        {"MPI_ERR_REQUEST", "The request is none: was it started, and not waited for before?"},
        {"MPI_ERR_COMM", "The communicator is not valid: use comm, as it was given."}};
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (!strncmp(text, meanings[i].class, strlen(meanings[i].class)))
            return meanings[i].meaning;
    return "";
}

// With the process's own last words.
static void say_last_words(const struct session *session, const struct crash *crash,
                           struct judged *judged) {
    struct whereabouts w;
    char source[160] = "", text[1024];
    find(session, crash, &w);
    const char *const meaning = crash->signal ? feedback_signal(crash->signal) : NULL;
    const char *const in = *w.function ? ", in " : "";
    if (!crash->signal)
        snprintf(text, sizeof text, "%s failed on rank %d: %s%s%s%s", crash->call, crash->rank,
                 crash->text, in, w.function, w.callers);
    else
        snprintf(text, sizeof text, "The program died here%s%s%s: %s", in, w.function, w.callers,
                 meaning ? meaning : "a signal ended it");
    if (w.file)
        source_line(w.file->path, w.line, source, sizeof source);
    judged_say(judged, w.file ? w.file->name : "", w.line, "%s.%s%s", text, *source ? "\n" : "",
               source);
    snprintf(judged->hint, sizeof judged->hint, "%s",
             !crash->signal ? meaning_of(crash->text)
             : meaning ? "Which index can leave its array here? Look at the first and the last "
                         "worker, and at sizes smaller than the number of workers."
                       : "");
}

// "mpirun ended with status 139, which means signal 11 (...)": what it means.
static void say_outcome(const char *text, struct judged *judged) {
    const char *const at = strstr(text, "signal "), *const said = strstr(text, "; it said: ");
    const char *const meaning = at ? feedback_signal(atoi(at + strlen("signal "))) : NULL;
    const bool left = strstr(text, "ended with status 0") || strstr(text, "a rank left by exit()");
    const bool mpi = said && strstr(said, "MPI_ERR_");
    if (!strncmp(text, "it was stopped: ", 16))
        judged_say(judged, "", 0, "The program was stopped: %s.", text + 16);
    else if (!strncmp(text, "it left no", 10))
        judged_say(judged, "", 0, "The program ended, but %s.", text);
    else if (mpi)
        judged_say(judged, "", 0, "MPI ended the program: %s.", said + strlen("; it said: "));
    else if (meaning)
        judged_say(judged, "", 0, "The program died here: %s.", meaning);
    else if (left)
        judged_say(judged, "", 0,
                   "The program left before it had a result: a version must return, "
                   "and not call exit().");
    else
        judged_say(judged, "", 0, "The program died before it had a result: %s.", text);
    if (meaning && !mpi)
        snprintf(judged->hint, sizeof judged->hint,
                 "Which index can leave its array here? Look at the first and the last worker, and "
                 "at sizes smaller than the number of workers.");
}

void crash_say(const struct session *session, const struct record *record, struct judged *judged) {
    struct crash crash;
    if (crash_read(record->crash, &crash))
        say_last_words(session, &crash, judged);
    else
        say_outcome(record->text, judged);
}
