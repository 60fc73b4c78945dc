// SPDX-License-Identifier: MIT
//
// views.h: a timeline drawn in the terminal, and as a file for https://ui.perfetto.dev.

#ifndef TWOFOLD_VIEWS_H
#define TWOFOLD_VIEWS_H

#include "../../observe/read/timeline.h"

// A row a lane, each time stretch a letter, then who waited longest where. width: columns there
// are.
void draw_timeline(FILE *file, const struct timeline *timeline, int width);

// The same as JSON of Chrome's trace events: ranks are processes, threads are threads, messages
// are arrows. False: errno says why it could not be written.
bool write_trace_events(const char *path, const struct timeline *timeline);

#endif
