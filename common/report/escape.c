// SPDX-License-Identifier: MIT
#include "escape.h"

// The lengths and the limits of the second byte are those of the table in Unicode 15, section 3.9.
int utf8_length(const char *text) {
    const unsigned char *s = (const unsigned char *)text;
    if (*s == 0)
        return 0;
    if (*s < 0x80)
        return 1;
    const int length = *s >= 0xC2 && *s <= 0xDF   ? 2
                       : *s >= 0xE0 && *s <= 0xEF ? 3
                       : *s >= 0xF0 && *s <= 0xF4 ? 4
                                                  : 0;
    const unsigned low = *s == 0xE0 ? 0xA0 : *s == 0xF0 ? 0x90 : 0x80;
    const unsigned high = *s == 0xED ? 0x9F : *s == 0xF4 ? 0x8F : 0xBF;
    if (length == 0 || s[1] < low || s[1] > high)
        return 0;
    for (int i = 2; i < length; i++)
        if (s[i] < 0x80 || s[i] > 0xBF)
            return 0;
    return length;
}

static const char replacement[] = "\xEF\xBF\xBD";

void put_html(FILE *file, const char *text) {
    while (*text) {
        const int length = utf8_length(text);
        const unsigned char c = (unsigned char)*text;
        if (length == 0)
            fputs(replacement, file);
        else if (c == '&')
            fputs("&amp;", file);
        else if (c == '<')
            fputs("&lt;", file);
        else if (c == '>')
            fputs("&gt;", file);
        else if (c == '"')
            fputs("&quot;", file);
        else if (c == '\'')
            fputs("&#39;", file);
        else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
            fputs(replacement, file);
        else
            fwrite(text, 1, (size_t)length, file);
        text += length ? length : 1;
    }
}

void put_json(FILE *file, const char *text) {
    putc('"', file);
    while (*text) {
        const int length = utf8_length(text);
        const unsigned char c = (unsigned char)*text;
        if (length == 0)
            fputs(replacement, file);
        else if (c == '"' || c == '\\')
            fprintf(file, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            fprintf(file, "\\u%04x", c);
        else
            fwrite(text, 1, (size_t)length, file);
        text += length ? length : 1;
    }
    putc('"', file);
}
