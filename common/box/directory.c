// SPDX-License-Identifier: MIT
//
// directory.c: see directory.h.

#include "directory.h"
#include <errno.h>
#include <fts.h>
#include <sys/stat.h>
#include <unistd.h>

static FTS *open_walk(const char *dir) {
    char *path[] = {(char *)dir, NULL}; // fts does not write to it
    return fts_open(path, FTS_PHYSICAL | FTS_XDEV, NULL);
}

bool directory_give(const char *dir, int uid) {
    FTS *walk = open_walk(dir);
    int why = walk ? 0 : errno;
    for (FTSENT *one; walk && (one = fts_read(walk));)
        if (one->fts_info == FTS_NS || one->fts_info == FTS_DNR)
            why = one->fts_errno;
        else if (one->fts_info != FTS_DP && lchown(one->fts_accpath, (uid_t)uid, (gid_t)uid) != 0)
            why = errno;
    if (walk)
        fts_close(walk);
    errno = why;
    return why == 0;
}

void directory_clean(const char *dir) {
    FTS *walk = open_walk(dir);
    for (FTSENT *one; walk && (one = fts_read(walk));) {
        mode_t mode = one->fts_info == FTS_NS ? 0 : one->fts_statp->st_mode & 0777;
        if (one->fts_info == FTS_D) // before it is entered
            chmod(one->fts_accpath, mode | S_IRWXU);
        else if (one->fts_info == FTS_F)
            chmod(one->fts_accpath, mode | S_IRUSR | S_IWUSR);
        else if (one->fts_info == FTS_SL || one->fts_info == FTS_SLNONE ||
                 one->fts_info == FTS_DEFAULT)
            unlink(one->fts_accpath);
    }
    if (walk)
        fts_close(walk);
}
