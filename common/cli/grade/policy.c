// SPDX-License-Identifier: MIT
//
// policy.c: see policy.h.

#include "policy.h"

#include "grow.h"
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

// -- dates ------------------------------------------------------------------------------------------

// "+01:00", "-0530", "UTC", "Z": seconds east of Greenwich. False: it is no such zone.
static bool fixed_zone(const char *zone, long *east) {
    int hours = 0, minutes = 0, used = 0;
    *east = 0;
    if (!strcasecmp(zone, "UTC") || !strcasecmp(zone, "GMT") || !strcasecmp(zone, "Z"))
        return true;
    if (*zone != '+' && *zone != '-')
        return false;
    const bool parts =
        (sscanf(zone + 1, "%2d:%2d%n", &hours, &minutes, &used) == 2 && !zone[1 + used]) ||
        (sscanf(zone + 1, "%2d%2d%n", &hours, &minutes, &used) == 2 && !zone[1 + used]);
    *east = (*zone == '-' ? -1 : 1) * (hours * 3600L + minutes * 60L);
    return parts && hours < 15 && minutes < 60 && minutes >= 0 && hours >= 0;
}

// A zone of the system's list is read by mktime() through TZ.
static bool named_zone(const char *zone) {
    char path[160];
    if (strstr(zone, "..") || *zone == '/' || strlen(zone) > 63)
        return false;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    return access(path, R_OK) == 0;
}

static int64_t in_zone(struct tm *at, const char *zone) {
    static char before[128];
    const char *const tz = getenv("TZ");
    snprintf(before, sizeof before, "%s", tz ? tz : "");
    if (*zone)
        setenv("TZ", zone, 1);
    tzset();
    at->tm_isdst = -1;
    const int64_t when = mktime(at);
    if (*zone && tz)
        setenv("TZ", before, 1);
    else if (*zone)
        unsetenv("TZ");
    tzset();
    return when;
}

int64_t policy_date(const char *text, const char *zone) {
    struct tm at = {0};
    int used = 0, year, month, day, hour, minute, second = 0;
    if (sscanf(text, "%4d-%2d-%2d%*1[T _-]%2d%*1[:-]%2d%n", &year, &month, &day, &hour, &minute,
               &used) != 5)
        return -1;
    const char *rest = text + used;
    if ((*rest == ':' || *rest == '-') && isdigit((unsigned char)rest[1])) {
        int more = 0;
        if (sscanf(rest + 1, "%2d%n", &second, &more) != 1)
            return -1;
        rest += 1 + more;
    }
    if (*rest && *rest != ' ' && *rest != '.')
        return -1;
    if (year < 1990 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 ||
        second > 60 || hour < 0 || minute < 0 || second < 0)
        return -1;
    at = (struct tm){.tm_year = year - 1900,
                     .tm_mon = month - 1,
                     .tm_mday = day,
                     .tm_hour = hour,
                     .tm_min = minute,
                     .tm_sec = second};
    struct tm date = {.tm_year = at.tm_year, .tm_mon = at.tm_mon, .tm_mday = day};
    if (timegm(&date) == -1 || date.tm_mday != day) // the 31st of a month that has 30
        return -1;
    long east;
    if (*zone && fixed_zone(zone, &east))
        return (int64_t)timegm(&at) - east;
    return *zone && !named_zone(zone) ? -1 : in_zone(&at, zone);
}

// -- the file ---------------------------------------------------------------------------------------

struct policy policy_none(void) {
    return (struct policy){.due = -1, .solution = -1};
}

// "10m", "36h", "1.5d", "90s": seconds; -1: no such thing.
static double duration(const char *text) {
    char *end;
    const double number = strtod(text, &end);
    if (end == text || !(number >= 0) || number > 1e6 || !*end || end[1])
        return -1;
    return *end == 'd'   ? number * 86400
           : *end == 'h' ? number * 3600
           : *end == 'm' ? number * 60
           : *end == 's' ? number
                         : -1;
}

