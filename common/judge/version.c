// SPDX-License-Identifier: MIT

#include "version.h"

#include "process.h"
#include "sha256.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// The commit of the tree at root, "g" and ten digits and a dot; "" where there is none.
static void commit_of(const char *root, char *text, size_t cap) {
    char path[PATH_MAX + 8];
    struct command command = {0};
    struct outcome o;
    *text = '\0';
    snprintf(path, sizeof path, "%s/.git", root);
    if (access(path, F_OK) != 0 ||
        !process_find("git", NULL, 0)) // or a tree around it would answer
        return;
    command_add(&command, "git");
    command_add(&command, "-C");
    command_add(&command, "%s", root);
    command_add(&command, "rev-parse");
    command_add(&command, "--short=10");
    command_add(&command, "HEAD");
    process_run(&command, &(struct how){.seconds = 5, .capture_out = true, .capture_err = true},
                &o);
    if (o.started && o.status == 0 && strspn(o.out, "0123456789abcdef") >= 10)
        snprintf(text, cap, "g%.10s.", o.out);
    outcome_free(&o);
    command_free(&command);
}

void version_text(const char *root, char *text, size_t cap) {
    struct sha256 sha;
    char digest[65], commit[16];
    commit_of(root, commit, sizeof commit);
    sha256_begin(&sha);
    sha256_add_file(&sha, "/proc/self/exe");
    sha256_end(&sha, digest);
    snprintf(text, cap, "%s+%s%.8s", KIT_VERSION, commit, digest);
}
