// SPDX-License-Identifier: MIT
//
// mutants: wrong answers of a lab, and whether the judge finds what is wrong in each.
//
//     mutants LAB [NAME ...]             all of tests/mutants/LAB, or some; "solutions" and
//                                        "starters" are those of the lab
//     mutants --hostile LAB [NAME ...]   all of tests/hostile/LAB, or some: attacks on the judge
//
// Theory of operation. A mutant is a file that a student might have handed in. Its first line says
// what the judge must make of it:
//
//     // EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="belongs in row"
//
// (expect.h); the lines from the second on say what the student believed. Its file stands in for
// the solution's file of that name, and its words are looked for in the evidence and the hint of
// the check's line in the journal.
//
// A mutant's directory holds the solution's files and that one; `twofold check LAB --only CHECK`
// judges it. What the check needs must have passed, or the mutant shows nothing. Beside the mutants
// there are two tests a lab: the solutions get all points, the starters none and a word why.
//
// An attack of tests/hostile is told and judged in the same way; where its answer is right the verdict
// is PASS, for a forged right answer is a right answer, and what else it tried must have failed: an
// attack that succeeds spoils its answer. None may earn a point by another verdict, touch the journal
// that lies beside its own, or leave anything. Last of all an honest
// answer is judged, which must get what it always gets (around.h).
//
// Three runs at a time; $TWOFOLD is another program to ask, $SEED makes an earlier run's cases again. A
// mutant that was caught beside two others, but not by its verdict, or whose check measures time, is
// judged once more, alone, and that is said: what a race spoils first is chance. So is an attack, unless
// it passed, or reached or left anything: one success is one too many. Solutions have no second try.

#include "around.h"
#include "expand.h"
#include "expect.h"
#include "flat.h"
#include "labs.h"
#include "process.h"
#include "sandbox.h"
#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RUNS_MAX = 100, AT_ONCE = 3, SECONDS = 480 };

enum kind { SOLUTIONS, STARTERS, MUTANT };

static const char honest[] = "an-honest-answer"; // the name of a run that is no attack

// One call of the judge.
struct run {
    enum kind kind;
    char name[64]; // of the mutant: "in_place"
    struct expect expect;
    char wrong[4096];          // what is not as expected, "" nothing
    int todo;                  // checks with that verdict
    double points, max_points; // of all lines
    bool seen, passed;         // the check at hand
    bool harm;                 // something was reached that is not the run's, or left behind
    bool again;                // it is judged a second time
};

