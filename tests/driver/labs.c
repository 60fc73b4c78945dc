// SPDX-License-Identifier: MIT
//
// labs: the rubric of one lab, with which this program is linked, against the kit's own solutions,
// and the starters, which must fail as they are meant to.
//
//     labs NAME      in the kit's directory; SEED=N repeats the cases of an earlier run

#include "batch.h"
#include "rubric.h"
#include "runner.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHECKS_MAX = 64, CASES_OF_A_CHECK = 150, SHOWN = 3 };

static struct subject solution, unwritten;
static struct subject verifier; // the starter's program as one process, whatever the version
static struct case_specs specs;
static struct record *records;
static char rubric_fault[512]; // "" where the rubric is well formed

// -- the rubric itself ------------------------------------------------------------------------------

static bool is_known(const char *needs, size_t before) {
    for (size_t i = 0; i < before; i++)
        if (!strcmp(rubric[i].id, needs))
            return true;
    char version[32];
    const size_t length = strlen(needs);
    if (length < 7 || strcmp(needs + length - 6, "-build") != 0)
        return false;
    snprintf(version, sizeof version, "%.*s", (int)length - 6, needs);
    return lab_version_index(&solution.about, version) >= 0;
}

static bool fault(const char *id, const char *what) {
    if (!rubric_fault[0])
        snprintf(rubric_fault, sizeof rubric_fault, "check %s: %s", id, what);
    return false;
}

// Reads the check's cases into specs, and looks at its other fields.
static bool take_check(size_t i, uint64_t seed) {
    const struct check *const check = &rubric[i];
    const bool speed = check->speed.full > 0;
    char why[256];
    if (check->points < 1 || !check->title || !*check->title || !check->cases)
        return fault(check->id, "points, title or cases are missing");
    if (speed ? check->assertion || check->alone || check->speed.none >= check->speed.full
              : !check->assertion)
        return fault(check->id, "it must have an assertion, or a curve whose full is above none");
    for (size_t j = 0; j < i; j++)
        if (!strcmp(rubric[j].id, check->id))
            return fault(check->id, "another check has this id");
    if (check->needs && !is_known(check->needs, i))
        return fault(check->id, "it needs a check that does not stand before it");
    const size_t before = specs.count;
    if (!expand(check->cases, seed, solution.about.name, i, &specs, why, sizeof why))
        return fault(check->id, why);
    if (speed && specs.count - before != 1)
        return fault(check->id, "a check about speed has one case");
    if (specs.count - before > CASES_OF_A_CHECK)
        return fault(check->id, "it has more than 150 cases");
    for (size_t j = before; j < specs.count; j++)
        if (lab_version_index(&solution.about, specs.at[j].version) < 0)
            return fault(check->id, "the lab has no such version as its cases name");
    return true;
}

static bool is_judged_with(const char *version, int workers) {
    for (size_t i = 0; i < specs.count; i++)
        if (!strcmp(specs.at[i].version, version) && specs.at[i].workers == workers)
            return true;
    return false;
}

// Every version of the student is judged with 1 2 3 4 5 7 8 workers.
static bool covers_all_versions(void) {
    static const int workers[] = {1, 2, 3, 4, 5, 7, 8};
    for (int v = 0; v < solution.about.versions; v++)
        for (size_t w = 0; w < sizeof workers / sizeof *workers; w++)
            if (!solution.about.version[v].given &&
                !is_judged_with(solution.about.version[v].name, workers[w]))
                return fault(solution.about.version[v].name,
                             "no check has cases of this version with 1, 2, 3, 4, 5, 7 and 8 "
                             "workers");
    return true;
}

static bool gives_a_hundred_points(void) {
    int points = 0;
    for (size_t i = 0; rubric[i].id; i++)
        points += rubric[i].points;
    return points == 100 || fault(rubric[0].id, "the points of all checks are not 100 in sum");
}

static void the_rubric_is_well_formed(void) {
    if (rubric_fault[0])
        test_note("%s", rubric_fault);
    CU_ASSERT(rubric_fault[0] == '\0');
}

// -- tests of one version or check each -------------------------------------------------------------

// What the next tests are about: CUnit's tests take no argument, so they count themselves.
static struct turn {
    enum { CHECK, LARGE, VERIFY, STARTER, GIVEN } kind;
    size_t which; // check, or version of the lab
} turns[CHECKS_MAX + 4 * VERSIONS_MAX];
static size_t turn_count, turn_now;

static void show_failures(const struct record *of, const struct case_spec *spec, size_t count) {
    int shown = 0;
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(of[i].verdict, "PASS"))
            continue;
        failed++;
        if (shown++ >= SHOWN)
            continue;
        char *const command = case_command(&solution, &spec[i]);
        test_note("%s: %s", of[i].verdict, of[i].text);
        test_note("  %s", command);
        free(command);
    }
    if (failed)
        test_note("%zu of %zu cases are not PASS", failed, count);
}

