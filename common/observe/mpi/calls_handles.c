// SPDX-License-Identifier: MIT
//
// calls_handles.c: making and freeing datatypes, operators, groups, info objects and files.

#include "handles.h"

#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

// -- datatypes -----------------------------------------------------------------------------------------

#define TYPE(name, params, args) \
    int MPI_##name(params, MPI_Datatype *made) { \
        ENTER(name, PMPI_##name(args, made)); \
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
    ENTER(Type_free, PMPI_Type_free(type));
    call_note(CALL_Type_free, HERE);
    if (self.slot) {
        type_forget(*type);
        handle_freed(RULE_LEFT_TYPE, KEY(*type));
    }
    return PMPI_Type_free(type);
}

// -- operators -----------------------------------------------------------------------------------------

int MPI_Op_create(MPI_User_function *function, int commutes, MPI_Op *op) {
    ENTER(Op_create, PMPI_Op_create(function, commutes, op));
    const int error = PMPI_Op_create(function, commutes, op);
    if (error == MPI_SUCCESS)
        handle_made(RULE_LEFT_OP, KEY(*op), HERE);
    return error;
}

int MPI_Op_free(MPI_Op *op) {
    ENTER(Op_free, PMPI_Op_free(op));
    call_note(CALL_Op_free, HERE);
    handle_freed(RULE_LEFT_OP, KEY(*op));
    return PMPI_Op_free(op);
}

// -- groups --------------------------------------------------------------------------------------------

#define GROUP(name, params, args) \
    int MPI_##name(params, MPI_Group *made) { \
        ENTER(name, PMPI_##name(args, made)); \
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
    ENTER(Group_free, PMPI_Group_free(group));
    call_note(CALL_Group_free, HERE);
    handle_freed(RULE_LEFT_GROUP, KEY(*group));
    return PMPI_Group_free(group);
}

// -- info objects --------------------------------------------------------------------------------------

#define INFO(name, params, args) \
    int MPI_##name(params, MPI_Info *made) { \
        ENTER(name, PMPI_##name(args, made)); \
        const int error = PMPI_##name(args, made); \
        if (error == MPI_SUCCESS && *made != MPI_INFO_NULL) \
            handle_made(RULE_LEFT_INFO, KEY(*made), HERE); \
        return error; \
    }
INFO(Info_dup, MPI_Info info, info)
INFO(Comm_get_info, MPI_Comm comm, comm)
INFO(Win_get_info, MPI_Win window, window)
INFO(File_get_info, MPI_File file, file)

int MPI_Info_create(MPI_Info *made) {
    ENTER(Info_create, PMPI_Info_create(made));
    const int error = PMPI_Info_create(made);
    if (error == MPI_SUCCESS)
        handle_made(RULE_LEFT_INFO, KEY(*made), HERE);
    return error;
}

int MPI_Info_free(MPI_Info *info) {
    ENTER(Info_free, PMPI_Info_free(info));
    call_note(CALL_Info_free, HERE);
    handle_freed(RULE_LEFT_INFO, KEY(*info));
    return PMPI_Info_free(info);
}

// -- files ---------------------------------------------------------------------------------------------

int MPI_File_open(MPI_Comm comm, const char *path, int mode, MPI_Info info, MPI_File *made) {
    ENTER(File_open, PMPI_File_open(comm, path, mode, info, made));
    const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL};
    const bool noted = round_enter(CALL_File_open, comm, &round, HERE);
    const bool known = noted && self.slot->round > 0;
    call_waits(known);
    const int error = PMPI_File_open(comm, path, mode, info, made);
    call_waited(known);
    if (error == MPI_SUCCESS)
        handle_made(RULE_LEFT_FILE, KEY(*made), HERE);
    return error;
}

int MPI_File_close(MPI_File *file) {
    ENTER(File_close, PMPI_File_close(file));
    call_note(CALL_File_close, HERE);
    handle_freed(RULE_LEFT_FILE, KEY(*file));
    call_waits(false);
    const int error = PMPI_File_close(file);
    call_waited(false);
    return error;
}
