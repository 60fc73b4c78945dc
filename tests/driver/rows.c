// SPDX-License-Identifier: MIT
//
// rows: tests that are a line each: what a command is to answer.
//
//     rows SUITE FILE
//
// A line of FILE is   STATUS <TAB> FRAGMENT <TAB> COMMAND   ('#' comments, empty lines are skipped).
// COMMAND runs by sh -c in an empty directory of its own, with a TMPDIR of its own and the variables
// that tests/run.sh set ($LAB, $MPIRUN ...). The row passes when the command ends with STATUS within a minute, its stderr
// contains FRAGMENT, no core file and no half-written file (*.part) lies in the directory, and no
// process is left. Status 77: this machine cannot show it; stderr says why, and the row is skipped.
// Four rows run at once: most of their time they wait for a launcher to end.

#include "process.h"
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS_MAX = 1000, SKIPPED = 77, AT_ONCE = 4 };

struct row {
    int line, status;
    char *fragment, *command;
    char *report; // what to print, once it has run
    bool good;
};

static const char *suite, *file_name;
static struct row rows[ROWS_MAX];
static int row_count, next_row;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static _Noreturn void die(const char *sentence, int line) {
    printf("not ok - %s: %s is read\n# line %d: %s\n", suite, file_name, line, sentence);
    exit(1);
}

static void read_rows(void) {
    FILE *const file = fopen(file_name, "re");
    if (!file)
        die("the file cannot be opened", 0);
    char *text = NULL;
    size_t room = 0;
    for (int line = 1; getline(&text, &room, file) >= 0; line++) {
        text[strcspn(text, "\n")] = '\0';
        if (text[0] == '#' || text[strspn(text, " \t")] == '\0')
            continue;
        char *end, *const copy = strdup(text);
        const long status = strtol(copy, &end, 10);
        char *const tab = *end == '\t' ? strchr(end + 1, '\t') : NULL;
        if (end == copy || !tab || !tab[1])
            die("a row is STATUS, a tab, a fragment of stderr, a tab, a command", line);
        if (row_count == ROWS_MAX)
            die("the file has too many rows", line);
        *tab = '\0';
        rows[row_count++] = (struct row){
            .line = line, .status = (int)status, .fragment = end + 1, .command = tab + 1};
    }
    free(text);
    fclose(file);
    if (!row_count)
        die("there is no row in it", 0);
}

// A file in the directory that must not be there: its name, or NULL.
static const char *litter(const char *dir, char *name, size_t cap) {
    DIR *const list = opendir(dir);
    const char *found = NULL;
    for (struct dirent *entry; list && !found && (entry = readdir(list));) {
        const size_t length = strlen(entry->d_name);
        if (!strncmp(entry->d_name, "core", 4) ||
            (length > 5 && !strcmp(entry->d_name + length - 5, ".part"))) {
            snprintf(name, cap, "%s", entry->d_name);
            found = name;
        }
    }
    if (list)
        closedir(list);
    return found;
}

static void print_indented(FILE *to, const char *text, int lines) {
    for (int i = 0; i < lines && *text; i++) {
        const size_t length = strcspn(text, "\n");
        fprintf(to, "#   %.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void judge(struct row *row, const struct outcome *o, const char *dir) {
    size_t size;
    char name[256];
    FILE *const to = open_memstream(&row->report, &size);
    if (!to)
        return;
    if (o->status == SKIPPED && !o->over_time) {
        row->good = true;
        fprintf(to, "ok - %s: line %d: %s # SKIP %.*s\n", suite, row->line, row->command,
                (int)strcspn(o->err, "\n"), o->err);
        fclose(to);
        return;
    }
    char wrong[1024] = "";
    const char *const stray = litter(dir, name, sizeof name);
    if (!o->started || o->over_time)
        snprintf(wrong, sizeof wrong, "%s", o->text);
    else if (o->status != row->status)
        snprintf(wrong, sizeof wrong, "it ended with status %d and not with %d", o->status,
                 row->status);
    else if (!strstr(o->err, row->fragment))
        snprintf(wrong, sizeof wrong, "stderr does not say \"%s\"", row->fragment);
    else if (strstr(o->err, "Sanitizer") || strstr(o->err, "runtime error:"))
        snprintf(wrong, sizeof wrong, "a sanitizer complained");
    else if (o->left)
        snprintf(wrong, sizeof wrong, "it left %d process%s behind", o->left,
                 o->left == 1 ? "" : "es");
    else if (stray)
        snprintf(wrong, sizeof wrong, "it left the file %s", stray);
    row->good = !wrong[0];
    fprintf(to, "%sok - %s: line %d: %s\n", row->good ? "" : "not ", suite, row->line,
            row->command);
    if (!row->good) {
        fprintf(to, "# %s:%d: %s; stderr was:\n", file_name, row->line, wrong);
        print_indented(to, o->err, 12);
    }
    fclose(to);
}

static void run(struct row *row) {
    const char *const tmp = getenv("TMPDIR");
    char base[480], dir[512], own[512], doing[1200];
    snprintf(base, sizeof base, "%s/twofold-row-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(base))
        return;
    snprintf(dir, sizeof dir, "%s/here", base);
    snprintf(own, sizeof own, "%s/tmp", base);
    // Some rows give up root, and still have to get there.
    if (chmod(base, 0711) != 0 || mkdir(dir, 0700) != 0 || mkdir(own, 0777) != 0 ||
        chmod(own, 01777) != 0)
        return;
    struct command command = {0}, tidy = {0};
    command_set(&command, "TMPDIR", own); // launchers side by side trip over each other's files
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "%s", row->command);
    const struct how how = {
        .seconds = 60, .capture_out = true, .capture_err = true, .cap = 1 << 16, .dir = dir};
    struct outcome outcome;
    process_run(&command, &how, &outcome);
    judge(row, &outcome, dir);
    outcome_free(&outcome);
    command_free(&command);

    snprintf(doing, sizeof doing, "chmod -R u+rwx '%s'; rm -rf '%s'", base, base);
    command_add(&tidy, "sh");
    command_add(&tidy, "-c");
    command_add(&tidy, "%s", doing);
    process_run(&tidy, &(struct how){.seconds = 20}, &outcome);
    outcome_free(&outcome);
    command_free(&tidy);
}

static void *work(void *unused) {
    for (;;) {
        pthread_mutex_lock(&mutex);
        struct row *const row = next_row < row_count ? &rows[next_row++] : NULL;
        pthread_mutex_unlock(&mutex);
        if (!row || process_interrupted())
            return unused;
        run(row);
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: rows SUITE FILE\n", stderr);
        return 2;
    }
    suite = argv[1];
    file_name = argv[2];
    read_rows();
    process_catch_signals();
    // A core file is only seen where one may be written.
    struct rlimit cores;
    if (getrlimit(RLIMIT_CORE, &cores) == 0) {
        cores.rlim_cur = cores.rlim_max;
        setrlimit(RLIMIT_CORE, &cores);
    }
    pthread_t thread[AT_ONCE];
    int threads = 0;
    while (threads < AT_ONCE && pthread_create(&thread[threads], NULL, work, NULL) == 0)
        threads++;
    for (int i = 0; i < threads; i++)
        pthread_join(thread[i], NULL);
    process_die_if_interrupted();
    bool good = threads > 0;
    for (int i = 0; i < row_count; i++) {
        if (rows[i].report)
            fputs(rows[i].report, stdout);
        else
            printf("not ok - %s: line %d: %s\n# it could not be run\n", suite, rows[i].line,
                   rows[i].command);
        good = good && rows[i].good;
    }
    return good ? 0 : 1;
}