static void judge_check(size_t check) {
    size_t first = 0, end;
    while (first < specs.count && specs.at[first].check != check)
        first++;
    for (end = first; end < specs.count && specs.at[end].check == check;)
        end++;
    records_use(records + first, end - first);
    show_failures(records + first, specs.at + first, end - first);
    // What is asked of runs that are watched or timed, the solutions answer in the mutants' stage.
    if (rubric[check].assertion && !rubric[check].alone)
        rubric[check].assertion();
    else
        CU_ASSERT(records_all("PASS"));
    records_use(NULL, 0);
}

// A case of this version at the lab's default values, 2 workers where it can have them.
static struct case_spec default_case(size_t version) {
    struct case_spec spec = {.workers = 2, .threads = 2, .seed = 1};
    const char *const run = solution.about.version[version].run;
    snprintf(spec.version, sizeof spec.version, "%s", solution.about.version[version].name);
    if (!strcmp(run, "serial"))
        spec.workers = 1;
    return spec;
}

static void note_outcome(const struct subject *subject, const struct case_spec *spec,
                         const struct outcome *o) {
    char *const command = case_command(subject, spec);
    test_note("%s", command);
    test_note("%s; stdout: %.300s; stderr: %.300s", o->text, o->out ? o->out : "",
              o->err ? o->err : "");
    free(command);
}

// Runs the case alone; did it end with this status, within a minute, leaving nothing?
static bool ends_with(const struct subject *subject, const struct case_spec *spec,
                      const char *const *more, int status, struct outcome *o) {
    const bool good = case_run(subject, spec, more, 60, o) && !o->over_time && !o->left;
    note_outcome(subject, spec, o);
    return good && o->status == status;
}

static void run_at_default_size(const struct subject *subject, size_t version) {
    static const char *const check[] = {"--check", NULL};
    const struct case_spec spec = default_case(version);
    struct outcome o;
    CU_ASSERT(ends_with(subject, &spec, check, 0, &o));
    outcome_free(&o);
}

static void judge_starter(size_t version) {
    static const char *const check[] = {"--check", NULL}, *const json[] = {"--json", NULL};
    const struct case_spec spec = default_case(version);
    struct outcome o;
    struct record record = {0};
    char file[40];
    snprintf(file, sizeof file, "%s.c", spec.version);
    CU_ASSERT(ends_with(&unwritten, &spec, check, 3, &o));
    CU_ASSERT(o.err && strstr(o.err, "is not written yet"));
    CU_ASSERT(o.err && strstr(o.err, file));
    outcome_free(&o);
    CU_ASSERT(ends_with(&unwritten, &spec, json, 3, &o));
    if (o.out)
        o.out[strcspn(o.out, "\n")] = '\0';
    CU_ASSERT(o.out && record_parse(o.out, &record));
    CU_ASSERT_STRING_EQUAL(record.status, "todo");
    CU_ASSERT_STRING_EQUAL(record.verdict, "TODO");
    outcome_free(&o);
}

// -- result files -----------------------------------------------------------------------------------

// The lab program is run to judge a result file that another run left: its exit status.
static int verify(const struct case_spec *spec, const char *path) {
    struct outcome o;
    const char *const more[] = {"--verify", path, "--nonce", "4242", NULL};
    case_run(&verifier, spec, more, 60, &o);
    const int status = o.started && !o.over_time ? o.status : -1;
    note_outcome(&verifier, spec, &o);
    outcome_free(&o);
    return status;
}

// Of the payload, or of the digest where there is no payload.
static void flip_byte(const char *path) {
    enum { HEAD = 64, TAIL = 24 };
    FILE *const file = fopen(path, "r+be");
    if (!file)
        return;
    fseek(file, 0, SEEK_END);
    const long at = ftell(file) > HEAD + TAIL ? HEAD : HEAD + 8;
    fseek(file, at, SEEK_SET);
    const int byte = fgetc(file);
    fseek(file, at, SEEK_SET);
    fputc(byte ^ 0x10, file);
    fclose(file);
}

