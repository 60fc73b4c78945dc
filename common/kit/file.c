// SPDX-License-Identifier: MIT
// file.c: whole files or none.

#include "file.h"

#include "kit.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool part_open(struct part *part, const char *path) {
    if (snprintf(part->path, sizeof part->path, "%s", path) >= (int)sizeof part->path)
        return refuse("The file name %.60s... is too long.", path);
    struct stat there;
    if (stat(path, &there) == 0 &&
        !S_ISREG(there.st_mode)) // a rename would put a file in its place
        return refuse("Cannot write %s: it is there and is not a file; choose another name.", path);
    snprintf(part->partial, sizeof part->partial, "%s.part", path);
    part->file = fopen(part->partial, "wb");
    if (!part->file)
        return refuse("Cannot write %s: %s; name a directory you may write to.", path,
                      strerror(errno));
    return true;
}

void part_drop(struct part *part) {
    fclose(part->file);
    unlink(part->partial);
}

bool part_close(struct part *part) {
    bool written = fflush(part->file) == 0 && fsync(fileno(part->file)) == 0 && !ferror(part->file);
    int why = errno;
    written = fclose(part->file) == 0 && written;
    if (!written || rename(part->partial, part->path) != 0) {
        if (written)
            why = errno;
        unlink(part->partial);
        return refuse("Cannot write %s: %s; nothing was left under that name by this run.",
                      part->path, strerror(why));
    }
    return true;
}
