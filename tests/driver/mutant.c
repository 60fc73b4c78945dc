// SPDX-License-Identifier: MIT
//
// mutant.c: one wrong answer in a directory of its own, and the judge that is asked; see mutant.h.

#include "mutant.h"
#include "around.h"
#include "process.h"
#include <dirent.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS = 480 };

const char mutant_honest[] = "an-honest-answer";

void mutant_wrong(struct run *run, const char *format, ...) {
    const size_t used = strlen(run->wrong);
    va_list args;
    va_start(args, format);
    vsnprintf(run->wrong + used, sizeof run->wrong - used, format, args);
    va_end(args);
}

void mutant_read(struct run *run, const struct setting *setting, const char *name) {
    char path[2 * PATH_MAX], line[512] = "", second[8] = "";
    run->kind = MUTANT;
    snprintf(run->name, sizeof run->name, "%s", name);
    snprintf(path, sizeof path, "%s/%s.c", setting->mutant_path, name);
    FILE *const file = fopen(path, "re");
    if (!file || !fgets(line, sizeof line, file) || !fgets(second, sizeof second, file))
        mutant_wrong(run, "# %s cannot be read\n", path);
    else if (!expect_read(line, &run->expect))
        mutant_wrong(
            run, "# %s:1: not the line \"// EXPECT file=... check=... verdict=... says=\"...\"\"\n",
            path);
    else if (strncmp(second, "// ", 3) != 0)
        mutant_wrong(run, "# %s:2: no word on what the student believed\n", path);
    if (file)
        fclose(file);
}

// -- its directory ------------------------------------------------------------------------------------

