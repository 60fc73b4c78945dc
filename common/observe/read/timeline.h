// SPDX-License-Identifier: MIT
//
// timeline.h: what the files of a trace (../trace/trace.h) tell, put together: a lane a thread or
// rank, and on it what was done when.

#ifndef TWOFOLD_TIMELINE_H
#define TWOFOLD_TIMELINE_H

#include "../trace/trace.h"
#include "reader.h"

// What a worker does at a time, as a person would say it.
enum doing {
    DOING_NOTHING,  // outside all regions; before the kernel and behind it
    DOING_WORK,     // computes
    DOING_MESSAGE,  // waits for a message, or that one is received
    DOING_TOGETHER, // waits for others: at a barrier, in a collective, at the end of a region
    DOING_LOCK,     // waits to enter what one may enter at a time, or for its turn
    DOINGS
};

// A stretch of time of one lane. Times are s from the begin of the timeline.
struct span {
    int lane;
    enum trace_kind kind;
    enum doing doing;
    const char *name; // "MPI_Recv", "barrier"
    double begin, end;
    bool open; // had not ended when the run did
    int peer, tag;
    uint64_t bytes;
    struct place place;
};

// A message: from the lane of its sender to that of its receiver.
struct arrow {
    int from, to; // lanes
    double sent, taken;
    uint64_t bytes;
    int tag;
};

struct lane_of {
    int rank;   // -1: there are no ranks
    int thread; // of the team; ranks have a lane for thread 0
    char name[48];
    double spent[DOINGS]; // s
    int messages;         // sent
    int entries;          // into critical sections, and locks taken
    uint64_t bytes;
    long peak_kb; // memory of its process, told on its thread 0; 0: not known
};

struct timeline {
    double length;    // s: of the kernel, where the program says what that is, else of all
    bool kernel;      // it says so
    uint64_t missing; // events for which there was no room
    struct lane_of *lane;
    struct span *span; // by lane, then by begin; those on one lane may lie within one another
    struct arrow *arrow;
    size_t lanes, spans, arrows;
};

// Reads all files of the directory. False: there is nothing to be read; why. To be freed either
// way.
bool timeline_read(struct timeline *timeline, const char *dir, char *why, size_t cap);
void timeline_free(struct timeline *timeline);

// Gives each instant of a lane to the innermost span around it (NULL: none), in order, in
// stretches.
void timeline_walk(const struct timeline *timeline, int lane,
                   void (*give)(double from, double to, const struct span *inner, enum doing doing,
                                void *user),
                   void *user);

// Fills in lane.spent of all lanes; timeline_read does.
void timeline_add_spent(struct timeline *timeline);

// The innermost thing that the lane does at each of `columns` equal parts of the time: what takes
// the most of it. doing has room for them.
void timeline_columns(const struct timeline *timeline, int lane, int columns, enum doing *doing);

// -- how the work was shared (shares.c) --------------------------------------------------------------

// A parallel region, all the times that it was run.
struct region_share {
    struct place place;
    int lanes;      // that were in it
    double seconds; // that all of them together computed in it
    double most;    // s, of the busiest of them
    int busiest;    // its lane
};

// Fills in at most `room` regions, the one with the most work first, and returns how many.
int timeline_regions(const struct timeline *timeline, struct region_share *region, int room);

// Messages in the longest chain, in which each was sent after the one before had come to its
// sender. Those of collectives are not counted. 0: there are none, or no memory is left.
int timeline_depth(const struct timeline *timeline);

// -- where it is read from (trace_dir.c) -------------------------------------------------------------

// How many events each of so many processes may write: 64 MiB for all of them, unless they are
// very many.
int trace_room(int processes);
// Makes a directory for a raw trace in `where` (NULL: in TMPDIR or /tmp). False: why.
bool trace_dir_make(const char *where, char *path, size_t cap, char *why, size_t why_cap);
// Removes it with the files in it.
void trace_dir_remove(const char *path);

#endif
