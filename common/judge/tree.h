// SPDX-License-Identifier: MIT
//
// tree.h: all processes of a run, found in /proc: its first process, what descends from it, and
// what carries its mark though its parents are gone.

#ifndef TWOFOLD_TREE_H
#define TWOFOLD_TREE_H

#include <sys/types.h>

// The variable that marks the environment of a run; a run inside a run gets a longer mark, OUTER/N.
#define TREE_MARK "TWOFOLD_RUN"

// Sends signal (0: none, only count) to every process of the run, but not to zombies and never to
// this process. pid: of the first one, 0: it is reaped already. Returns how many there were.
int tree_signal(pid_t pid, const char *mark, int signal);

// SIGKILL to all of them, again and again until none is left (2 s at most, for one that the kernel
// holds cannot die). Returns how many were seen at first.
int tree_kill(pid_t pid, const char *mark);

// How one of those that carry the mark was called, with its words; "": none is there.
void tree_name(const char *mark, char *text, size_t cap);

// The numbers of process pid and of all that descend from it, at most `most`; returns how many.
int tree_list(pid_t pid, pid_t *pids, int most);

#endif