static bool copy(const char *from_dir, const char *from, const char *to_dir, const char *to) {
    char path[2 * PATH_MAX], bytes[1 << 14];
    snprintf(path, sizeof path, "%s/%s", from_dir, from);
    FILE *const in = fopen(path, "re");
    snprintf(path, sizeof path, "%s/%s", to_dir, to);
    FILE *const out = in ? fopen(path, "we") : NULL;
    bool good = out != NULL;
    for (size_t n; good && (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
        good = fwrite(bytes, 1, n, out) == n;
    good = good && !ferror(in);
    if (in)
        fclose(in);
    return out && fclose(out) == 0 && good;
}

// The solution's files, or those of the same names in the lab's directory: the starters.
static bool fill(const struct setting *setting, const char *dir, const char *from) {
    DIR *const list = opendir(setting->solution_path);
    bool good = list != NULL;
    for (struct dirent *entry; good && (entry = readdir(list));)
        if (fnmatch("*.c", entry->d_name, 0) == 0)
            good = copy(from, entry->d_name, dir, entry->d_name);
    if (list)
        closedir(list);
    return good;
}

static bool prepare(struct run *run, const struct setting *setting, const char *dir) {
    char file[sizeof run->name + 2], path[2 * PATH_MAX];
    if (!fill(setting, dir, run->kind == STARTERS ? setting->lab_path : setting->solution_path)) {
        mutant_wrong(run, "# the files could not be copied to %s\n", dir);
        return false;
    }
    if (run->kind != MUTANT)
        return true;
    snprintf(path, sizeof path, "%s/%s", dir, run->expect.file);
    snprintf(file, sizeof file, "%s.c", run->name);
    if (access(path, F_OK) != 0)
        mutant_wrong(run, "# the solution has no file %s\n", run->expect.file);
    else if (strcmp(run->name, mutant_honest) != 0 &&
             !copy(setting->mutant_path, file, dir, run->expect.file))
        mutant_wrong(run, "# the mutant could not be copied to %s\n", dir);
    return !run->wrong[0];
}

// -- the judge ----------------------------------------------------------------------------------------

// False: there is no journal.
static bool read_journal(struct run *run, const struct setting *setting, const char *path) {
    FILE *const file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    while (file && getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        mutant_look(run, setting, line);
    }
    free(line);
    return file && fclose(file) == 0;
}

static void conclude(struct run *run, const struct outcome *outcome) {
    const bool lost = run->kind != SOLUTIONS && !run->passed && !run->ungraded; // points
    const int status = lost ? 1 : 0;
    if (!outcome->started || outcome->over_time)
        mutant_wrong(run, "# the judge: %s\n", outcome->text);
    else if (outcome->status != status)
        mutant_wrong(run, "# the judge ended with status %d and not with %d; stderr: %.400s\n",
                     outcome->status, status, outcome->err);
    else if (outcome->left)
        mutant_wrong(run, "# the judge left %d process%s behind\n", outcome->left,
                     outcome->left == 1 ? "" : "es");
    if (run->kind == MUTANT && !run->seen)
        mutant_wrong(run, "# the journal has no line of %s\n", run->expect.check);
    if (run->kind == SOLUTIONS && (run->points < run->max_points || run->points <= 0))
        mutant_wrong(run, "# the score is %.0f of %.0f\n", run->points, run->max_points);
    if (run->kind == STARTERS && (run->points > 0 || !run->todo))
        mutant_wrong(run, "# the score is %.0f, and %d checks say TODO\n", run->points, run->todo);
}

static void ask(struct run *run, const struct setting *setting, const char *dir) {
    const char *const check = run->expect.check;
    struct command command = {0};
    struct outcome outcome;
    char journal[PATH_MAX + 32];
    snprintf(journal, sizeof journal, "%s/journal.jsonl", dir);
    command_add_all(&command, (char *[]){(char *)setting->judge, "check", (char *)setting->lab.name,
                                         "--json", NULL});
    command_add(&command, "--from");
    command_add(&command, "%s/files", dir);
    command_add(&command, "--seed");
    command_add(&command, "%" PRIu64, setting->seed);
    command_add(&command, "--journal");
    command_add(&command, "%s", journal);
    if (setting->hostile) {
        char tmp[PATH_MAX + 32];
        snprintf(tmp, sizeof tmp, "%s/tmp", dir);
        command_set(&command, "TMPDIR", tmp);
    }
    if (run->kind == MUTANT) {
        command_add(&command, "--only");
        command_add(&command, "%.*s%s", mutant_is_of_build(run) ? (int)strlen(check) - 6 : 40,
                    check, mutant_is_of_build(run) ? "-equal" : "");
    }
    const struct how how = {
        .seconds = SECONDS, .capture_out = true, .capture_err = true, .cap = 1 << 16};
    process_run(&command, &how, &outcome);
    if (!read_journal(run, setting, journal))
        mutant_wrong(run, "# there is no journal\n");
    conclude(run, &outcome);
    const char *const reached = setting->hostile ? around_look(dir) : "";
    mutant_wrong(run, "%s", reached);
    run->harm = *reached || outcome.left;
    outcome_free(&outcome);
    command_free(&command);
}

void mutant_judge(struct run *run, const struct setting *setting) {
    const char *const tmp = getenv("TMPDIR");
    char dir[PATH_MAX], files[PATH_MAX + 16];
    if (run->wrong[0])
        return; // its first line could not be read
    snprintf(dir, sizeof dir, "%s/twofold-mutant-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(dir)) {
        mutant_wrong(run, "# there is no directory to work in\n");
        return;
    }
    chmod(dir, 0755); // the judge may give up root and still has to read it
    snprintf(files, sizeof files, "%s/files", dir);
    if (mkdir(files, 0755) != 0 || (setting->hostile && !around_make(dir)))
        mutant_wrong(run, "# there is no room to work in %s\n", dir);
    else if (prepare(run, setting, files))
        ask(run, setting, dir);
    struct command tidy = {0};
    struct outcome outcome;
    command_add_all(&tidy, (char *[]){"rm", "-rf", dir, NULL});
    process_run(&tidy, &(struct how){.seconds = 20}, &outcome);
    outcome_free(&outcome);
    command_free(&tidy);
}