static struct lab_entry lab;
static char lab_path[PATH_MAX], solution_path[PATH_MAX], mutant_path[PATH_MAX];
static bool hostile; // it is about tests/hostile
static const char *judge = "build/bin/twofold";
static uint64_t seed;
static struct run *runs;
static int run_count, next_run;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void wrong(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void wrong(struct run *run, const char *format, ...) {
    const size_t used = strlen(run->wrong);
    va_list args;
    va_start(args, format);
    vsnprintf(run->wrong + used, sizeof run->wrong - used, format, args);
    va_end(args);
}

// -- the directory ------------------------------------------------------------------------------------

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

static bool is_c_file(const char *name) {
    const size_t length = strlen(name);
    return length > 2 && strcmp(name + length - 2, ".c") == 0;
}

// The solution's files, or those of the same names in the lab's directory: the starters.
static bool fill(const char *dir, const char *from) {
    DIR *const list = opendir(solution_path);
    bool good = list != NULL;
    for (struct dirent *entry; good && (entry = readdir(list));)
        if (is_c_file(entry->d_name))
            good = copy(from, entry->d_name, dir, entry->d_name);
    if (list)
        closedir(list);
    return good;
}

static bool prepare(struct run *run, const char *dir) {
    char file[sizeof run->name + 2], path[2 * PATH_MAX];
    if (!fill(dir, run->kind == STARTERS ? lab_path : solution_path)) {
        wrong(run, "# the files could not be copied to %s\n", dir);
        return false;
    }
    if (run->kind != MUTANT)
        return true;
    snprintf(path, sizeof path, "%s/%s", dir, run->expect.file);
    snprintf(file, sizeof file, "%s.c", run->name);
    if (access(path, F_OK) != 0)
        wrong(run, "# the solution has no file %s\n", run->expect.file);
    else if (strcmp(run->name, honest) != 0 && !copy(mutant_path, file, dir, run->expect.file))
        wrong(run, "# the mutant could not be copied to %s\n", dir);
    return !run->wrong[0];
}

// -- what the judge said ------------------------------------------------------------------------------

// Are these words in the line's evidence or its hint? Both are compared as JSON writes them.
static bool says(const char *line, const char *words) {
    char *written = NULL;
    size_t size;
    const char *const evidence = strstr(line, "\"evidence\":");
    FILE *const to = open_memstream(&written, &size);
    if (!to)
        return false;
    flat_print(to, words);
    fclose(to);
    written[strlen(written) - 1] = '\0'; // without the quotes
    const bool found = evidence && strstr(evidence, written + 1);
    free(written);
    return found;
}

// Is it the one expected, or one of "WRONG|FLAKY"? A race is seen as either.
static bool is_expected(const char *verdict, const char *expected) {
    const size_t length = strlen(verdict);
    for (const char *at = expected; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (strncmp(at, verdict, length) == 0 && (!at[length] || at[length] == '|'))
            return true;
    return false;
}

// Does its evidence name the line of the file? None is wanted: yes.
static bool points_at(const char *line, const struct expect *expect) {
    char place[96];
    snprintf(place, sizeof place, "{\"line\":%s,\"file\":\"%s\",", expect->line, expect->file);
    return !*expect->line || strstr(line, place);
}

static void tell(struct run *run, const char *line, const char *what) {
    const char *const evidence = strstr(line, "\"evidence\":");
    char verdict[16] = "no verdict";
    flat_text(line, "verdict", verdict, sizeof verdict);
    wrong(run, "# %s: %s; the journal: %.300s ...\n", what, verdict, line);
    wrong(run, "#   ... %.1200s\n", evidence ? evidence : "no evidence");
}

// VERSION-build is judged in every run; VERSION-equal needs it, and is skipped where it fails.
static bool of_build(const struct run *run) {
    const size_t length = strlen(run->expect.check);
    return length > 6 && strcmp(run->expect.check + length - 6, "-build") == 0;
}

static void look(struct run *run, const char *line) {
    char check[48] = "", verdict[16] = "";
    double points = 0, max_points = 0;
    if (!flat_text(line, "check", check, sizeof check) ||
        !flat_text(line, "verdict", verdict, sizeof verdict) ||
        !flat_number(line, "points", &points) || !flat_number(line, "max_points", &max_points)) {
        tell(run, line, "no check, verdict, points and max_points in it");
        return;
    }
    const bool pass = strcmp(verdict, "PASS") == 0;
    // A clock says nothing on a busy machine, and must then say so.
    const bool untimed = !strcmp(verdict, "UNGRADED") && strlen(check) > 6 &&
                         !strcmp(check + strlen(check) - 6, "-speed");
    run->points += points;
    run->max_points += untimed ? 0 : max_points;
    if (run->kind == SOLUTIONS && !pass && !untimed) {
        tell(run, line, "the solutions are right");
    } else if (run->kind == STARTERS && max_points > 0) {
        run->todo += strcmp(verdict, "TODO") == 0;
        if (strcmp(verdict, "TODO") != 0 && strcmp(verdict, "SKIP") != 0)
            tell(run, line, "nothing is written yet");
    } else if (run->kind == MUTANT && strcmp(check, run->expect.check) == 0) {
        run->seen = true;
        run->passed = pass;
        if (!is_expected(verdict, run->expect.verdict))
            tell(run, line, "another verdict");
        else if (*run->expect.says && !says(line, run->expect.says))
            tell(run, line, "other words");
        else if (!points_at(line, &run->expect))
            tell(run, line, "another line of the file, or none");
        else if (hostile && !pass && points > 0)
            tell(run, line, "points for an answer that is not right");
    } else if (run->kind == MUTANT && !pass && !(of_build(run) && strcmp(verdict, "SKIP") == 0)) {
        tell(run, line, "the mutant is about another check");
    }
}

// False: there is no journal.
static bool read_journal(struct run *run, const char *path) {
    FILE *const file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    while (file && getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        for (const char *c = line; *c; c++)
            if ((unsigned char)*c < ' ' || *c == 0x7f) {
                tell(run, line, "a control character in the journal");
                break;
            }
        look(run, line);
    }
    free(line);
    return file && fclose(file) == 0;
}

static void conclude(struct run *run, const struct outcome *outcome) {
    const bool right = run->kind == SOLUTIONS || run->passed;
    const int status = right ? 0 : 1;
    if (!outcome->started || outcome->over_time)
        wrong(run, "# the judge: %s\n", outcome->text);
    else if (outcome->status != status)
        wrong(run, "# the judge ended with status %d and not with %d; stderr: %.400s\n",
              outcome->status, status, outcome->err);
    else if (outcome->left)
        wrong(run, "# the judge left %d process%s behind\n", outcome->left,
              outcome->left == 1 ? "" : "es");
    if (run->kind == MUTANT && !run->seen)
        wrong(run, "# the journal has no line of %s\n", run->expect.check);
    if (run->kind == SOLUTIONS && (run->points < run->max_points || run->points <= 0))
        wrong(run, "# the score is %.0f of %.0f\n", run->points, run->max_points);
    if (run->kind == STARTERS && (run->points > 0 || !run->todo))
        wrong(run, "# the score is %.0f, and %d checks say TODO\n", run->points, run->todo);
}

static void ask(struct run *run, const char *dir) {
    const char *const check = run->expect.check;
    struct command command = {0};
    struct outcome outcome;
    char journal[PATH_MAX + 32];
    snprintf(journal, sizeof journal, "%s/journal.jsonl", dir);
    command_add_all(&command, (char *[]){(char *)judge, "check", lab.name, "--json", NULL});
    command_add(&command, "--from");
    command_add(&command, "%s/files", dir);
    command_add(&command, "--seed");
    command_add(&command, "%" PRIu64, seed);
    command_add(&command, "--journal");
    command_add(&command, "%s", journal);
    if (hostile) {
        char tmp[PATH_MAX + 32];
        snprintf(tmp, sizeof tmp, "%s/tmp", dir);
        command_set(&command, "TMPDIR", tmp);
    }
    if (run->kind == MUTANT) {
        command_add(&command, "--only");
        command_add(&command, "%.*s%s", of_build(run) ? (int)strlen(check) - 6 : 40, check,
                    of_build(run) ? "-equal" : "");
    }
    const struct how how = {
        .seconds = SECONDS, .capture_out = true, .capture_err = true, .cap = 1 << 16};
    process_run(&command, &how, &outcome);
    if (!read_journal(run, journal))
        wrong(run, "# there is no journal\n");
    conclude(run, &outcome);
    const char *const reached = hostile ? around_look(dir) : "";
    wrong(run, "%s", reached);
    run->harm = *reached || outcome.left;
    outcome_free(&outcome);
    command_free(&command);
}

static void judge_one(struct run *run) {
    const char *const tmp = getenv("TMPDIR");
    char dir[PATH_MAX], files[PATH_MAX + 16];
    if (run->wrong[0])
        return; // its first line could not be read
    snprintf(dir, sizeof dir, "%s/twofold-mutant-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(dir)) {
        wrong(run, "# there is no directory to work in\n");
        return;
    }
    chmod(dir, 0755); // the judge may give up root and still has to read it
    snprintf(files, sizeof files, "%s/files", dir);
    if (mkdir(files, 0755) != 0 || (hostile && !around_make(dir)))
        wrong(run, "# there is no room to work in %s\n", dir);
    else if (prepare(run, files))
        ask(run, dir);
    struct command tidy = {0};
    struct outcome outcome;
    command_add_all(&tidy, (char *[]){"rm", "-rf", dir, NULL});
    process_run(&tidy, &(struct how){.seconds = 20}, &outcome);
    outcome_free(&outcome);
    command_free(&tidy);
}

// -- all of them --------------------------------------------------------------------------------------

static void report(const struct run *run) {
    static const char *const whole[] = {"the solutions get all points",
                                        "the starters get none: not written yet"};
    const struct expect *const e = &run->expect;
    printf("%sok - %s: ", run->wrong[0] ? "not " : "", lab.name);
    if (run->kind == MUTANT)
        printf("%s: %s of %s, \"%s\"\n", run->name, e->verdict, e->check, e->says);
    else
        puts(whole[run->kind]);
    fputs(run->wrong, stdout);
    fflush(stdout);
}

// Does its check measure who had the CPU, and for how long, or what was done at a time?
static bool is_measured(const struct run *run) {
    const char *const ends[] = {"-parallel", "-overlap", "-wait", "-speed", "-cheap"};
    const size_t length = strlen(run->expect.check);
    for (size_t i = 0; run->kind == MUTANT && i < sizeof ends / sizeof *ends; i++) {
        const size_t end = strlen(ends[i]);
        if (length > end && strcmp(run->expect.check + length - end, ends[i]) == 0)
            return true;
    }
    return false;
}

static void *work(void *unused) {
    for (;;) {
        pthread_mutex_lock(&mutex);
        struct run *const run = next_run < run_count ? &runs[next_run++] : NULL;
        pthread_mutex_unlock(&mutex);
        if (!run || process_interrupted())
            return unused;
        judge_one(run);
        const bool caught = run->kind == MUTANT && run->seen && !run->passed;
        run->again = run->wrong[0] && (caught || is_measured(run)) &&
                     !(hostile && (run->passed || run->harm));
        pthread_mutex_lock(&mutex);
        if (!process_interrupted() && !run->again)
            report(run);
        pthread_mutex_unlock(&mutex);
    }
}

static void judge_again(void) {
    for (int i = 0; i < run_count && !process_interrupted(); i++) {
        struct run *const run = &runs[i];
        if (!run->again)
            continue;
        printf("# %s was judged beside others and did not get its verdict; judged alone:\n%s",
               run->name, run->wrong);
        *run->wrong = '\0';
        run->points = run->max_points = 0;
        run->seen = run->passed = false;
        judge_one(run);
        if (!process_interrupted())
            report(run);
    }
}

static void add_mutant(const char *name) {
    char path[2 * PATH_MAX], line[512] = "", second[8] = "";
    struct run *const run = &runs[run_count++];
    run->kind = MUTANT;
    snprintf(run->name, sizeof run->name, "%s", name);
    snprintf(path, sizeof path, "%s/%s.c", mutant_path, name);
    FILE *const file = fopen(path, "re");
    if (!file || !fgets(line, sizeof line, file) || !fgets(second, sizeof second, file))
        wrong(run, "# %s cannot be read\n", path);
    else if (!expect_read(line, &run->expect))
        wrong(run,
              "# %s:1: not the line \"// EXPECT file=... check=... verdict=... says=\"...\"\"\n",
              path);
    else if (strncmp(second, "// ", 3) != 0)
        wrong(run, "# %s:2: no word on what the student believed\n", path);
    if (file)
        fclose(file);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_mutant(const struct dirent *entry) {
    return is_c_file(entry->d_name);
}

static void add_all(void) {
    struct dirent **list;
    const int count = scandir(mutant_path, &list, is_mutant, by_name);
    for (int i = 0; i < count; i++) {
        list[i]->d_name[strlen(list[i]->d_name) - 2] = '\0';
        if (run_count < RUNS_MAX)
            add_mutant(list[i]->d_name);
        free(list[i]);
    }
    if (count >= 0)
        free(list);
    // A lab of the kit has six (tests/run.sh asks for them), one of a lecturer's own as many as there
    // are; of attacks tests/run.sh counts those of all labs.
    const char *const asked = getenv("LEAST");
    const int least = !hostile && asked ? (int)strtol(asked, NULL, 10) : 1;
    printf("%sok - %s: there are %s, at least %d\n", count < least ? "not " : "", lab.name,
           hostile ? "attacks" : "wrong answers", least);
    if (count < least)
        printf("# %s has %d\n", mutant_path, count < 0 ? 0 : count);
}

static void add_honest(void) {
    struct run *const run = &runs[run_count++];
    run->kind = MUTANT;
    snprintf(run->name, sizeof run->name, "%s", honest);
    run->expect = (struct expect){.file = "omp.c", .check = "omp-equal", .verdict = "PASS"};
}

int main(int argc, char **argv) {
    struct labs labs;
    hostile = argc > 1 && !strcmp(argv[1], "--hostile");
    argc -= hostile;
    argv += hostile;
    char why[512] = "usage: mutants [--hostile] LAB [NAME ...]";
    const int found = argc > 1 && labs_list(".", &labs, why, sizeof why)
                          ? labs_find(&labs, argv[1], why, sizeof why)
                          : -1;
    runs = calloc(RUNS_MAX, sizeof *runs);
    if (found < 0 || !runs) {
        fprintf(stderr, "mutants: %s\n", why);
        return 2;
    }
    lab = labs.at[found];
    snprintf(lab_path, sizeof lab_path, "labs/%s", lab.dir);
    snprintf(solution_path, sizeof solution_path, "solutions/%s", lab.dir);
    snprintf(mutant_path, sizeof mutant_path, "tests/%s/%s", hostile ? "hostile" : "mutants",
             lab.name);
    const char *const given = getenv("SEED"), *const other = getenv("TWOFOLD");
    seed = given && *given ? strtoull(given, NULL, 10) : fresh_base_seed();
    judge = other && *other ? other : judge;
    printf("# %s: SEED=%" PRIu64 " makes the same cases again\n", lab.name, seed);
    if (argc == 2) {
        if (!hostile) {
            runs[run_count++].kind = SOLUTIONS;
            runs[run_count++].kind = STARTERS;
        }
        add_all();
        if (hostile && run_count < RUNS_MAX)
            add_honest();
    }
    for (int i = 2; i < argc && run_count < RUNS_MAX; i++)
        if (!strcmp(argv[i], "solutions") || !strcmp(argv[i], "starters"))
            runs[run_count++].kind = argv[i][1] == 'o' ? SOLUTIONS : STARTERS;
        else
            add_mutant(argv[i]);
    fflush(stdout);

    process_catch_signals();
    if (hostile && !sandbox_available(".", why, sizeof why)) { // others' code runs in a box only
        printf("ok - %s: attacks # SKIP %s\n", lab.name, why);
        return 0;
    }
    pthread_t thread[AT_ONCE];
    int threads = 0;
    while (threads < AT_ONCE && pthread_create(&thread[threads], NULL, work, NULL) == 0)
        threads++;
    for (int i = 0; i < threads; i++)
        pthread_join(thread[i], NULL);
    judge_again();
    process_die_if_interrupted();
    bool good = threads > 0 && next_run == run_count;
    for (int i = 0; i < run_count; i++)
        good = good && !runs[i].wrong[0];
    good = (!hostile || around_is_clear(lab.name)) && good;
    free(runs);
    return good ? 0 : 1;
}
