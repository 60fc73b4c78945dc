// SPDX-License-Identifier: MIT
//
// calls_handles.c: making and freeing datatypes, operators, groups and windows.

#include "handles.h"

#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

// -- datatypes -----------------------------------------------------------------------------------------

#define TYPE(name, params, args) \
    int MPI_##name(params, MPI_Datatype *made) { \
        const int error = PMPI_##name(args, made); \
        if (error == MPI_SUCCESS) \
            handle_made(RULE_LEFT_TYPE, KEY(*made), HERE); \
        return error; \
    }
TYPE(Type_contiguous, LIST(int n, MPI_Datatype old), LIST(n, old))
TYPE(Type_vector, LIST(int n, int length, int stride, MPI_Datatype old),
     LIST(n, length, stride, old))
TYPE(Type_create_hvector, LIST(int n, int length, MPI_Aint stride, MPI_Datatype old),
     LIST(n, length, stride, old))
TYPE(Type_indexed, LIST(int n, const int lengths[], const int at[], MPI_Datatype old),
     LIST(n, lengths, at, old))
TYPE(Type_create_hindexed, LIST(int n, const int lengths[], const MPI_Aint at[], MPI_Datatype old),
     LIST(n, lengths, at, old))
TYPE(Type_create_indexed_block, LIST(int n, int length, const int at[], MPI_Datatype old),
     LIST(n, length, at, old))
TYPE(Type_create_struct,
     LIST(int n, const int lengths[], const MPI_Aint at[], const MPI_Datatype types[]),
     LIST(n, lengths, at, types))
TYPE(Type_create_subarray,
     LIST(int n, const int sizes[], const int parts[], const int starts[], int order,
          MPI_Datatype old),
     LIST(n, sizes, parts, starts, order, old))
TYPE(Type_create_resized, LIST(MPI_Datatype old, MPI_Aint low, MPI_Aint extent),
     LIST(old, low, extent))
TYPE(Type_dup, MPI_Datatype old, old)

int MPI_Type_free(MPI_Datatype *type) {
    call_note(CALL_Type_free, HERE);
    if (self.slot) {
        type_forget(*type);
        handle_freed(RULE_LEFT_TYPE, KEY(*type));
    }
    return PMPI_Type_free(type);
}

// -- operators -----------------------------------------------------------------------------------------

int MPI_Op_create(MPI_User_function *function, int commutes, MPI_Op *op) {
    const int error = PMPI_Op_create(function, commutes, op);
    if (error == MPI_SUCCESS)
        handle_made(RULE_LEFT_OP, KEY(*op), HERE);
    return error;
}

int MPI_Op_free(MPI_Op *op) {
    call_note(CALL_Op_free, HERE);
    handle_freed(RULE_LEFT_OP, KEY(*op));
    return PMPI_Op_free(op);
}

// -- groups --------------------------------------------------------------------------------------------

#define GROUP(name, params, args) \
    int MPI_##name(params, MPI_Group *made) { \
        const int error = PMPI_##name(args, made); \
        if (error == MPI_SUCCESS && *made != MPI_GROUP_EMPTY) \
            handle_made(RULE_LEFT_GROUP, KEY(*made), HERE); \
        return error; \
    }
GROUP(Comm_group, MPI_Comm comm, comm)
GROUP(Group_incl, LIST(MPI_Group group, int n, const int ranks[]), LIST(group, n, ranks))
GROUP(Group_excl, LIST(MPI_Group group, int n, const int ranks[]), LIST(group, n, ranks))
GROUP(Group_range_incl, LIST(MPI_Group group, int n, int ranges[][3]), LIST(group, n, ranges))
GROUP(Group_range_excl, LIST(MPI_Group group, int n, int ranges[][3]), LIST(group, n, ranges))
GROUP(Group_union, LIST(MPI_Group a, MPI_Group b), LIST(a, b))
GROUP(Group_intersection, LIST(MPI_Group a, MPI_Group b), LIST(a, b))
GROUP(Group_difference, LIST(MPI_Group a, MPI_Group b), LIST(a, b))

int MPI_Group_free(MPI_Group *group) {
    call_note(CALL_Group_free, HERE);
    handle_freed(RULE_LEFT_GROUP, KEY(*group));
    return PMPI_Group_free(group);
}

// -- windows: made, fenced and freed by all together -----------------------------------------------------------

// Fences are collectives of the window.
enum { WINDOWS = 64 };
static struct {
    uint64_t key;
    struct comm *comm;
} windows[WINDOWS];

static void window_made(MPI_Win win, MPI_Comm comm, uint64_t pc) {
    handle_made(RULE_LEFT_WIN, KEY(win), pc);
    for (int i = 0; i < WINDOWS; i++)
        if (!windows[i].key) {
            windows[i].comm = comm_of_window(comm_of(comm), pc);
            windows[i].key = windows[i].comm ? KEY(win) : 0;
            return;
        }
}

// Its place in the table; -1: it is not followed.
static int window_of(MPI_Win win) {
    for (int i = 0; i < WINDOWS; i++)
        if (windows[i].key == KEY(win))
            return i;
    return -1;
}

// Begins a collective on a window. False: what it waits for cannot be told.
static bool window_enter(enum board_call call, MPI_Win win, uint64_t pc) {
    const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL};
    const int i = self.slot ? window_of(win) : -1;
    if (i < 0 || !round_enter_in(call, windows[i].comm, &round, pc) || !self.slot->round)
        return false;
    call_inside();
    return true;
}

#define WINDOW(name, params, args) \
    int MPI_##name(params, MPI_Comm comm, LAST) { \
        const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL}; \
        if (!round_enter(CALL_##name, comm, &round, HERE)) \
            return PMPI_##name(args, comm, LAST_ARGS); \
        const uint64_t pc = self.slot->pc; \
        const bool known = self.slot->round > 0; \
        if (known) \
            call_inside(); \
        const int error = PMPI_##name(args, comm, LAST_ARGS); \
        if (known) \
            call_leave(); \
        if (error == MPI_SUCCESS) \
            window_made(*win, comm, pc); \
        return error; \
    }
#define LAST MPI_Win *win
#define LAST_ARGS win
WINDOW(Win_create, LIST(void *base, MPI_Aint size, int unit, MPI_Info info),
       LIST(base, size, unit, info))
WINDOW(Win_create_dynamic, MPI_Info info, info)
#undef LAST
#undef LAST_ARGS
#define LAST void *base, MPI_Win *win
#define LAST_ARGS base, win
WINDOW(Win_allocate, LIST(MPI_Aint size, int unit, MPI_Info info), LIST(size, unit, info))
WINDOW(Win_allocate_shared, LIST(MPI_Aint size, int unit, MPI_Info info), LIST(size, unit, info))

int MPI_Win_fence(int assert, MPI_Win win) {
    const bool known = window_enter(CALL_Win_fence, win, HERE);
    const int error = PMPI_Win_fence(assert, win);
    if (known)
        call_leave();
    return error;
}

int MPI_Win_free(MPI_Win *win) {
    MPI_Win before = *win;
    const bool known = window_enter(CALL_Win_free, before, HERE);
    const int error = PMPI_Win_free(win);
    if (known)
        call_leave();
    if (self.slot && error == MPI_SUCCESS) {
        const int i = window_of(before);
        handle_freed(RULE_LEFT_WIN, KEY(before));
        if (i >= 0) {
            comm_window_free(windows[i].comm);
            windows[i].key = 0;
        }
    }
    return error;
}
