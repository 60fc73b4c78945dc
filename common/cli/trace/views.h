// SPDX-License-Identifier: MIT
//
// views.h: a timeline drawn in the terminal, as a page, and as a file for https://ui.perfetto.dev.

#ifndef TWOFOLD_VIEWS_H
#define TWOFOLD_VIEWS_H

#include "../../observe/read/timeline.h"

// A row a lane, each time stretch a letter, then who waited longest where. width: columns there
// are.
void draw_timeline(FILE *file, const struct timeline *timeline, int width);

// The messages in a sentence, and who waited longest where; nothing where there is neither.
void draw_waits(FILE *file, const struct timeline *timeline);

// The same as one HTML page that needs no other file and no script: a drawing, the figures as a
// table, and the longest waits. Written whole or not at all. False: why holds a sentence.
bool write_trace_page(const char *path, const struct timeline *timeline, const char *title,
                      const char *command, char *why, size_t cap);

// The same as JSON of Chrome's trace events: ranks are processes, threads are threads, messages
// are arrows. False: errno says why it could not be written.
bool write_trace_events(const char *path, const struct timeline *timeline);

#endif