// DATE TIME [ZONE] in words[0..]; keeps the zone if zone is not NULL.
static bool date_words(char **words, int count, char *zone, size_t cap, int64_t *when) {
    char text[64];
    if (count < 2 || count > 3)
        return false;
    snprintf(text, sizeof text, "%.30s %.30s", words[0], words[1]);
    *when = policy_date(text, count == 3 ? words[2] : "");
    if (zone)
        snprintf(zone, cap, "%s", count == 3 ? words[2] : "");
    return *when >= 0;
}

// One line, cut into words. False: `wrong` says what was expected.
static bool take(struct policy *p, char **word, int count, const char **wrong) {
    char *end = word[0]; // where a number ended
    if (!strcmp(word[0], "due")) {
        *wrong = "due is followed by a date, a time and a zone, as in: due 2026-11-20 23:59 "
                 "Europe/Berlin";
        return date_words(word + 1, count - 1, p->zone, sizeof p->zone, &p->due);
    }
    if (!strcmp(word[0], "extend")) {
        *wrong = "extend is followed by a student, a date, a time and a zone, as in: extend ada "
                 "2026-11-25 23:59 Europe/Berlin";
        struct extension e = {0};
        if (count < 4 || strlen(word[1]) >= sizeof e.student ||
            !date_words(word + 2, count - 2, NULL, 0, &e.due))
            return false;
        snprintf(e.student, sizeof e.student, "%s", word[1]);
        p->extension = grow(p->extension, p->extensions, sizeof e);
        p->extension[p->extensions++] = e;
        return true;
    }
    if (!strcmp(word[0], "grace")) {
        *wrong = "grace is followed by a duration, as in: grace 10m (s, m, h or d)";
        p->grace = count == 2 ? duration(word[1]) : -1;
        return p->grace >= 0;
    }
    if (!strcmp(word[0], "curve")) {
        *wrong = "curve is followed by steps or linear";
        p->linear = count == 2 && !strcmp(word[1], "linear");
        return p->linear || (count == 2 && !strcmp(word[1], "steps"));
    }
    if (!strcmp(word[0], "count")) {
        *wrong = "count is followed by best or last";
        p->last = count == 2 && !strcmp(word[1], "last");
        return p->last || (count == 2 && !strcmp(word[1], "best"));
    }
    if (!strcmp(word[0], "late")) {
        *wrong = "late is followed by a duration and percent of the points, as in: late 1d 90; "
                 "each such line is later than the one before, and counts no more";
        if (count != 3)
            return false;
        const double seconds = duration(word[1]), percent = strtod(word[2], &end);
        const int n = p->steps;
        if (seconds < 0 || end == word[2] || (*end && strcmp(end, "%") != 0) || !(percent >= 0) ||
            percent > 100 || n == LATE_STEPS ||
            (n && (seconds <= p->late[n - 1].seconds || percent > p->late[n - 1].percent)))
            return false;
        p->late[n].seconds = seconds;
        p->late[n].percent = percent;
        p->steps++;
        return true;
    }
    if (!strcmp(word[0], "attempts")) {
        *wrong = "attempts is followed by how many count, at least 1, as in: attempts 3";
        const long number = count == 2 ? strtol(word[1], &end, 10) : 0;
        p->attempts = number >= 1 && number <= 1000 && !*end ? (int)number : 0;
        return p->attempts > 0;
    }
    if (!strcmp(word[0], "points")) {
        *wrong = "points is followed by what the lab is worth, more than 0, as in: points 20";
        p->points = count == 2 ? strtod(word[1], &end) : 0;
        return p->points > 0 && p->points <= 1e6 && !*end;
    }
    if (!strcmp(word[0], "versions")) {
        *wrong = "versions is followed by up to eight versions of the lab, as in: versions omp mpi";
        for (int i = 1; i < count && p->versions < VERSIONS_COUNTED; i++)
            snprintf(p->version[p->versions++], sizeof *p->version, "%s", word[i]);
        return count > 1;
    }
    if (!strcmp(word[0], "show") && count > 1 && !strcmp(word[1], "solution")) {
        *wrong = "show solution is followed by a date, a time and a zone, as in: show solution "
                 "2026-12-18 12:00 Europe/Berlin";
        return date_words(word + 2, count - 2, NULL, 0, &p->solution);
    }
    if (!strcmp(word[0], "show")) {
        static const char *const all[] = {"visible", "hidden", "after_due_date", "after_published"};
        *wrong = "show is followed by visible, hidden, after_due_date, after_published, or "
                 "solution and a "
                 "date";
        for (size_t i = 0; count == 2 && i < sizeof all / sizeof *all; i++)
            if (!strcmp(word[1], all[i]))
                snprintf(p->show, sizeof p->show, "%s", all[i]);
        return *p->show;
    }
    *wrong =
        "a line begins with due, grace, late, curve, extend, count, attempts, points, versions "
        "or show";
    return false;
}

