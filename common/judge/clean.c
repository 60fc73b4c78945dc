// SPDX-License-Identifier: MIT
//
// clean.c: see clean.h.

#include "clean.h"
#include <string.h>

static int line_of(const char *bytes, size_t at) {
    int line = 1;
    for (size_t i = 0; i < at; i++)
        line += bytes[i] == '\n';
    return line;
}

// The length of the UTF-8 character at `at`; 0: there is none.
static size_t utf8(const unsigned char *at, size_t left) {
    const size_t length = at[0] < 0x80                    ? 1
                          : at[0] >= 0xc2 && at[0] < 0xe0 ? 2
                          : at[0] >= 0xe0 && at[0] < 0xf0 ? 3
                          : at[0] >= 0xf0 && at[0] < 0xf5 ? 4
                                                          : 0;
    for (size_t i = 1; i < length; i++)
        if (i >= left || (at[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

// LF where Windows writes CR LF and old editors CR; returns how many there were.
static int mend_line_ends(char *bytes, size_t *size) {
    size_t to = 0;
    int changed = 0;
    for (size_t i = 0; i < *size; i++) {
        const bool end = bytes[i] == '\r';
        changed += end;
        if (!(end && i + 1 < *size && bytes[i + 1] == '\n'))
            bytes[to++] = end ? '\n' : bytes[i];
    }
    *size = to;
    bytes[to] = 0;
    return changed;
}

bool clean_text(const char *name, char *bytes, size_t *size, struct problems *problems) {
    if (*size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        problems_add(problems, name, 1, "BUILD",
                     "%s is saved as UTF-16, which no C compiler reads: choose the encoding UTF-8 "
                     "in your editor (\"Save as\") and save it again.",
                     name);
        return false;
    }
    if (*size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        memmove(bytes, bytes + 3, *size -= 3);
        bytes[*size] = 0;
        problems_add(problems, name, 1, "",
                     "%s begins with a byte order mark, which was left out; to be rid of it, save "
                     "the file as UTF-8 without BOM.",
                     name);
    }
    const int ends = mend_line_ends(bytes, size);
    if (ends > 0)
        problems_add(problems, name, 0, "",
                     "%s has %d line end%s of another system (CR), read as plain ones; to be rid "
                     "of them: sed -i 's/\\r$//' %s",
                     name, ends, ends == 1 ? "" : "s", name);
    const char *const nul = memchr(bytes, 0, *size);
    if (nul) {
        const int line = line_of(bytes, (size_t)(nul - bytes));
        problems_add(problems, name, line, "BUILD",
                     "%s has a NUL byte in line %d, so it is no text: it may be a program or an "
                     "object file, or a disk was full when it was saved. Save it again as plain "
                     "text.",
                     name, line);
        return false;
    }
    if (strspn(bytes, " \t\n") == *size) {
        problems_add(problems, name, 0, "BUILD",
                     "%s is empty. Was it saved? `make reset` brings the starter back and keeps a "
                     "copy of what you have.",
                     name);
        return false;
    }
    for (size_t i = 0, length; i < *size; i += length)
        if (!(length = utf8((const unsigned char *)bytes + i, *size - i))) {
            const int line = line_of(bytes, i);
            problems_add(problems, name, line, "",
                         "%s has the byte 0x%02X in line %d, which is not UTF-8 (Latin-1?). In a "
                         "comment it does no harm, elsewhere the compiler may refuse it: save the "
                         "file as UTF-8.",
                         name, (unsigned char)bytes[i], line);
            break;
        }
    return true;
}
