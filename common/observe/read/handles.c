// SPDX-License-Identifier: MIT
//
// handles.c: requests that are not brought to their end, and what was made and never freed.

#include "finds.h"
#include <stdio.h>
#include <string.h>

// -- requests ---------------------------------------------------------------------------------------------

// "ranks 0 and 1: the request of MPI_Irecv at mpi.c:12 (3 times)".
static void say_made(const struct group *g, struct evidence *e, const char *what) {
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": %s", what);
    place_say(e->text, sizeof e->text, &g->place);
    if (g->find->count > 1)
        add(e->text, sizeof e->text, " (%llu of them on rank %d)",
            (unsigned long long)g->find->count, g->ranks[0]);
}

void request_left(const struct group *g, struct evidence *e) {
    char what[64];
    snprintf(what, sizeof what, "the request of %s", board_call_name(g->find->call));
    say_made(g, e, what);
    add(e->text, sizeof e->text,
        " was never completed before MPI_Finalize: whether its data were sent or have arrived is "
        "not known, and its memory is lost.");
    add(e->advice, sizeof e->advice,
        "Wait for every request (MPI_Wait, MPI_Waitall), also where the data are not looked at. Is "
        "the variable overwritten by the next request before it is waited for?");
}

void never_started(const struct group *g, struct evidence *e) {
    char what[80];
    snprintf(what, sizeof what, "the persistent request of %s", board_call_name(g->find->call));
    say_made(g, e, g->find->call == CALL_Request_free ? "the persistent request made" : what);
    add(e->text, sizeof e->text, " was never started, so nothing was sent or received by it.");
    add(e->advice, sizeof e->advice,
        "Start it with MPI_Start each time that it is to send or receive, then wait for it.");
}

void persistent_left(const struct group *g, struct evidence *e) {
    char what[80];
    snprintf(what, sizeof what, "the persistent request of %s", board_call_name(g->find->call));
    say_made(g, e, what);
    add(e->text, sizeof e->text, " was never freed.");
    add(e->advice, sizeof e->advice,
        "MPI_Wait completes a persistent request and keeps it for the next start; after the last "
        "one, call MPI_Request_free.");
}

void started_twice(const struct group *g, struct evidence *e) {
    const struct place made = place_find(g->slot, g->find->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the persistent request made");
    place_say(e->text, sizeof e->text, &made);
    add(e->text, sizeof e->text, " is started");
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, " while it is still under way from the start before.");
    add(e->advice, sizeof e->advice, "Wait for it (MPI_Wait) before it is started again.");
}

void freed_active(const struct group *g, struct evidence *e) {
    const struct place made = place_find(g->slot, g->find->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the receive begun");
    place_say(e->text, sizeof e->text, &made);
    add(e->text, sizeof e->text, " is freed");
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text,
        " before it is complete: now nobody can tell when its data have arrived.");
    add(e->advice, sizeof e->advice, "Wait for it (MPI_Wait) in place of MPI_Request_free.");
}

// -- calls when MPI is over -------------------------------------------------------------------------------

void after_end(const struct group *g, struct evidence *e) {
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": %s", board_call_name(g->find->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text,
        " is called after MPI_Finalize, when MPI is over: libraries end the program there.");
    add(e->advice, sizeof e->advice,
        "MPI_Finalize is the last call of MPI in a program. Is it called inside a function that "
        "is not the last to communicate?");
}

// -- what was made and never freed ------------------------------------------------------------------------

static void say_left(const struct group *g, struct evidence *e, const char *what,
                     const char *freed_by) {
    say_made(g, e, what);
    add(e->text, sizeof e->text, " was never freed.");
    add(e->advice, sizeof e->advice, "Call %s when it is not needed any more, before MPI_Finalize.",
        freed_by);
    *e->call = '\0';
}

void left_comm(const struct group *g, struct evidence *e) {
    say_left(g, e, "the communicator made", "MPI_Comm_free");
}
void left_group(const struct group *g, struct evidence *e) {
    say_left(g, e, "the group made", "MPI_Group_free");
}
void left_type(const struct group *g, struct evidence *e) {
    say_left(g, e, "the datatype made", "MPI_Type_free");
}
void left_op(const struct group *g, struct evidence *e) {
    say_left(g, e, "the operator made", "MPI_Op_free");
}
void left_win(const struct group *g, struct evidence *e) {
    say_left(g, e, "the window made", "MPI_Win_free");
}
void left_info(const struct group *g, struct evidence *e) {
    say_left(g, e, "the info object made", "MPI_Info_free");
}
void left_file(const struct group *g, struct evidence *e) {
    say_made(g, e, "the file opened");
    add(e->text, sizeof e->text,
        " was never closed: what was written to it may not have reached the disk.");
    add(e->advice, sizeof e->advice,
        "Call MPI_File_close on every rank that opened it, before MPI_Finalize.");
    *e->call = '\0';
}
