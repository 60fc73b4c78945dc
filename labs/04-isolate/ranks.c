// SPDX-License-Identifier: MIT
//
// ranks.c: given: what ranks can do about a rank that dies. With MPI_ERRORS_RETURN a call tells of
// errors that MPI itself finds; but the death of a rank is none, and mpirun ends the others. What
// helps is to save each record as soon as it is done, and to launch again what is missing.
//
// Theory of operation. The file, beside the program, has a line for what is worked on and a slot a
// record: nothing, begun, alone, done. A record that was begun and is not done has killed its rank,
// or was being worked on when mpirun ended that rank. So the next launch begins with these: rank 0
// works on one after the other, alone, while the others wait. Who dies now has shown the culprit: the
// launch after that gives it up.

#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum state { NOTHING, BEGUN, ALONE, DONE };
struct slot {
    long state, value;
};
struct head { // of what the file is about
    char mark[8];
    uint64_t seed;
    long records, strokes, poison, kills;
};

// What each rank has noted, all on rank 0.
static void gather(struct isolate *s, int rank, MPI_Comm comm) {
    enum { LONGS = sizeof(struct entry) / sizeof(long) };
    const void *const mine = rank == 0 ? MPI_IN_PLACE : s->entry;
    MPI_Reduce(mine, s->entry, s->records * LONGS, MPI_LONG, MPI_SUM, 0, comm);
}

// -- errors that come back ---------------------------------------------------------------------------

void isolate_returns(struct isolate *s, MPI_Comm comm) {
    int rank, size, length = 0;
    char words[MPI_MAX_ERROR_STRING] = "no error";
    MPI_Errhandler before;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    MPI_Comm_get_errhandler(comm, &before);
    MPI_Comm_set_errhandler(comm, MPI_ERRORS_RETURN);
    const int error = MPI_Send(&rank, 1, MPI_INT, size, 0, comm); // there is no rank `size`
    MPI_Error_string(error, words, &length);
    snprintf(s->secret->story, sizeof s->secret->story, "a message to rank %d of %d %s: %.200s",
             size, size, error == MPI_SUCCESS ? "was sent" : "came back as an error", words);
    for (int record = rank; record < s->records; record += size)
        isolate_note(s, record, isolate_work(s, record));
    gather(s, rank, comm);
    MPI_Comm_set_errhandler(comm, before);
    MPI_Errhandler_free(&before);
}

// -- ranks that save what is done --------------------------------------------------------------------

struct save {
    struct isolate *s;
    int file, rank, size;
    char path[PATH_MAX + 16];
    struct slot *slot; // [records], as they were when this launch began; the same on all ranks
};

static void put(const struct save *save, int record, enum state state, long value) {
    const struct slot slot = {state, value};
    const off_t at = (off_t)(sizeof(struct head) + (size_t)record * sizeof slot);
    if (pwrite(save->file, &slot, sizeof slot, at) != (ssize_t)sizeof slot)
        refuse("%s cannot be written: %s.", save->path, strerror(errno));
}

// Rank 0: opens what an earlier launch of the same work has left, or begins anew.
static bool open_first(struct save *save) {
    const struct secret *const t = save->s->secret;
    struct head head, want = {.mark = "ISOLATE", .seed = t->seed, .records = save->s->records};
    const size_t size = (size_t)save->s->records * sizeof *save->slot;
    want.strokes = t->strokes;
    want.poison = t->poison;
    want.kills = t->kills;
    save->file = open(save->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (save->file < 0)
        return refuse("%s, in which records are saved, cannot be opened: %s.", save->path,
                      strerror(errno));
    if (!t->anew && read(save->file, &head, sizeof head) == (ssize_t)sizeof head &&
        memcmp(&head, &want, sizeof head) == 0 &&
        read(save->file, save->slot, size) == (ssize_t)size)
        return true;
    memset(save->slot, 0, size);
    if (ftruncate(save->file, 0) != 0 ||
        pwrite(save->file, &want, sizeof want, 0) != (ssize_t)sizeof want ||
        pwrite(save->file, save->slot, size, sizeof want) != (ssize_t)size)
        return refuse("%s cannot be written: %s.", save->path, strerror(errno));
    return true;
}

// Every rank: the file, and what is in it.
static bool open_save(struct save *save, MPI_Comm comm) {
    int good;
    const ssize_t length = readlink("/proc/self/exe", save->path, PATH_MAX - 1);
    save->path[length > 0 ? length : 0] = '\0';
    strcat(save->path, ".saved");
    save->slot = calloc((size_t)save->s->records + 1, sizeof *save->slot);
    good = save->slot && (save->rank > 0 || open_first(save));
    MPI_Bcast(&good, 1, MPI_INT, 0, comm);
    if (good && save->rank > 0)
        save->file = open(save->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    good = good && save->slot && save->file >= 0;
    MPI_Allreduce(MPI_IN_PLACE, &good, 1, MPI_INT, MPI_MIN, comm);
    if (good)
        MPI_Bcast(save->slot, 2 * save->s->records, MPI_LONG, 0, comm);
    return good;
}

static void work_on(const struct save *save, int record, enum state begun) {
    put(save, record, begun, 0);
    const long value = isolate_work(save->s, record);
    put(save, record, DONE, value);
    isolate_note(save->s, record, value);
}

// Rank 0, while the others wait. Who was alone before has killed its rank; who was begun may have.
static void try_alone(const struct save *save) {
    for (int record = 0; record < save->s->records; record++)
        if (save->slot[record].state == BEGUN)
            work_on(save, record, ALONE);
        else if (save->slot[record].state == ALONE)
            isolate_give_up(save->s, record);
        else if (save->slot[record].state == DONE)
            isolate_note(save->s, record, save->slot[record].value);
}

static void tell(const struct save *save) {
    int there = 0, given_up = 0;
    for (int record = 0; record < save->s->records; record++) {
        there += save->slot[record].state == DONE;
        given_up += save->slot[record].state == ALONE;
    }
    snprintf(
        save->s->secret->story, sizeof save->s->secret->story,
        "of %d records %d were there already, from earlier launches; given up, for they killed a "
        "rank that was alone with them: %d",
        save->s->records, there, given_up);
}

void isolate_saved(struct isolate *s, MPI_Comm comm) {
    struct save save = {.s = s, .file = -1};
    MPI_Comm_rank(comm, &save.rank);
    MPI_Comm_size(comm, &save.size);
    if (open_save(&save, comm)) {
        if (save.rank == 0)
            try_alone(&save);
        MPI_Barrier(comm);
        for (int record = 0, next = 0; record < s->records; record++)
            if (save.slot[record].state == NOTHING && next++ % save.size == save.rank)
                work_on(&save, record, BEGUN);
        gather(s, save.rank, comm);
        if (save.rank == 0) {
            tell(&save);
            unlink(save.path); // all is done: the next launch begins anew
        }
    }
    if (save.file >= 0)
        close(save.file);
    free(save.slot);
}
