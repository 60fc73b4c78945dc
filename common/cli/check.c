// SPDX-License-Identifier: MIT
//
// check.c: `twofold check`: judges a student's files for one lab against its rubric.
//
// Theory of operation.
//
//     take, build    the named files alone, into a directory of ours; what the compiler says comes
//                    first (check/build.c)
//     each check     its cases in one launch; the program leaves a result file a case, and another
//                    program, without a line of the student in it, recomputes and compares
//                    (batch.h); the rubric program says whether that is what it asks for
//     a failure      the smallest case that fails (shrink.h), what was seen, what to do next
//     every verdict  one line in the journal, one on the screen
//
// Where a class is judged, this may be done in two lanes, one after the other (check/lanes.h).

#include "check/boxes.h"
#include "check/hidden.h"
#include "check/lanes.h"
#include "check/session.h"

#include "check/verifier.h"
#include "check/why.h"
#include "job.h"
#include "labword.h"
#include "process.h"
#include "version.h"
#include <argp.h>
#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    KEY_FROM = 'f',
    KEY_SEED = 's',
    KEY_JSON = 'j',
    KEY_VERBOSE = 'v',
    KEY_JOURNAL = 300,
    KEY_ONLY,
    KEY_STUDENT,
    KEY_LANE,
    KEY_AFTER,
    KEY_HIDDEN,
    KEY_SANDBOX,
    KEY_NO_SANDBOX
};

static const struct argp_option list[] = {
    {"from", KEY_FROM, "DIR", 0, "Judge the files in DIR (the lab's own directory)", 0},
    {"seed", KEY_SEED, "N", 0, "The same cases as an earlier check that printed this seed", 0},
    {"only", KEY_ONLY, "CHECK", 0, "This check and what it needs, no other", 0},
    {"json", KEY_JSON, NULL, 0, "The lines of the journal on stdout instead of words", 0},
    {"journal", KEY_JOURNAL, "FILE", 0, "Keep the journal there (build/check/LAB.jsonl)", 0},
    {"student", KEY_STUDENT, "NAME", 0,
     "Whose files they are, for the journal (your user name, if they are the lab's own)", 0},
    {"lane", KEY_LANE, "LANE", 0,
     "correctness: leave out what only a clock tells; timing: that alone, with --after", 0},
    {"after", KEY_AFTER, "FILE", 0, "Go on with the run whose journal this is", 0},
    {"hidden", KEY_HIDDEN, "FILE", 0, "An instructor's own checks, behind those of the rubric", 0},
    {"sandbox", KEY_SANDBOX, NULL, 0, "No limits alone: refuse where no box can be made", 0},
    {"no-sandbox", KEY_NO_SANDBOX, NULL, 0, "Your own code alone: no box around it, only limits",
     0},
    {"verbose", KEY_VERBOSE, NULL, 0, "Say at the end where the time went, with --json too", 0},
    {0}};

static const char doc[] =
    "Judge your files for a lab against its rubric.\vLAB is a name or a number: heat, 09-heat, 9. "
    "Exit status: 0 all points, 1 some were lost, 2 refused.\n\nExample: twofold check heat --seed "
    "7";

struct request {
    const char *lab, *from, *seed, *only, *journal, *student, *lane, *after, *hidden;
    bool json, verbose, bare, sandbox;
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    switch (key) {
    case KEY_FROM:
        r->from = arg;
        break;
    case KEY_SEED:
        r->seed = arg;
        break;
    case KEY_ONLY:
        r->only = arg;
        break;
    case KEY_JSON:
        r->json = true;
        break;
    case KEY_JOURNAL:
        r->journal = arg;
        break;
    case KEY_STUDENT:
        r->student = arg;
        break;
    case KEY_LANE:
        r->lane = arg;
        break;
    case KEY_AFTER:
        r->after = arg;
        break;
    case KEY_HIDDEN:
        r->hidden = arg;
        break;
    case KEY_SANDBOX:
        r->sandbox = true;
        break;
    case KEY_NO_SANDBOX:
        r->bare = true;
        break;
    case KEY_VERBOSE:
        r->verbose = true;
        break;
    default:
        return lab_word(key, arg, state, &r->lab,
                        "'%s' is one word too many: one lab is checked at a time.");
    }
    return 0;
}

