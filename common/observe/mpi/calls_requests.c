// SPDX-License-Identifier: MIT
//
// calls_requests.c: waiting for requests, asking for them, starting and freeing them.

#include "checker.h"
#include <stdlib.h>

// -- what a call on several requests needs beside its arguments --------------------------------------

enum { FEW = 32 };

struct held {
    MPI_Request request;
};

struct batch {
    int count;
    struct held *before; // the handles as they were
    MPI_Status *statuses;
    struct held few_before[FEW];
    MPI_Status few_statuses[FEW];
    void *memory[2]; // for more than a few
};

static void batch_end(struct batch *b) {
    free(b->memory[0]);
    free(b->memory[1]);
}

// False: nothing is to be noted (or no memory is left).
static bool batch_begin(struct batch *b, int count, const MPI_Request requests[],
                        MPI_Status *statuses) {
    b->count = count > 0 ? count : 0;
    b->before = b->few_before;
    b->statuses = b->few_statuses;
    b->memory[0] = b->memory[1] = NULL;
    if (b->count > FEW) {
        b->before = b->memory[0] = malloc((size_t)b->count * sizeof *b->before);
        b->statuses = b->memory[1] = malloc((size_t)b->count * sizeof *b->statuses);
        if (!b->before || !b->statuses) {
            batch_end(b);
            return false;
        }
    }
    for (int i = 0; i < b->count; i++)
        b->before[i].request = requests[i];
    if (statuses != MPI_STATUSES_IGNORE)
        b->statuses = statuses;
    return true;
}

static void batch_done(const struct batch *b, const MPI_Request requests[], int which,
                       const MPI_Status *status) {
    if (which >= 0 && which < b->count && b->before[which].request != MPI_REQUEST_NULL)
        request_done(b->before[which].request, &requests[which], status);
}

static void batch_all_done(const struct batch *b, const MPI_Request requests[]) {
    for (int i = 0; i < b->count; i++)
        batch_done(b, requests, i, &b->statuses[i]);
}

// -- one -----------------------------------------------------------------------------------------------

int MPI_Wait(MPI_Request *request, MPI_Status *status) {
    ENTER(Wait, PMPI_Wait(request, status));
    if (!call_enter(CALL_Wait, HERE))
        return PMPI_Wait(request, status);
    MPI_Request before = *request;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    requests_wait(1, request, false);
    call_waits(true);
    const int error = PMPI_Wait(request, st);
    call_waited(true);
    if (error == MPI_SUCCESS && before != MPI_REQUEST_NULL)
        request_done(before, request, st);
    return error;
}

int MPI_Test(MPI_Request *request, int *flag, MPI_Status *status) {
    ENTER(Test, PMPI_Test(request, flag, status));
    if (!call_enter(CALL_Test, HERE))
        return PMPI_Test(request, flag, status);
    MPI_Request before = *request;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    requests_wait(1, request, false);
    const int error = PMPI_Test(request, flag, st);
    call_polled(error != MPI_SUCCESS || *flag);
    if (error == MPI_SUCCESS && *flag && before != MPI_REQUEST_NULL)
        request_done(before, request, st);
    return error;
}

// -- several -------------------------------------------------------------------------------------------

int MPI_Waitall(int n, MPI_Request requests[], MPI_Status statuses[]) {
    ENTER(Waitall, PMPI_Waitall(n, requests, statuses));
    struct batch b;
    if (!call_enter(CALL_Waitall, HERE) || !batch_begin(&b, n, requests, statuses))
        return PMPI_Waitall(n, requests, statuses);
    requests_wait(b.count, requests, false);
    call_waits(true);
    const int error = PMPI_Waitall(n, requests, b.statuses);
    call_waited(true);
    if (error == MPI_SUCCESS)
        batch_all_done(&b, requests);
    batch_end(&b);
    return error;
}

int MPI_Testall(int n, MPI_Request requests[], int *flag, MPI_Status statuses[]) {
    ENTER(Testall, PMPI_Testall(n, requests, flag, statuses));
    struct batch b;
    if (!call_enter(CALL_Testall, HERE) || !batch_begin(&b, n, requests, statuses))
        return PMPI_Testall(n, requests, flag, statuses);
    requests_wait(b.count, requests, false);
    const int error = PMPI_Testall(n, requests, flag, b.statuses);
    call_polled(error != MPI_SUCCESS || *flag);
    if (error == MPI_SUCCESS && *flag)
        batch_all_done(&b, requests);
    batch_end(&b);
    return error;
}

