// SPDX-License-Identifier: MIT
//
// types.c: what a datatype consists of: the one basic type that all of it is made of, if it is
// one. A type of several (a struct) counts as not known, and fits all.

#include "checker.h"
#include <stdlib.h>

// MPI's handles are no constants to C in every library; so looked through in order, once each.
static uint32_t basic_of(MPI_Datatype handle) {
    uint32_t name = 0;
#define BASIC(type, class) \
    if (handle == (type)) \
        return (class) * 256 + name; \
    name++;
#include "../basics.def"
#undef BASIC
    return 0;
}

static uint32_t contents_basic(MPI_Datatype handle, int depth);

// What the inner types of a derived one have in common.
static uint32_t inner_basic(MPI_Datatype handle, int ints, int addresses, int types, int depth) {
    int *const i = malloc(((size_t)ints + 1) * sizeof *i);
    MPI_Aint *const a = malloc(((size_t)addresses + 1) * sizeof *a);
    MPI_Datatype *const t = malloc(((size_t)types + 1) * sizeof(MPI_Datatype));
    uint32_t common = 0;
    if (i && a && t &&
        PMPI_Type_get_contents(handle, ints, addresses, types, i, a, t) == MPI_SUCCESS)
        for (int k = 0; k < types; k++) {
            int more[3], combiner = MPI_COMBINER_NAMED;
            const uint32_t basic = contents_basic(t[k], depth + 1);
            common = k == 0 || common / 256 == basic / 256 ? basic : 0;
            PMPI_Type_get_envelope(t[k], &more[0], &more[1], &more[2], &combiner);
            if (combiner != MPI_COMBINER_NAMED)
                PMPI_Type_free(&t[k]);
        }
    free(i);
    free(a);
    free(t);
    return common;
}

static uint32_t contents_basic(MPI_Datatype handle, int depth) {
    int ints, addresses, types, combiner;
    if (depth > 16 ||
        PMPI_Type_get_envelope(handle, &ints, &addresses, &types, &combiner) != MPI_SUCCESS)
        return 0;
    if (combiner == MPI_COMBINER_NAMED)
        return basic_of(handle);
    return inner_basic(handle, ints, addresses, types, depth);
}

// -- the table --------------------------------------------------------------------------------------------

enum { TYPES = 64 };
static struct type types[TYPES];
static int type_count, oldest;
static int last;

const struct type *type_of(MPI_Datatype handle) {
    static const struct type none = {.handle = MPI_DATATYPE_NULL};
    if (type_count && types[last].handle == handle)
        return &types[last];
    for (int i = 0; i < type_count; i++)
        if (types[i].handle == handle)
            return &types[last = i];
    if (handle == MPI_DATATYPE_NULL)
        return &none;
    struct type type = {.handle = handle, .basic = contents_basic(handle, 0)};
    if (PMPI_Type_size(handle, &type.size) != MPI_SUCCESS || type.size < 0)
        return &none;
    MPI_Aint low, length, true_low, true_length;
    if (PMPI_Type_get_extent(handle, &low, &length) == MPI_SUCCESS &&
        PMPI_Type_get_true_extent(handle, &true_low, &true_length) == MPI_SUCCESS) {
        type.low = true_low;
        type.high = true_low + true_length;
        type.extent = length;
        type.plain = true_low == 0 && true_length == type.size && length == type.size;
    }
    last = type_count < TYPES ? type_count++ : oldest++ % TYPES;
    types[last] = type;
    return &types[last];
}

void type_forget(MPI_Datatype handle) {
    for (int i = 0; i < type_count; i++)
        if (types[i].handle == handle) {
            types[i] = types[--type_count];
            last = 0;
            return;
        }
}
