// SPDX-License-Identifier: MIT
//
// layout.h: whose file it is, told by its path alone.
//
// Theory of operation. Every learning platform packs the submissions of a class in its own way; what
// they share is that student, attempt and file name stand in the path. So the input is a list of
// paths (collect.h), and this is a function of a path:
//
//     plain       STUDENT/omp.c, STUDENT/ATTEMPT/omp.c (a number or a date), STUDENT.zip/...
//     canvas      lovelaceada_LATE_1234_56789_omp-1.c: name, user, file, -N at a second upload
//     moodle      Ada Lovelace_1234567_assignsubmission_file_/omp.c, or ..._file_omp.c
//     gradescope  submission_123456/omp.c, beside submission_metadata.yml (metadata.h)
//     blackboard  Heat_ada_attempt_2026-11-20-23-58-59_omp.c
//
// An archive is a directory here: "ada.zip/omp.c".

#ifndef TWOFOLD_GRADE_LAYOUT_H
#define TWOFOLD_GRADE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

enum layout { PLAIN, CANVAS, MOODLE, GRADESCOPE, BLACKBOARD, LAYOUTS };

// "plain", "canvas" ...
extern const char *const layout_names[LAYOUTS];
// The layout of this name; LAYOUTS: there is none.
enum layout layout_find(const char *name);
// What the paths look like.
enum layout layout_guess(char *const *paths, size_t count);

struct placed {
    char student[96]; // the key: a directory's name, or the platform's number
    char name[128];   // of the person, as far as the path has it
    char attempt[64]; // "" there is one only
    char file[64];    // omp.c
    char date[32];    // 2026-11-20-23-58-59; "" not told
    bool late;        // the platform says so
    int depth;        // directories below that of the attempt: the shallowest file counts
    bool archive;     // `file` is an archive, to be looked into
};

// False: it is no file of a submission (the platform's own, a hidden one, rubbish of a Mac).
bool layout_place(enum layout layout, const char *path, struct placed *placed);

// Is that an archive by its name (.zip .tar .tar.gz .tgz .tar.xz .tar.bz2 .tar.zst)? The length of
// the name without that, 0: no.
size_t layout_archive(const char *name);
// Is that an attempt's name: a number, "attempt 2", a date?
bool layout_attempt(const char *name);

#endif
