// SPDX-License-Identifier: MIT
//
// earlier.c: see earlier.h.

#include "earlier.h"

#include <stdio.h>
#include <string.h>

bool earlier_read(struct earlier *earlier, const char *const *paths, int count,
                  const struct input *like, const struct policy *policy, char *why, size_t cap) {
    for (int i = 0; i < count; i++) {
        struct earlier_class *const c = &earlier->at[i];
        const char *const slash = strrchr(paths[i], '/');
        c->name = slash && slash[1] ? slash + 1 : paths[i];
        c->input.count = like->count;
        memcpy(c->input.names, like->names, sizeof like->names);
        earlier->count = i + 1;
        if (!input_read(&c->input, paths[i], why, cap))
            return false;
        course_collect(&c->course, &c->input, LAYOUTS, policy);
        if (c->course.students == 0) {
            snprintf(why, cap, "no submission of an earlier class was found in %s.", paths[i]);
            return false;
        }
    }
    return true;
}

void earlier_free(struct earlier *earlier) {
    for (int i = 0; i < earlier->count; i++) {
        course_free(&earlier->at[i].course);
        input_free(&earlier->at[i].input);
    }
}
