// SPDX-License-Identifier: MIT
//
// calls_requests.c: the calls that complete requests, and those that start persistent ones.

#include "message.h"
#include "race.h"
#include <string.h>

WEAK(PMPI_Wait);
WEAK(PMPI_Waitall);
WEAK(PMPI_Waitany);
WEAK(PMPI_Waitsome);
WEAK(PMPI_Test);
WEAK(PMPI_Testall);
WEAK(PMPI_Testany);
WEAK(PMPI_Testsome);
WEAK(PMPI_Request_free);
WEAK(PMPI_Request_get_status);

// A call sets the handles of requests that are complete to null, so they are kept.
static MPI_Request *keep(const MPI_Request *requests, int count) {
    MPI_Request *const kept = race_alloc((size_t)(count > 0 ? count : 0) * sizeof(MPI_Request));
    if (count > 0)
        memcpy(kept, requests, (size_t)count * sizeof(MPI_Request));
    return kept;
}

static int all_done(int result, bool done, int count, MPI_Request *kept) {
    for (int i = 0; done && i < count; i++)
        request_done(kept[i]);
    if (done)
        message_received();
    race_free(kept);
    return result;
}

static int some_done(int result, int count, const int *which, MPI_Request *kept) {
    for (int i = 0; count != MPI_UNDEFINED && i < count; i++)
        request_done(kept[which[i]]);
    message_received();
    race_free(kept);
    return result;
}

int MPI_Wait(MPI_Request *request, MPI_Status *status) {
    MPI_Request *const kept = keep(request, 1);
    return all_done(PMPI_Wait(request, status), true, 1, kept);
}

int MPI_Waitall(int count, MPI_Request requests[], MPI_Status statuses[]) {
    MPI_Request *const kept = keep(requests, count);
    return all_done(PMPI_Waitall(count, requests, statuses), true, count, kept);
}

int MPI_Waitany(int count, MPI_Request requests[], int *which, MPI_Status *status) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Waitany(count, requests, which, status);
    return some_done(result, *which == MPI_UNDEFINED ? 0 : 1, which, kept);
}

int MPI_Waitsome(int count, MPI_Request requests[], int *done, int which[], MPI_Status statuses[]) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Waitsome(count, requests, done, which, statuses);
    return some_done(result, *done, which, kept);
}

int MPI_Test(MPI_Request *request, int *flag, MPI_Status *status) {
    MPI_Request *const kept = keep(request, 1);
    const int result = PMPI_Test(request, flag, status);
    return all_done(result, *flag, 1, kept);
}

int MPI_Testall(int count, MPI_Request requests[], int *flag, MPI_Status statuses[]) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Testall(count, requests, flag, statuses);
    return all_done(result, *flag, count, kept);
}

int MPI_Testany(int count, MPI_Request requests[], int *which, int *flag, MPI_Status *status) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Testany(count, requests, which, flag, status);
    return some_done(result, *flag && *which != MPI_UNDEFINED ? 1 : 0, which, kept);
}

int MPI_Testsome(int count, MPI_Request requests[], int *done, int which[], MPI_Status statuses[]) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Testsome(count, requests, done, which, statuses);
    return some_done(result, *done, which, kept);
}

// Such a request is complete at some time that the program knows in another way.
int MPI_Request_free(MPI_Request *request) {
    MPI_Request *const kept = keep(request, 1);
    persistent_freed(*request);
    return all_done(PMPI_Request_free(request), true, 1, kept);
}

int MPI_Request_get_status(MPI_Request request, int *flag, MPI_Status *status) {
    const int result = PMPI_Request_get_status(request, flag, status);
    return all_done(result, *flag, 1, keep(&request, 1));
}

// -- starts -----------------------------------------------------------------------------------------

WEAK(PMPI_Start);
WEAK(PMPI_Startall);

int MPI_Start(MPI_Request *request) {
    message_sent();
    const int result = PMPI_Start(request);
    if (result == MPI_SUCCESS)
        persistent_started(*request);
    return result;
}

int MPI_Startall(int count, MPI_Request requests[]) {
    message_sent();
    const int result = PMPI_Startall(count, requests);
    for (int i = 0; result == MPI_SUCCESS && i < count; i++)
        persistent_started(requests[i]);
    return result;
}
