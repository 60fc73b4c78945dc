// SPDX-License-Identifier: MIT
//
// flat.c: see flat.h.

#include "flat.h"
#include <stdlib.h>
#include <string.h>

static const char *blanks(const char *at) {
    return at + strspn(at, " \t\r\n");
}

// -- texts ---------------------------------------------------------------------------------------

static int hex4(const char *at, unsigned *value) {
    *value = 0;
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *digit = at[i] ? strchr(digits, at[i]) : NULL;
        if (!digit)
            return 0;
        *value = *value * 16 + (unsigned)((digit - digits) % 16);
    }
    return 1;
}

// One code point as UTF-8; returns its bytes.
static size_t utf8(unsigned code, char bytes[4]) {
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)(lead[n] | code);
    return n;
}

// Reads one character of a string at `at` (behind the opening quote), resolved, into bytes.
// Returns where the next one begins; NULL: not well formed.
static const char *character(const char *at, char bytes[4], size_t *size) {
    *size = 1;
    if (*at != '\\') {
        // The bytes of one code point stay together, so that a cut never splits it.
        bytes[0] = *at++;
        while (((unsigned char)*at & 0xC0) == 0x80 && ((unsigned char)bytes[0] & 0xC0) == 0xC0 &&
               *size < 4)
            bytes[(*size)++] = *at++;
        return at;
    }
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *name = at[1] ? strchr(names, at[1]) : NULL;
    if (name) {
        bytes[0] = values[name - names];
        return at + 2;
    }
    unsigned code, low;
    if (at[1] != 'u' || !hex4(at + 2, &code))
        return NULL;
    at += 6;
    if (code >= 0xD800 && code < 0xDC00 && at[0] == '\\' && at[1] == 'u' && hex4(at + 2, &low) &&
        low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 6;
    }
    if (code == 0 || (code >= 0xD800 && code < 0xE000))
        code = 0xFFFD; // a C text holds no 0, and half a pair is no character
    *size = utf8(code, bytes);
    return at;
}

// Reads a string whose opening quote is at `at`. text may be NULL. Returns what follows it.
static const char *string(const char *at, char *text, size_t cap) {
    size_t used = 0;
    bool full = !text || cap == 0;
    if (*at++ != '"')
        return NULL;
    while (*at != '"') {
        char bytes[4];
        size_t size;
        if (!*at || !(at = character(at, bytes, &size)))
            return NULL;
        full = full || used + size >= cap;
        if (!full) {
            memcpy(text + used, bytes, size);
            used += size;
        }
    }
    if (text && cap)
        text[used] = 0;
    return at + 1;
}

// -- values --------------------------------------------------------------------------------------

// Returns what follows the value at `at`; NULL: it is not closed.
static const char *skip(const char *at) {
    if (*at == '"')
        return string(at, NULL, 0);
    if (*at != '{' && *at != '[') {
        size_t length = strcspn(at, ",}] \t\r\n");
        return length ? at + length : NULL;
    }
    int depth = 0;
    do {
        if (*at == '"') {
            if (!(at = string(at, NULL, 0)))
                return NULL;
            continue;
        }
        if (*at == '{' || *at == '[')
            depth++;
        if (*at == '}' || *at == ']')
            depth--;
        if (!*at++)
            return NULL;
    } while (depth > 0);
    return at;
}

// Where the value of a member begins.
static const char *member(const char *line, const char *name) {
    const char *at = blanks(line);
    if (*at++ != '{')
        return NULL;
    for (;;) {
        char found[64];
        at = blanks(at);
        if (*at != '"' || !(at = string(at, found, sizeof found)))
            return NULL;
        at = blanks(at);
        if (*at++ != ':')
            return NULL;
        at = blanks(at);
        if (strcmp(found, name) == 0)
            return at;
        if (!(at = skip(at)))
            return NULL;
        at = blanks(at);
        if (*at++ != ',')
            return NULL;
    }
}

bool flat_text(const char *line, const char *name, char *text, size_t cap) {
    const char *at = member(line, name);
    // Read once without writing: a text that is not closed writes nothing.
    return at && string(at, NULL, 0) && string(at, text, cap);
}

bool flat_number(const char *line, const char *name, double *number) {
    const char *at = member(line, name);
    if (!at || !(*at == '-' || (*at >= '0' && *at <= '9')))
        return false;
    char *end;
    double value = strtod(at, &end);
    if (end != skip(at))
        return false;
    *number = value;
    return true;
}

bool flat_bool(const char *line, const char *name, bool *yes) {
    const char *at = member(line, name), *end = at ? skip(at) : NULL;
    if (!end)
        return false;
    size_t length = (size_t)(end - at);
    bool is_true = length == 4 && strncmp(at, "true", 4) == 0;
    if (!is_true && !(length == 5 && strncmp(at, "false", 5) == 0))
        return false;
    *yes = is_true;
    return true;
}

bool flat_object(const char *line, const char *name, char *text, size_t cap) {
    const char *at = member(line, name), *end = at && *at == '{' ? skip(at) : NULL;
    if (!end || (size_t)(end - at) >= cap)
        return false;
    memcpy(text, at, (size_t)(end - at));
    text[end - at] = 0;
    return true;
}

bool flat_next(const char *object, size_t *at, char *name, size_t name_cap, char *text,
               size_t text_cap) {
    const char *here = blanks(object + *at);
    if (*at == 0 && *here++ != '{')
        return false;
    here = blanks(here);
    if (*here == ',')
        here = blanks(here + 1);
    if (!(here = string(here, name, name_cap)))
        return false;
    here = blanks(here);
    if (*here != ':' || !(here = string(blanks(here + 1), text, text_cap)))
        return false;
    *at = (size_t)(here - object);
    return true;
}

void flat_print(FILE *file, const char *text) {
    fputc('"', file);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            fprintf(file, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", file);
        else if (c < 0x20 || c == 0x7F)
            fprintf(file, "\\u%04x", c);
        else
            fputc(c, file);
    }
    fputc('"', file);
}