static struct session session = {.confine.box.uid_lock = -1, .right.box.uid_lock = -1};

static void tidy(void) {
    if (*session.dir)
        job_remove(session.dir);
    *session.dir = '\0';
    boxes_close(&session);
}

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *format, ...) {
    va_list args;
    if (process_interrupted())
        tidy();
    process_die_if_interrupted();
    va_start(args, format);
    fputs("twofold check: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    tidy();
    exit(2);
}

static uint64_t read_seed(const char *text) {
    if (!text || !*text)
        return fresh_base_seed();
    char *end;
    const unsigned long long seed = strtoull(text, &end, 10);
    if (strspn(text, "0123456789") != strlen(text) || seed >= 1ull << 53)
        die("the seed must be a whole number from 0, as an earlier check printed it, not '%s'.",
            text);
    return seed;
}

// Whose files they are: as told, or the one's who checks the lab's own.
static void name_student(const char *told, char *name, size_t cap) {
    const struct passwd *const user = told || !session.own ? NULL : getpwuid(geteuid());
    snprintf(name, cap, "%s", told ? told : user ? user->pw_name : "");
}

static void open_journal(const char *path, const char *student) {
    char usual[PATH_MAX + 64], why[1024];
    snprintf(usual, sizeof usual, "%s/build/check/%s.jsonl", session.root, session.lab->name);
    if (!journal_open(&session.journal, path ? path : usual, why, sizeof why))
        die("%s", why);
    struct journal *const j = &session.journal;
    version_text(session.root, j->kit, sizeof j->kit);
    name_student(student, j->student, sizeof j->student);
    snprintf(j->rubric, sizeof j->rubric, "%s", session.rubric.sha);
    snprintf(j->mpi, sizeof j->mpi, "%s", session.subject.machine.mpi_version);
    j->cores = session.subject.machine.cores;
}

// Of a nearly full disk mpirun may hang, and not say why: it is asked before.
static void look_for_room(const char *dir) {
    enum { NEEDED_MB = 100 }; // two results of the largest cases, and the programs
    struct statvfs disk;
    if (statvfs(dir, &disk) != 0)
        return; // it is looked at again when it is to be written to
    const double left = 1e-6 * (double)disk.f_bavail * (double)disk.f_frsize;
    if (left < NEEDED_MB)
        die("%s has only %.0f MB left, and a check needs %d: free some space, or choose another "
            "directory with TMPDIR.",
            dir, left, NEEDED_MB);
}

static void make_directory(void) {
    const char *tmp = getenv("TMPDIR");
    if (!tmp || !*tmp)
        tmp = "/tmp";
    look_for_room(tmp);
    const int n = snprintf(session.dir, sizeof session.dir, "%s/twofold-check-XXXXXX", tmp);
    if (n >= (int)sizeof session.dir) {
        *session.dir = '\0';
        die("TMPDIR is %zu letters long; set it to a directory with a shorter path.", strlen(tmp));
    }
    if (!mkdtemp(session.dir)) {
        *session.dir = '\0';
        die("no directory can be made in %s; set TMPDIR to one that can be written.", tmp);
    }
}

static void find_lab(const char *word, struct labs *labs) {
    char text[4096];
    session.lab = labs_choose(word, session.root, sizeof session.root, labs, text, sizeof text);
    if (!session.lab)
        die("%s", text);
}

static void find_files(const char *from) {
    char usual[PATH_MAX + 80];
    struct stat file;
    snprintf(usual, sizeof usual, "%s/labs/%s", session.lab->home, session.lab->dir);
    session.own = !from;
    if (from && (stat(from, &file) != 0 || !S_ISDIR(file.st_mode)))
        die("there is no directory '%s' to take the files from.", from);
    if (snprintf(session.from, sizeof session.from, "%s", from ? from : usual) >=
        (int)sizeof session.from)
        die("the path of the directory of the files is too long.");
}

// Where the time went, for whoever thinks that it took long.
static void print_split(double all) {
    const struct spent *const s = &session.spent;
    const double rest = all - s->runs - s->reference - s->verifying - s->compiling;
    char reference[64] = "";
    if (s->reference > 0)
        snprintf(reference, sizeof reference, " and %.1f s the reference's to compare with",
                 s->reference);
    fprintf(stderr,
            "%.1f s: %.1f s your program's %d runs (%.0f %%)%s, %.1f s verifying, %.1f s "
            "compiling, %.1f s the rest.\n",
            all, s->runs, s->launches, 100 * (s->runs + s->reference) / all, reference,
            s->verifying, s->compiling, rest);
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "LAB", doc, NULL, NULL, NULL};
    static struct labs labs;
    struct request r = {0};
    char text[4096];
    bool wanted[RUBRIC_MAX] = {false};
    const double begin = process_now();
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &r);

    find_lab(r.lab, &labs);
    find_files(r.from);
    session.base_seed = read_seed(r.seed);
    session.json = r.json;
    if (!lane_named(r.lane, &session.lane))
        die("there is no lane '%s'; the lanes are correctness and timing.", r.lane);
    if ((session.lane == LANE_TIMING) != (r.after != NULL))
        die("--lane timing and --after FILE go together: FILE is the journal that --lane "
            "correctness left.");
    if (!rubric_read(&session.rubric, session.root, session.lab, text, sizeof text))
        die("%s", text);
    process_catch_signals();
    machine_read(&session.subject.machine);
    make_directory();
    if (!verifier_find(session.root, session.lab, session.dir, session.verifier,
                       sizeof session.verifier, text, sizeof text))
        die("%s", text);
    if (!lab_describe(session.verifier, &session.subject.about, text, sizeof text))
        die("%s", text);
    if (r.hidden &&
        !hidden_add(&session.rubric, r.hidden, &session.subject.about, text, sizeof text))
        die("%s", text);
    if (!session_choose(&session, r.only, wanted, text, sizeof text))
        die("%s", text);
    open_journal(r.journal, r.student);
    if (r.after && !lane_continue(&session, r.after, text, sizeof text))
        die("%s", text);
    if (!lane_choose(&session, wanted)) {
        journal_close(&session.journal);
        tidy();
        return 0;
    }
    session.feedback = feedback_begin(r.json ? NULL : stdout);

    const struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    if (!boxes_of_runs(&session, r.bare, r.sandbox, text, sizeof text))
        die("%s", text);
    session.subject.program = session.program;
    session.subject.verifier = session.verifier;
    session.subject.reference = verifier_is_whole(session.lab) ? session.verifier : NULL;
    session.subject.dir = session.dir;
    session.subject.root = session.root;
    if (!boxes_of_reference(&session, text, sizeof text))
        die("%s", text);
    session.subject.seconds = 5;
    session.subject.first_only = true;
    session.subject.spent = &session.spent;
    if (!session_build(&session, text, sizeof text))
        die("%s", text);
    if (*session.continued && strcmp(session.continued, session.submission.sha) != 0)
        die("%s is the journal of other files than these.", r.after);

    bool good = true;
    for (int i = 0; good && i < session.rubric.count; i++)
        if (wanted[i] && !lane_leaves(&session, i))
            good = session_check(&session, i);
    if (good)
        feedback_end(&session.feedback, session.lab->name, session.base_seed, r.only);
    journal_close(&session.journal);
    if (!r.json || r.verbose)
        print_split(process_now() - begin);
    const bool all = session.feedback.points == session.feedback.max_points &&
                     !session.feedback.failed && !session.feedback.skipped;
    if (good && all && session.own && !r.json && !r.only)
        why_say(&session);
    tidy();
    process_die_if_interrupted();
    return !good ? 2 : all ? 0 : 1;
}