bool policy_read(struct policy *policy, const char *path, char *why, size_t cap) {
    *policy = policy_none();
    FILE *const file = fopen(path, "re");
    if (!file) {
        snprintf(why, cap, "the late policy %s cannot be read: %s.", path, strerror(errno));
        return false;
    }
    char *line = NULL;
    size_t room = 0;
    bool good = true;
    for (int number = 1; good && getline(&line, &room, file) >= 0; number++) {
        enum { WORDS = VERSIONS_COUNTED + 1 };
        char *word[WORDS], *rest = line;
        int count = 0;
        line[strcspn(line, "#\r\n")] = '\0';
        for (char *w; count < WORDS && (w = strsep(&rest, " \t"));)
            if (*w)
                word[count++] = w;
        const char *wrong = "";
        if (count && !take(policy, word, count, &wrong)) {
            good = false;
            snprintf(why, cap, "line %d of %s is not understood: %s.", number, path, wrong);
        }
    }
    if (good && policy->due < 0 && (policy->steps || policy->extensions)) {
        good = false;
        snprintf(why, cap, "%s says what is lost by being late, but no line says when it is due.",
                 path);
    }
    if (good && policy->due >= 0 && policy->solution >= 0 &&
        !policy_is_over(policy, policy->solution)) {
        good = false;
        snprintf(why, cap,
                 "%s shows the solution before the last hand-in can count (due date, extensions, "
                 "grace and late days): give `show solution` a later date.",
                 path);
    }
    free(line);
    fclose(file);
    return good;
}

// -- what follows -----------------------------------------------------------------------------------

double policy_late(const struct policy *policy, const char *student, int64_t when) {
    int64_t due = policy->due;
    for (size_t i = 0; i < policy->extensions; i++)
        if (!strcasecmp(policy->extension[i].student, student))
            due = policy->extension[i].due;
    if (policy->due < 0 || when < 0)
        return 0;
    const double late = (double)(when - due);
    return late > policy->grace ? late : 0;
}

bool policy_counts(const struct policy *policy, const char *check) {
    for (int i = 0; i < policy->versions; i++) {
        const size_t length = strlen(policy->version[i]);
        if (!strncmp(check, policy->version[i], length) && check[length] == '-')
            return true;
    }
    return policy->versions == 0;
}

bool policy_is_over(const struct policy *policy, int64_t now) {
    int64_t last = policy->due;
    for (size_t i = 0; i < policy->extensions; i++)
        if (policy->extension[i].due > last)
            last = policy->extension[i].due;
    double more = policy->grace;
    for (int i = 0; i < policy->steps; i++)
        more = policy->late[i].percent > 0 && policy->late[i].seconds > more
                   ? policy->late[i].seconds
                   : more;
    return policy->due >= 0 && (double)(now - last) > more;
}

bool policy_shows_solution(const struct policy *policy, int64_t now) {
    return policy->solution >= 0 && now >= policy->solution;
}

double policy_share(const struct policy *policy, double late) {
    double before = 0, percent = 100;
    if (late <= 0)
        return 1;
    for (int i = 0; i < policy->steps; i++) {
        const double until = policy->late[i].seconds, then = policy->late[i].percent;
        if (late <= until)
            return policy->linear
                       ? (percent + (then - percent) * (late - before) / (until - before)) / 100
                       : then / 100;
        before = until;
        percent = then;
    }
    return 0;
}
