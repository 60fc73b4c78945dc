// SPDX-License-Identifier: MIT
//
// make.c: see make.h.

#include "make.h"

#include "conf.h"
#include "die.h"
#include "labs.h"
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_CAP = PATH_MAX + 96 };

static bool is_empty(const char *dir) {
    DIR *const open = opendir(dir);
    bool empty = open;
    for (struct dirent *entry; open && (entry = readdir(open));)
        empty = empty && (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."));
    if (open)
        closedir(open);
    return empty;
}

// A file that was not there before.
static FILE *create(const char *dir, const char *name) {
    char path[PATH_CAP];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *const file = fopen(path, "wxe");
    if (!file)
        die("%s cannot be written: %s.", path, strerror(errno));
    return file;
}

void make_finish(FILE *file, const char *what) {
    if (ferror(file) | fclose(file))
        die("%s could not be written to its end: is there room on the disk?", what);
}

int make_course(const char *dir) {
    static struct labs labs;
    const char *names[LABS_MAX];
    char root[PATH_MAX], text[4096], path[PATH_CAP];
    if (!labs_root(root, sizeof root) || !labs_list(root, &labs, text, sizeof text))
        die("the labs of the kit cannot be listed; is /proc mounted?");
    for (int i = 0; i < labs.count; i++)
        names[i] = labs.at[i].name;
    if (strlen(dir) >= PATH_MAX)
        die("that path is too long.");
    if (mkdir(dir, 0777) != 0 && errno != EEXIST)
        die("%s cannot be made: %s.", dir, strerror(errno));
    if (!is_empty(dir))
        die("%s is not empty: name a directory that is not there yet. Nothing was written.", dir);
    FILE *file = create(dir, "course.conf");
    conf_template(file, names, labs.count);
    make_finish(file, "course.conf");
    file = create(dir, "roster.csv");
    fputs("username,name\n", file);
    make_finish(file, "roster.csv");
    static const char *const rooms[] = {"submissions", "hidden", "earlier"};
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, rooms[i]);
        if (mkdir(path, 0777) != 0)
            die("%s cannot be made: %s.", path, strerror(errno));
    }
    printf("%s is a course: edit course.conf (which labs, when they are due) and roster.csv (who "
           "is in "
           "it), put what was handed in into submissions/LAB, then type\n"
           "    make grade COURSE=%s LAB=%s\n",
           dir, dir, labs.count ? names[0] : "NAME");
    return 0;
}
