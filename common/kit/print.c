// SPDX-License-Identifier: MIT
//
// print.c: one record as lines to read, or as one JSON object:
//
//   {"v":1,"lab":"heat","id":1,"version":"omp","run":"threads","workers":2,"threads":1,"seed":7,
//    "params":{"n":"512","steps":"100"},"status":"ok","verdict":"PASS","same":"SAME","text":"",
//    "wall_ms":12.3,"cpu_ms":24.1,"peak_kb":9000,"peak_kind":"hwm","work":2.6e7,
//    "done":0,"done_most":0,"done_by":0,
//    "unit":"cell updates","ideal_ms":0,"notes":""}
//
// status: ok, refused (text says why), todo. verdict: PASS, WRONG or TODO with --check, else null.

#include "print.h"

#include "kit.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

// -- JSON ---------------------------------------------------------------------------------------------

// A JSON string. Bytes that are not ASCII go out as they are where they are UTF-8; what a damaged
// result may bring in (control characters) is escaped.
static void json_text(const char *name, const char *text) {
    printf("\"%s\":\"", name);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c < 0x20 || *c == 0x7f)
            printf("\\u%04x", (unsigned)*c);
        else
            putchar(*c);
    }
    putchar('"');
}

static const char *same_name(enum same same) {
    static const char *const names[] = {"SAME", "ROUNDING", "WRONG"};
    return names[same];
}

void print_record_json(const struct record *r) {
    static const char *const status[] = {"ok", "refused", "todo"};
    printf("{\"v\":1,");
    json_text("lab", lab.name);
    printf(",\"id\":%llu,", (unsigned long long)r->of.id);
    json_text("version", r->of.version->name);
    printf(",\"run\":\"%s\",\"workers\":%d,\"threads\":%d,\"seed\":%llu,\"params\":{",
           run_name(r->of.version->run), r->of.workers, r->of.threads,
           (unsigned long long)r->of.seed);
    for (int i = 0; lab.params[i].name; i++) {
        if (i)
            putchar(',');
        json_text(lab.params[i].name, r->of.values[i]);
    }
    printf("},\"status\":\"%s\",\"verdict\":", status[r->status]);
    if (r->status == UNWRITTEN)
        printf("\"TODO\",");
    else if (r->checked)
        printf("\"%s\",", r->same == WRONG ? "WRONG" : "PASS");
    else
        printf("null,");
    if (r->checked)
        printf("\"same\":\"%s\",", same_name(r->same));
    json_text("text", r->text);
    printf(",\"wall_ms\":%.6g,\"cpu_ms\":%.6g,\"peak_kb\":%.0f,\"peak_kind\":\"%s\",\"work\":%.17g,"
           "\"done\":%.17g,\"done_most\":%.17g,\"done_by\":%.0f,",
           r->wall * 1e3, r->cpu * 1e3, r->peak_kb, r->watched ? "pss" : "hwm", r->work, r->done,
           r->done_most, r->done_by);
    json_text("unit", lab.unit);
    printf(",\"ideal_ms\":%.6g,", r->ideal * 1e3);
    json_text("notes", r->notes);
    puts("}");
    fflush(stdout);
}

void print_lab_json(void) {
    printf("{\"v\":1,\"kind\":\"lab\",");
    json_text("name", lab.name);
    putchar(',');
    json_text("title", lab.title);
    printf(",\"bound\":\"%s\",", bound_name(lab.bound));
    json_text("unit", lab.unit);
    printf(",\"bytes_per_unit\":%g,\"services\":%s}\n", lab.bytes_per_unit,
           lab.service ? "true" : "false");
    for (const struct param *p = lab.params; p->name; p++) {
        printf("{\"v\":1,\"kind\":\"param\",");
        json_text("name", p->name);
        putchar(',');
        json_text("value", p->value);
        putchar(',');
        json_text("what", p->what);
        puts("}");
    }
    for (const struct version *v = lab.versions; v->name; v++) {
        printf("{\"v\":1,\"kind\":\"version\",");
        json_text("name", v->name);
        printf(",\"run\":\"%s\",\"given\":%s}\n", run_name(v->run), v->given ? "true" : "false");
    }
}

