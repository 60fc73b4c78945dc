// SPDX-License-Identifier: MIT
//
// box.h: the program that runs one command in a bubblewrap box and watches it from outside; who
// calls it is common/judge/sandbox.c.
//
// Theory of operation. Four processes stand between the judge and a stranger's program:
//
//     box       this program, outside. Holds no secret and no open file of the judge. Adopts
//               whatever loses its parent (it is a subreaper), so that it can reap all of it.
//     bwrap     makes the namespaces; waits.
//     bwrap     the same program inside, process 1 of the box: with its end the kernel ends all
//               processes of the box, whatever they did to hide.
//     prlimit   inside too (the number of processes is counted a user namespace), then becomes the
//               command.
//
// A pipe carries from bwrap to box who process 1 is and whether the command was started at all
// (--json-status-fd); bwrap reads its options from a memory file, for its own command line can be
// read inside. box looks at the job about fifty times a second (usage.h), ends it where it uses too
// much, or where box itself is asked to end (SIGTERM, SIGINT, SIGHUP), makes the job's directory
// safe to read (directory.h), and writes the report. It never believes what the inside says: the
// exit status it passes on is a hint, as any program's is.
//
// With --bare there is no bwrap and no box: prlimit and the command are box's own children. They
// see and reach all that their user may, and are watched, limited and ended all the same: box
// collects whoever loses its parent, so none escapes. That is for one's own code, where this
// machine allows no namespaces.

#ifndef TWOFOLD_BOX_H
#define TWOFOLD_BOX_H

#include <sys/types.h>

enum { BOX_LIST = 256 }; // most of what can be shown or set

struct box {
    const char *report;         // file for the report
    const char *dir;            // the job's directory: /w inside
    const char *from;           // the same as bwrap gets to it
    int bare;                   // 1: without bwrap
    const char *group;          // without bwrap: where a control group can be made; NULL: nowhere
    int stage;                  // 1: what is shown is closed to that user; see stage.h
    int uid;                    // user to become, 0: stay who we are
    int processes, cpu_seconds; // limits; 0: none
    int memory_mib, address_mib, file_mib, disk_mib;
    int scratch_mib;     // of /tmp and of /dev/shm; 0: bwrap knows no --size
    char *see[BOX_LIST]; // "OUTSIDE=INSIDE"
    char *set[BOX_LIST]; // "NAME=value"
    int sees, sets;
    char **argv; // the command, NULL ends
};

// Fills in the box from the command line; ends the program with a sentence where that is wrong.
void box_words(int argc, char **argv, struct box *box);

// Starts bwrap, or the bare command, as a child of ours; the signals that are blocked here are not in it. Returns its
// number, or -1 with errno. *status: the pipe's end from which its words are read.
pid_t box_start(const struct box *box, int *status);

// A memory file with the filter of system calls for bwrap --seccomp, -1: this machine has none.
int box_filter(void);

#endif
