// SPDX-License-Identifier: MIT
//
// predict.c: `twofold predict`: what a student predicted in answers.txt beside what this machine
// measures. Which measurement answers a question stands in labs/NN-name/predictions.txt
// (predictions.h). What was not predicted is not measured: that would spoil it.

#include "die.h"
#include "predict/measured.h"

#include "answers.h"
#include "labword.h"
#include "predictions.h"
#include "program.h"
#include "table.h"
#include <argp.h>
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_CAP = PATH_MAX + 256, TITLE = 44 };

static const struct argp_option list[] = {
    {"program", 'p', "FILE", 0, "The lab program to measure (build/labs/NAME)", 0}, {0}};

static const char doc[] =
    "Show your predictions in answers.txt beside what this machine measures.\vOnly questions that "
    "have an answer are measured. A prediction that was wrong is worth as much as one that was "
    "right: it is the one you will remember.";

struct request {
    const char *lab, *program;
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    switch (key) {
    case 'p':
        r->program = arg;
        break;
    default:
        return lab_word(key, arg, state, &r->lab, "one lab at a time; '%s' is too much.");
    }
    return 0;
}

// -- one question -----------------------------------------------------------------------------------

// Its answer; NULL: there is none yet.
static const char *answer_to(const struct answers *answers, int question) {
    for (int i = 0; i < answers->count; i++)
        if (answers->number[i] == question && answers->there[i])
            return answers->text[i];
    return NULL;
}

struct shown {
    const struct measured *from, *to; // NULL: none
};

// What was measured, in words, and as the number that a prediction can be held against (0: none).
static double say_value(const struct prediction *p, const struct shown *s, char *text, size_t cap) {
    const char *const why = s->from && *s->from->why ? s->from->why : s->to->why;
    *text = '\0';
    if (*why) {
        snprintf(text, cap, "not measured: %s", why);
        return 0;
    }
    if (p->measure == MEASURE_TIME) {
        const bool seconds = s->to->wall_ms >= 1000;
        snprintf(text, cap, "%.3g %s", seconds ? s->to->wall_ms / 1000 : s->to->wall_ms,
                 seconds ? "s" : "ms");
        return 0; // in which unit was it predicted?
    }
    if (!s->from)
        return 0; // (only of a time)
    if (p->measure == MEASURE_MEMORY) {
        const int more = s->to->spec.workers - s->from->spec.workers;
        const double kb = more > 0 ? (s->to->peak_kb - s->from->peak_kb) / more : 0;
        snprintf(text, cap, "%.3g %s more", kb < 1024 ? (kb > 0 ? kb : 0) : kb / 1024,
                 kb < 1024 ? "KiB" : "MiB");
        return 0;
    }
    const double faster = s->to->wall_ms > 0 ? s->from->wall_ms / s->to->wall_ms : 0;
    snprintf(text, cap, "%.2f times as fast", faster);
    return faster;
}

static const char *judge(double predicted, double measured) {
    const double ratio = predicted / measured;
    return ratio > 1.2 ? "less than that" : ratio < 1 / 1.2 ? "more than that" : "close";
}

// All lines of one question.
static void show(const struct predictions *predictions, const struct shown *shown, int question,
                 const char *answer) {
    double numbers[8];
    int count = 0, place = 0;
    printf("q%d  you: ", question);
    for (const char *c = answer; *c; c++)
        putchar(iscntrl((unsigned char)*c) ? ' ' : *c);
    putchar('\n');
    for (int i = 0; i < predictions->count; i++)
        count +=
            predictions->at[i].question == question && predictions->at[i].measure == MEASURE_FASTER;
    const bool fits = predictions_numbers(answer, numbers, 8) == count && count <= 8;
    for (int i = 0; i < predictions->count; i++) {
        const struct prediction *const p = &predictions->at[i];
        char text[400];
        if (p->question != question)
            continue;
        printf("    %-*s  ", TITLE, p->title);
        if (p->measure == MEASURE_KNOWN) {
            put_wrapped(stdout, p->known, TITLE + 6, TITLE + 6, TABLE_WIDTH);
            continue;
        }
        const double value = say_value(p, &shown[i], text, sizeof text);
        const bool held = p->measure == MEASURE_FASTER && fits && value > 0;
        printf("%s", text);
        if (held)
            printf("%*s%g: %s", (int)(22 - strlen(text)), "", numbers[place],
                   judge(numbers[place], value));
        place += p->measure == MEASURE_FASTER;
        putchar('\n');
    }
}

