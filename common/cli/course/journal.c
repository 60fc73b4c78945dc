// SPDX-License-Identifier: MIT
//
// journal.c: see journal.h.

#include "journal.h"

#include "../check/hidden.h"
#include "die.h"
#include "flat.h"
#include "version.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// "1.0+g1a2b3c4d5e.6f708192" -> 1.0, as a number to compare.
static long version_number(const char *kit) {
    char *end;
    const long major = strtol(kit, &end, 10);
    return 1000 * major + (*end == '.' ? strtol(end + 1, NULL, 10) : 0);
}

// What judged last, as a journal says: the kit and the rubric, "" where it says nothing.
static void last_judge(const char *path, char kit[64], char rubric[80]) {
    FILE *const file = fopen(path, "re");
    char *line = NULL, text[80];
    size_t room = 0;
    *kit = *rubric = '\0';
    while (file && getline(&line, &room, file) >= 0)
        if (flat_text(line, "rubric", text, sizeof text)) {
            snprintf(rubric, 80, "%s", text);
            flat_text(line, "kit", kit, 64);
        }
    free(line);
    if (file)
        fclose(file);
}

void journal_compare(const char *root, const struct lab_entry *lab, const char *hidden,
                     const char *journal, bool regrade) {
    static struct rubric rubric;
    char kit[64], its[80], text[1024];
    last_judge(journal, kit, its);
    if (*kit && version_number(kit) > version_number(KIT_VERSION))
        die("the journal %s was made by kit %s, and this kit is %s, an older one: grade with the "
            "newer "
            "kit.",
            journal, kit, KIT_VERSION);
    if (!rubric_read(&rubric, root, lab, text, sizeof text))
        die("%s", text);
    if (hidden && !hidden_add(&rubric, hidden, NULL, text, sizeof text))
        die("%s", text);
    if (*its && strcmp(its, rubric.sha) != 0 && !regrade)
        die("the rubric of %s is not the one that the journal %s was made with: with REGRADE=1 all "
            "is "
            "judged anew, and old and new scores are shown. Nothing was changed.",
            lab->name, journal);
}
