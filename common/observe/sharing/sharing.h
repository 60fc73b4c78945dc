// SPDX-License-Identifier: MIT
//
// sharing.h: which cache lines the threads of a team take from each other.
//
// Theory of operation. Two threads that write different variables on the same cache line share no
// data, but the line can be in one core at a time, so each write has to fetch it: false sharing. It
// is no fault in the result, only in the time, and a clock on a busy machine cannot tell. So it is
// counted. The program is compiled as for the race lane (-fsanitize=thread: a call before every
// access of memory) and with -fsanitize-coverage=trace-pc (a call for every piece of code without a
// branch), and linked with ../race, which keeps the team together, and in place of ThreadSanitizer
// with this library, build/lib/sharing.so:
//
//     calls.c   what the compiler and ../race call: each access is one event, each piece of code, too
//     lines.c   for each cache line, what each thread wrote on it between two barriers, and from
//               which of its events to which
//
// The number of events since the last barrier is a thread's clock: it says how far it has got with
// its work, whoever had a core. Two threads contend for a line if they wrote different bytes of it
// and the times in which they did overlap by that clock: so two blocks of an array that meet on a
// line do not contend if one thread is there at its beginning and the other at its end. A part of a
// program between two barriers that is short, and writes that are rare among the events, do not
// count: it is the barriers, or the work itself, that take the time there.
//
// At its end the program writes to $TWOFOLD_SHARING, a text:
//
//     events 123456                      of all threads, inside of regions with more than one
//     pair A B WRITES LINES              contended writes by the code at A or B, on so many lines
//
// A and B are addresses behind calls, in the file of the program.

#ifndef TWOFOLD_SHARING_H
#define TWOFOLD_SHARING_H

#include <stddef.h>
#include <stdint.h>

// Counts an event of this thread.
void sharing_event(void);
// The same for a write of so many bytes, by the code that returns to `caller`.
void sharing_write(void *address, size_t size, void *caller);

#endif
