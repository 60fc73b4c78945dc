// SPDX-License-Identifier: MIT
//
// sandbox.h: a stranger's program runs in a box: it sees what it is shown, writes to one directory,
// reaches no network, and nothing of it outlives the box.
//
// Theory of operation. A box is made by bubblewrap, anew for each command, from namespaces of its
// own (users, processes, network, mounts). process.h runs build/bin/box (common/box), a small
// program of one thread that stays outside; it starts bwrap, watches the memory of the whole job
// from outside, and ends a job by SIGKILL to the box's first process, with which the kernel ends
// all others. So a caller makes a command for process_run() as ever, and a time limit, Ctrl-C or
// the death of the caller end the box as they end any command. What the box stopped it tells in a
// file that nobody inside can see.
//
// Paths. Inside, the job's directory is /w (the working directory, the only one that keeps what is
// written), and what is below the kit's root is below /kit. The words of a command and the values
// set for it are translated: absolute paths in them that lie in either are written as they are
// called inside. Nothing else of the caller's disk is there but /usr, /etc and an MPI's own place.
//
//     struct sandbox box;
//     if (!sandbox_open(&box, root, dir, (const char *const[]){"build/solutions", NULL}, why, cap))
//         ... sandbox_available() was false, or dir cannot be used: `why` is the sentence
//     sandbox_command(&box, &(struct sandbox_limits){.memory_mib = 512}, &command, &boxed);
//     process_run(&boxed, &how, &outcome);
//     if (sandbox_verdict(&box, text, cap) != SANDBOX_NOTHING) ... the box ended it: text says why
//     sandbox_close(&box);
//
// Where no box can be made, one's own program may run without: sandbox_open_bare(). The same limits
// hold, box watches and ends it as it would, and the program sees all that its user sees.
//
// Several threads may each have a box of their own; a box runs one command at a time.

#ifndef TWOFOLD_SANDBOX_H
#define TWOFOLD_SANDBOX_H

#include "command.h"
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

// What a job may use. 0: the default.
struct sandbox_limits {
    int processes;   // and threads, of the whole job: 160 (mpirun -n 4 needs about 20)
    int cpu_seconds; // of each process: 120
    int memory_mib;  // of the whole job, shared pages counted once: 2048
    int address_mib; // address space of each process: none (mpirun needs 250)
    int file_mib;    // of each file: 256
    int disk_mib;    // of all files in the job's directory: 512
    int scratch_mib; // of /tmp, and of /dev/shm: 256
};

enum sandbox_verdict {
    SANDBOX_NOTHING,   // the box did not interfere
    SANDBOX_MEMORY,    // stopped: the whole job had more memory than it may
    SANDBOX_PROCESSES, // stopped: too many processes (met only where the kernel does not refuse them)
    SANDBOX_DISK,      // stopped: too much was written, or too many files
    SANDBOX_BROKEN     // the box itself could not be made: not the program's fault
};

struct sandbox {
    char root[PATH_MAX];   // the kit's directory, absolute
    char dir[PATH_MAX];    // the job's directory, absolute; /w inside
    char report[PATH_MAX]; // where the box tells what it stopped
    struct command shown;  // its argv: the words that show it more than its directory
    char group[PATH_MAX]; // without a box, as root: where a group bounds the processes; "": nowhere
    int uid;              // a caller who is root becomes this user, 0: no change
    bool bare;            // there is no box, only limits
    bool closed;          // that user cannot get to some of it: it is mounted where he can
    int uid_lock;         // keeps the number ours; -1: none
    double peak_mib;      // of the last command, after sandbox_verdict()
    int peak_processes;
    bool growing; // its memory grew to the end
};

// Does a box work here? Makes one the first time and tries what it promises (the number of
// processes is limited, no network, nothing outside can be written or seen), about 0.2 s. False:
// `why` is the sentence that says what is missing and what mends it.
bool sandbox_available(const char *root, char *why, size_t cap);

// A box around the directory dir, which exists and is the caller's (as root: it is given to the
// box's user, with all that is in it). see: what the program needs of the kit, read-only, relative
// to root or absolute; NULL ends. False: `why` says why not; nothing is to be closed then.
bool sandbox_open(struct sandbox *box, const char *root, const char *dir, const char *const *see,
                  char *why, size_t cap);

// The same without a box, for one's own code: paths are what they are outside, the environment is
// ours, root stays root.
bool sandbox_open_bare(struct sandbox *box, const char *root, const char *dir, char *why,
                       size_t cap);

// Makes the command that runs `inside` in the box; the caller frees it. Of this process's
// environment the program gets what a compiler and an MPI need (PATH, LANG, OMPI_MCA_* ...), and
// what `inside` sets. mpirun may be among its words.
void sandbox_command(const struct sandbox *box, const struct sandbox_limits *limits,
                     const struct command *inside, struct command *out);

// After process_run() of that command: did the box end it? text: a sentence about it, "" if not.
// All that is left in the job's directory are plain files and directories of the box's user: no
// link, pipe or device waits there for a reader.
enum sandbox_verdict sandbox_verdict(struct sandbox *box, char *text, size_t cap);

// Gives the number of the user back. What is in the job's directory stays.
void sandbox_close(struct sandbox *box);

#endif