static void judge_result_file(size_t version) {
    const char *const name = solution.about.version[version].name;
    size_t i = specs.count;
    while (i-- > 0 && strcmp(specs.at[i].version, name) != 0)
        ;
    CU_ASSERT_FATAL(i < specs.count);
    const struct case_spec *const spec = &specs.at[i];
    char path[600];
    snprintf(path, sizeof path, "%s/%s.res", solution.dir, name);
    const char *const more[] = {"--result", path, "--nonce", "4242", NULL};
    struct outcome o;
    CU_ASSERT(ends_with(&solution, spec, more, 0, &o));
    outcome_free(&o);
    CU_ASSERT_EQUAL(verify(spec, path), 0);
    struct case_spec other = *spec;
    other.workers++; // never accepted as the answer of another case
    CU_ASSERT_EQUAL(verify(&other, path), 2);
    flip_byte(path);
    CU_ASSERT_EQUAL(verify(spec, path), 2);
    CU_ASSERT_EQUAL(truncate(path, 70), 0);
    CU_ASSERT_EQUAL(verify(spec, path), 2);
}

// -- all of it --------------------------------------------------------------------------------------

static void next_turn(void) {
    const struct turn turn = turns[turn_now++];
    switch (turn.kind) {
    case CHECK:
        judge_check(turn.which);
        break;
    case LARGE:
        run_at_default_size(&solution, turn.which);
        break;
    case VERIFY:
        judge_result_file(turn.which);
        break;
    case STARTER:
        judge_starter(turn.which);
        break;
    case GIVEN:
        run_at_default_size(&unwritten, turn.which);
        break;
    }
}

static void add(struct test *tests, struct turn turn, const char *id, const char *behaviour) {
    char *name;
    if (asprintf(&name, "%s: %s", id, behaviour) < 0)
        exit(1);
    turns[turn_count] = turn;
    tests[++turn_count] = (struct test){name, next_turn, 300};
}

static void plan(struct test *tests) {
    tests[0] = (struct test)TEST(the_rubric_is_well_formed);
    for (size_t i = 0; rubric[i].id; i++)
        add(tests, (struct turn){CHECK, i}, rubric[i].id, rubric[i].title);
    for (size_t v = 0; v < (size_t)solution.about.versions; v++) {
        const char *const name = solution.about.version[v].name;
        if (solution.about.version[v].given) {
            add(tests, (struct turn){GIVEN, v}, name, "given, it runs and is right");
            continue;
        }
        add(tests, (struct turn){LARGE, v}, name, "right at the default size");
        add(tests, (struct turn){VERIFY, v}, name,
            "its result file is verified, a damaged one not");
        add(tests, (struct turn){STARTER, v}, name, "the starter says that it is not written yet");
    }
}

static bool find_program(struct subject *subject, char *program) {
    char why[512];
    subject->program = program;
    if (lab_describe(program, &subject->about, why, sizeof why))
        return true;
    printf("not ok - %s: it describes itself\n# %s\n", program, why);
    return false;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fputs("usage: labs NAME\n", stderr);
        return 2;
    }
    char solution_program[128], starter_program[128];
    char dir[] = "build/tests/labs/dir-XXXXXX";
    snprintf(solution_program, sizeof solution_program, "build/solutions/%s", argv[1]);
    snprintf(starter_program, sizeof starter_program, "build/labs/%s", argv[1]);
    if (!find_program(&solution, solution_program) || !find_program(&unwritten, starter_program))
        return 1;
    machine_read(&solution.machine);
    unwritten.machine = solution.machine;
    if (!mkdtemp(dir)) {
        printf("not ok - %s: there is a directory to work in\n", argv[1]);
        return 1;
    }
    solution.dir = unwritten.dir = dir;
    solution.seconds = 20;
    verifier = unwritten;
    for (int v = 0; v < verifier.about.versions; v++)
        snprintf(verifier.about.version[v].run, sizeof verifier.about.version[v].run, "serial");

    const char *const given = getenv("SEED");
    const uint64_t seed = given && *given ? strtoull(given, NULL, 10) : fresh_base_seed();
    size_t checks = 0;
    while (rubric[checks].id && checks < CHECKS_MAX && take_check(checks, seed))
        checks++;
    if (!rubric_fault[0])
        (void)(covers_all_versions() && gives_a_hundred_points());
    if (!checks)
        fault(argv[1], "the rubric is empty");
    records = calloc(specs.count + 1, sizeof *records);
    if (!records)
        return 1;
    printf("# %s: %zu cases; SEED=%" PRIu64 " makes the same ones again\n", argv[1], specs.count,
           seed);
    fflush(stdout);
    process_catch_signals();
    batch_run(&solution, &specs, records);

    struct test tests[CHECKS_MAX + 4 * VERSIONS_MAX + 2] = {0};
    plan(tests);
    const int status = run_tests(argv[1], tests, MPI_COMM_NULL);

    char tidy[128];
    snprintf(tidy, sizeof tidy, "rm -rf %s", dir);
    if (system(tidy) != 0)
        fprintf(stderr, "labs: %s could not be removed\n", dir);
    free(records);
    case_specs_free(&specs);
    process_die_if_interrupted();
    return status;
}
