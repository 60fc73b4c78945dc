// SPDX-License-Identifier: MIT
//
// show.h: numbers as a reader wants them. Each writes at most 15 characters and the closing 0 and
// returns its text argument; NAN becomes "-".

#ifndef TWOFOLD_SHOW_H
#define TWOFOLD_SHOW_H

enum { SHOW_CAP = 16 };

const char *show_time(double seconds, char text[SHOW_CAP]);  // "412 ms", "1.25 s", "80 us"
const char *show_bytes(double bytes, char text[SHOW_CAP]);   // "0 B", "12.3 KiB", "302 MiB"
const char *show_count(double count, char text[SHOW_CAP]);   // "1234", "12.3 k", "4.5 M"
const char *show_factor(double factor, char text[SHOW_CAP]); // "1.97", "48.2", "0.012"
const char *show_percent(double share, char text[SHOW_CAP]); // "98 %", "3.4 %"

#endif