int MPI_Waitany(int n, MPI_Request requests[], int *index, MPI_Status *status) {
    ENTER(Waitany, PMPI_Waitany(n, requests, index, status));
    struct batch b;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    if (!call_enter(CALL_Waitany, HERE) || !batch_begin(&b, n, requests, MPI_STATUSES_IGNORE))
        return PMPI_Waitany(n, requests, index, status);
    requests_wait(b.count, requests, true);
    call_waits(true);
    const int error = PMPI_Waitany(n, requests, index, st);
    call_waited(true);
    if (error == MPI_SUCCESS && *index != MPI_UNDEFINED)
        batch_done(&b, requests, *index, st);
    batch_end(&b);
    return error;
}

int MPI_Testany(int n, MPI_Request requests[], int *index, int *flag, MPI_Status *status) {
    ENTER(Testany, PMPI_Testany(n, requests, index, flag, status));
    struct batch b;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    if (!call_enter(CALL_Testany, HERE) || !batch_begin(&b, n, requests, MPI_STATUSES_IGNORE))
        return PMPI_Testany(n, requests, index, flag, status);
    requests_wait(b.count, requests, true);
    const int error = PMPI_Testany(n, requests, index, flag, st);
    call_polled(error != MPI_SUCCESS || *flag);
    if (error == MPI_SUCCESS && *flag && *index != MPI_UNDEFINED)
        batch_done(&b, requests, *index, st);
    batch_end(&b);
    return error;
}

int MPI_Waitsome(int n, MPI_Request requests[], int *done, int indices[], MPI_Status statuses[]) {
    ENTER(Waitsome, PMPI_Waitsome(n, requests, done, indices, statuses));
    struct batch b;
    if (!call_enter(CALL_Waitsome, HERE) || !batch_begin(&b, n, requests, statuses))
        return PMPI_Waitsome(n, requests, done, indices, statuses);
    requests_wait(b.count, requests, true);
    call_waits(true);
    const int error = PMPI_Waitsome(n, requests, done, indices, b.statuses);
    call_waited(true);
    for (int i = 0; error == MPI_SUCCESS && *done != MPI_UNDEFINED && i < *done; i++)
        batch_done(&b, requests, indices[i], &b.statuses[i]);
    batch_end(&b);
    return error;
}

int MPI_Testsome(int n, MPI_Request requests[], int *done, int indices[], MPI_Status statuses[]) {
    ENTER(Testsome, PMPI_Testsome(n, requests, done, indices, statuses));
    struct batch b;
    if (!call_enter(CALL_Testsome, HERE) || !batch_begin(&b, n, requests, statuses))
        return PMPI_Testsome(n, requests, done, indices, statuses);
    requests_wait(b.count, requests, true);
    const int error = PMPI_Testsome(n, requests, done, indices, b.statuses);
    call_polled(error != MPI_SUCCESS || *done != 0);
    for (int i = 0; error == MPI_SUCCESS && *done != MPI_UNDEFINED && i < *done; i++)
        batch_done(&b, requests, indices[i], &b.statuses[i]);
    batch_end(&b);
    return error;
}

// -- started, cancelled, freed ---------------------------------------------------------------------------

int MPI_Start(MPI_Request *request) {
    ENTER(Start, PMPI_Start(request));
    call_note(CALL_Start, HERE);
    if (self.slot)
        request_started(request);
    return PMPI_Start(request);
}

int MPI_Startall(int n, MPI_Request requests[]) {
    ENTER(Startall, PMPI_Startall(n, requests));
    call_note(CALL_Startall, HERE);
    for (int i = 0; self.slot && i < n; i++)
        request_started(&requests[i]);
    return PMPI_Startall(n, requests);
}

int MPI_Request_free(MPI_Request *request) {
    ENTER(Request_free, PMPI_Request_free(request));
    call_note(CALL_Request_free, HERE);
    if (self.slot && *request != MPI_REQUEST_NULL)
        request_freed(*request, request);
    return PMPI_Request_free(request);
}
