// SPDX-License-Identifier: MIT

#include "expect.h"
#include <string.h>

// Takes `name=value` or `name="value"` off the front of *at. False: there is none.
static bool next_item(char **at, char **name, char **value) {
    *at += strspn(*at, " ");
    *name = *at;
    char *const equals = strchr(*at, '=');
    if (!equals)
        return false;
    *equals = '\0';
    const bool quoted = equals[1] == '"';
    *value = equals + 1 + quoted;
    char *const end = quoted ? strrchr(*value, '"') : *value + strcspn(*value, " ");
    if (!end)
        return false;
    *at = *end ? end + 1 : end;
    *end = '\0';
    return true;
}

bool expect_read(char *line, struct expect *expect) {
    enum { NAMES = 7 };
    static const char *const names[NAMES] = {"file", "check", "verdict", "until",
                                             "then", "line",  "says"};
    char *const to[] = {expect->file, expect->check, expect->verdict, expect->until,
                        expect->then, expect->line,  expect->says};
    const size_t caps[] = {sizeof expect->file,  sizeof expect->check, sizeof expect->verdict,
                           sizeof expect->until, sizeof expect->then,  sizeof expect->line,
                           sizeof expect->says};
    static const char begin[] = "// EXPECT ";
    if (strncmp(line, begin, sizeof begin - 1) != 0)
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    char *at = line + sizeof begin - 1, *name, *value;
    while (at[strspn(at, " ")]) {
        size_t i = 0;
        if (!next_item(&at, &name, &value))
            return false;
        while (i < NAMES && strcmp(names[i], name) != 0)
            i++;
        if (i == NAMES || to[i][0] || !*value || strlen(value) >= caps[i])
            return false;
        memcpy(to[i], value, strlen(value) + 1);
    }
    return expect->file[0] && expect->check[0] && expect->verdict[0] &&
           (expect->says[0] || strncmp(expect->verdict, "PASS", 4) == 0) &&
           !expect->until[0] == !expect->then[0] &&
           strspn(expect->line, "0123456789") == strlen(expect->line);
}