void print_service_json(const struct run_case *c) {
    struct service_words words = {0};
    if (!lab.service || !lab.service(c->values, c->seed, &words) || !words.argv[0])
        return;
    printf("{\"v\":1,\"kind\":\"service\",\"id\":%llu,", (unsigned long long)c->id);
    json_text("name", words.argv[0]);
    printf(",\"words\":\"");
    for (char **word = words.argv + 1; *word; word++)
        printf("%s%s", word > words.argv + 1 ? " " : "", *word);
    printf("\",\"optional\":%s,\"shared\":%s}\n", words.optional ? "true" : "false",
           words.shared ? "true" : "false");
    fflush(stdout);
}

// -- words --------------------------------------------------------------------------------------------

static void print_who(const struct run_case *c) {
    printf("%s %s", lab.name, c->version->name);
    const char *s = c->workers == 1 ? "" : "s";
    switch (c->version->run) {
    case RUN_SERIAL:
        break;
    case RUN_THREADS:
        printf(", %d thread%s", c->workers, s);
        break;
    case RUN_RANKS:
        printf(", %d rank%s", c->workers, s);
        break;
    case RUN_HYBRID:
        printf(", %d rank%s of %d thread%s", c->workers, s, c->threads, c->threads == 1 ? "" : "s");
        break;
    case RUN_PROCESSES:
        printf(", %d process%s", c->workers, c->workers == 1 ? "" : "es");
        break;
    }
    for (int i = 0; lab.params[i].name; i++)
        if (c->values[i][0])
            printf("%s%s=%s", i ? " " : ", ", lab.params[i].name, c->values[i]);
    printf(", seed %llu\n", (unsigned long long)c->seed);
}

static void print_rate(double rate) {
    static const char *const prefix[] = {"", " thousand", " million", " billion"};
    int step = 0;
    while (step < 3 && rate >= 1e3) {
        rate /= 1e3;
        step++;
    }
    printf("  rate    %.3g%s %s/s\n", rate, prefix[step], lab.unit);
}

static void print_measured(const struct record *r) {
    if (r->watched)
        printf("  time    not told: watching the memory disturbs it\n");
    else {
        printf("  time    %.4g ms; CPU %.4g ms", r->wall * 1e3, r->cpu * 1e3);
        if (r->wall > 1e-3)
            printf(", so %.2f cores were busy", r->cpu / r->wall);
        putchar('\n');
        if (r->work > 0 && r->wall > 0)
            print_rate(r->work / r->wall);
        if (r->ideal > 0 && r->wall > 0)
            printf("  ideal   %.4g ms; this run reached %.0f %% of it\n", r->ideal * 1e3,
                   100 * r->ideal / r->wall);
    }
    printf("  memory  %.1f MiB, %s\n", r->peak_kb / 1024,
           r->watched ? "peak of the job (PSS, summed over its processes)"
                      : "at most (peaks of all processes, shared pages counted in each)");
    if (r->notes[0])
        printf("  note    %s\n", r->notes);
}

void print_record(const struct record *r) {
    if (r->status != RAN) {
        fflush(stdout);
        fprintf(stderr, "%s: %s\n", lab.name, r->text);
        return;
    }
    print_who(&r->of);
    print_measured(r);
    if (r->checked) {
        static const char *const answer[] = {"equal to the serial one", "right", "WRONG"};
        printf("  result  %s%s%s\n", answer[r->same], r->text[0] ? ": " : "", r->text);
    }
    fflush(stdout);
}

int record_exit(const struct record *r) {
    if (r->status == REFUSED)
        return 2;
    if (r->status == UNWRITTEN)
        return 3;
    return r->checked && r->same == WRONG ? 1 : 0;
}
