// SPDX-License-Identifier: MIT
//
// services.h: the programs that run beside the cases of a launch: the origin of an I/O lab.
//
// Theory of operation. What a case wants beside it is told by the verifier, which has no line of the
// student in it (--services, kit/lab.h). Before a launch the judge starts a service for each of its
// cases, outside the sandbox, listening at a socket in a directory that the launch is shown:
//
//     DIR/17.socket   where the service of case 17 listens
//     DIR/17.ready    its first line, "ready unix:DIR/17.socket", which the lab reads
//
// Cases that want the same one, and say that they may share it, have one together: a start costs more
// than most cases. What it counted is then no case's own, and witness of none.
//
// The student's code can talk to a service and cannot end it, nor choose how it was started. When
// the launch is over the services are told to end, and the last line of each, what it counted, is a
// witness from outside.

#ifndef TWOFOLD_SERVICES_H
#define TWOFOLD_SERVICES_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct service_of;

struct services {
    char dir[PATH_MAX]; // for TWOFOLD_SERVICES; "": none is wanted
    size_t count;
    struct service_of *of;
};

// Starts what the cases in the file `cases` want (batch.h), by what `verifier` says of them, with
// their sockets in DIR, which is made. Waits until all are ready. False: text says why not; nothing
// is left running.
bool services_start(struct services *services, const char *root, const char *verifier,
                    const char *cases, const char *dir, char *text, size_t cap);

// Ends them and removes DIR. told (may be NULL) is called for each that left a last line.
void services_stop(struct services *services, void (*told)(size_t id, const char *line, void *user),
                   void *user);

#endif
