// SPDX-License-Identifier: MIT
//
// hidden.h: an instructor's own checks of a lab, of which students see no inputs. They stand in a plain
// text outside the kit, by custom LAB.txt in the directory "hidden" of the course, and are judged behind
// those of the rubric:
//
//     check      mpi-far                              its id; a check ends where the next begins
//     points     10
//     title      ranks give the serial plate at sizes nobody was told
//     needs      mpi-equal                            an earlier check, or VERSION-build
//     cases      mpi workers=6,9 n=200..300,p*7 steps=5
//     cases      hybrid workers=3 threads=2 n=83      more of them
//     asks       right                                or same-bits: bit for bit the serial result
//     visibility after_due_date                       what students see of it, and when (below)
//
//     check      mpi-long                             one of the rubric's: its visibility alone
//     visibility after_published
//
// A line is a key and its value; # begins a comment. `cases` is what a rubric says (expand.h); every
// result is recomputed by the kit's own program, so a check needs no answers, and no line of C that
// would have to follow the kit. Left out, `needs` is the build of the first version, `asks` right,
// `visibility` hidden.
//
// The visibilities are those of Gradescope: visible; hidden (students learn verdict, points and title,
// and never what ran); after_due_date (all of it, when nobody can hand in any more); after_published
// (all of it, when the instructor says --published).

#ifndef TWOFOLD_CHECK_HIDDEN_H
#define TWOFOLD_CHECK_HIDDEN_H

#include "rubric.h"

// Adds the checks of the file to the rubric, whose digest then is of both. about: the lab, whose
// versions and parameters the cases must name; NULL: they are not looked at. False: why says what is
// wrong, and in which line.
bool hidden_add(struct rubric *rubric, const char *path, const struct lab_about *about, char *why,
                size_t cap);

#endif