// "q1, q4": the questions that can be measured and have no answer; returns how many.
static int open_questions(const struct predictions *predictions, const struct answers *answers,
                          char *text, size_t cap) {
    int count = 0, last = 0;
    *text = '\0';
    for (int i = 0; i < predictions->count; i++) {
        const int question = predictions->at[i].question;
        const size_t used = strlen(text);
        if (question == last || answer_to(answers, question))
            continue;
        snprintf(text + used, cap - used, "%sq%d", count++ ? ", " : "", question);
        last = question;
    }
    return count;
}

// -- all --------------------------------------------------------------------------------------------

// Measures what was predicted and shows it; how many questions that were.
static int compare(const struct predictions *predictions, const struct answers *answers,
                   const struct subject *subject) {
    static struct measured_list measured;
    static struct shown shown[PREDICTIONS_MAX];
    int count = 0;
    for (int i = 0; i < predictions->count; i++) {
        const struct prediction *const p = &predictions->at[i];
        if (p->measure == MEASURE_KNOWN || !answer_to(answers, p->question))
            continue;
        if (p->measure != MEASURE_TIME)
            shown[i].from = measured_add(&measured, subject, &p->from);
        shown[i].to = measured_add(&measured, subject, &p->to);
    }
    if (measured.count)
        fprintf(stderr, "\nMeasuring what you predicted ...\n");
    measured_run(&measured, subject);
    if (process_interrupted())
        return 1;
    double load = 0; // of the last minute: processes that want a core
    const bool busy =
        measured.count && getloadavg(&load, 1) == 1 && load > 2 * subject->machine.cores + 1;
    for (int i = 0, last = 0; i < predictions->count; i++) {
        const int question = predictions->at[i].question;
        const char *const answer = answer_to(answers, question);
        if (question == last || !answer)
            continue;
        if (!count++)
            printf("\nYour predictions, and what this machine says (%s, %d core%s):\n\n",
                   subject->about.name, subject->machine.cores,
                   subject->machine.cores == 1 ? "" : "s");
        show(predictions, shown, question, answer);
        last = question;
    }
    if (busy)
        printf("\nThis machine had other work to do meanwhile (load %.0f on %d core%s), so these "
               "figures say little: run it again when it is quiet.\n",
               load, subject->machine.cores, subject->machine.cores == 1 ? "" : "s");
    return count;
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "LAB", doc, NULL, NULL, NULL};
    static struct labs labs;
    static struct predictions predictions;
    static struct answers answers;
    static struct subject subject;
    struct request request = {0};
    char root[PATH_MAX], path[PATH_CAP], program[PATH_CAP], text[PATH_CAP + 1024];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    const struct lab_entry *const lab =
        labs_choose(request.lab, root, sizeof root, &labs, text, sizeof text);
    if (!lab)
        die("%s", text);
    process_catch_signals();
    machine_read(&subject.machine);
    snprintf(path, sizeof path, "%s/labs/%s/predictions.txt", lab->home, lab->dir);
    if (!predictions_read(path, subject.machine.cores, &predictions, text, sizeof text))
        die("%s", text);
    if (!predictions.count) {
        printf("No question of %s can be answered by a measurement alone.\n", lab->name);
        return 0;
    }
    snprintf(path, sizeof path, "%s/labs/%s/answers.txt", lab->home, lab->dir);
    if (!answers_read(path, &answers, text, sizeof text))
        die("%s", text);
    if (request.program)
        snprintf(program, sizeof program, "%s", request.program);
    else if (!program_find(root, lab, false, program, sizeof program, text, sizeof text))
        die("%s", text);
    if (!lab_describe(program, &subject.about, text, sizeof text))
        die("%s", text);
    subject.program = program;

    const int shown = compare(&predictions, &answers, &subject);
    process_die_if_interrupted();
    if (open_questions(&predictions, &answers, text, sizeof text))
        printf("\n%s: %s. Write %s into %s/answers.txt, a line each; `make predict "
               "LAB=%s` then shows what is measured.\n",
               shown ? "Not predicted yet" : "Nothing is predicted yet", text,
               strchr(text, ',') ? "them" : "it", lab->shown, lab->name);
    return 0;
}
