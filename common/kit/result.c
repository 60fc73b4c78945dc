// SPDX-License-Identifier: MIT
// result.c: writes and reads result files.

#include "result.h"

#include "file.h"
#include "kit.h"
#include "say.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 64, TAIL = 24 };

static void put(uint8_t *at, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static uint64_t get(const uint8_t *at, int bytes) {
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value |= (uint64_t)at[i] << 8 * i;
    return value;
}

// Each lane takes every LANES-th word, so that no multiplication waits for the one before it.
uint64_t result_digest(const void *bytes, size_t size) {
    enum { LANES = 8, WORD = 8 };
    const uint64_t prime = 0x100000001b3u;
    const uint8_t *at = bytes;
    uint64_t lane[LANES], digest = 0xcbf29ce484222325u;
    for (int i = 0; i < LANES; i++)
        lane[i] = digest + (uint64_t)i;
    size_t left = size;
    for (; left >= LANES * WORD; left -= LANES * WORD, at += LANES * WORD)
        for (int i = 0; i < LANES; i++) {
            uint64_t word;
            memcpy(&word, at + i * WORD, WORD);
            lane[i] ^= le64toh(word);
            lane[i] =
                (lane[i] << 29 | lane[i] >> 35) * prime; // so that high bits count as low ones
        }
    for (; left; left--, at++)
        digest = (digest ^ *at) * prime;
    for (int i = 0; i < LANES; i++)
        digest = (digest ^ lane[i] ^ lane[i] >> 32) * prime;
    return (digest ^ size) * prime;
}

bool result_write(const struct record *record, uint64_t nonce, const char *path) {
    uint8_t head[HEAD] = "TWORES1\n", tail[TAIL];
    put(head + 8, nonce, 8);
    put(head + 16, record->of.id, 8);
    put(head + 24, record->size, 8);
    memcpy(head + 32, lab.name, strnlen(lab.name, 16));
    memcpy(head + 48, record->of.version->name, strnlen(record->of.version->name, 8));
    put(head + 56, (uint64_t)record->of.workers, 4);
    put(tail, record->returned, 8);
    put(tail + 8, result_digest(record->bytes, record->size), 8);
    memcpy(tail + 16, "TWOEND1\n", 8);

    struct part part;
    if (!part_open(&part, path))
        return false;
    fwrite(head, HEAD, 1, part.file); // errors stay with the stream; part_close() looks
    if (record->size)
        fwrite(record->bytes, record->size, 1, part.file);
    fwrite(tail, TAIL, 1, part.file);
    return part_close(&part);
}

// Reads the head, and leaves the file at the payload, which is as long as the head says.
static bool read_head(FILE *file, const char *path, struct result_head *head) {
    uint8_t bytes[HEAD];
    if (fread(bytes, HEAD, 1, file) != 1 || memcmp(bytes, "TWORES1\n", 8) != 0)
        return refuse("%s is not a result file: it does not begin with TWORES1.", path);
    *head = (struct result_head){.nonce = get(bytes + 8, 8),
                                 .id = get(bytes + 16, 8),
                                 .size = get(bytes + 24, 8),
                                 .workers = (uint32_t)get(bytes + 56, 4)};
    memcpy(head->lab, bytes + 32, 16);
    memcpy(head->version, bytes + 48, 8);

    // The length that the file has, not the one that it claims, decides what is allocated.
    if (fseek(file, 0, SEEK_END) != 0)
        return refuse("%s cannot be read: %s.", path, strerror(errno));
    long length = ftell(file);
    if (length < HEAD + TAIL || head->size != (uint64_t)length - HEAD - TAIL)
        return refuse("%s is torn: it is %ld bytes long, which does not fit its head.", path,
                      length);
    fseek(file, HEAD, SEEK_SET);
    return true;
}

static bool read_parts(FILE *file, const char *path, struct result_head *head, void **payload,
                       uint64_t *returned) {
    uint8_t tail[TAIL];
    if (!read_head(file, path, head))
        return false;
    *payload = malloc(head->size + 1);
    if (!*payload)
        return refuse("No memory for the %llu bytes of %s.", (unsigned long long)head->size, path);
    if ((head->size && fread(*payload, head->size, 1, file) != 1) ||
        fread(tail, TAIL, 1, file) != 1 || memcmp(tail + 16, "TWOEND1\n", 8) != 0)
        return refuse("%s is torn: its end mark TWOEND1 is missing.", path);
    if (get(tail + 8, 8) != result_digest(*payload, head->size))
        return refuse("%s is damaged: its digest is not that of its payload.", path);
    *returned = get(tail, 8);
    return true;
}

bool result_read(const char *path, struct result_head *head, void **payload, uint64_t *returned) {
    *payload = NULL;
    FILE *file = fopen(path, "rbe");
    if (!file)
        return refuse("Cannot read %s: %s.", path, strerror(errno));
    bool good = read_parts(file, path, head, payload, returned);
    fclose(file);
    if (!good) {
        free(*payload);
        *payload = NULL;
    }
    return good;
}

static bool same_bytes(FILE *file, FILE *other, uint64_t size) {
    enum { PIECE = 1 << 16 };
    static uint8_t of_file[PIECE], of_other[PIECE];
    while (size > 0) {
        const size_t piece = size < PIECE ? size : PIECE;
        if (fread(of_file, piece, 1, file) != 1 || fread(of_other, piece, 1, other) != 1 ||
            memcmp(of_file, of_other, piece) != 0)
            return false;
        size -= piece;
    }
    return true;
}

bool result_equals(const char *path, const char *other, struct result_head *head,
                   uint64_t *returned) {
    struct result_head right = {0};
    uint8_t tail[TAIL];
    FILE *const file = fopen(path, "rbe"), *const known = fopen(other, "rbe");
    const bool equal = file && known && read_head(file, path, head) &&
                       read_head(known, other, &right) && strcmp(head->lab, right.lab) == 0 &&
                       head->size == right.size && same_bytes(file, known, head->size) &&
                       fread(tail, TAIL, 1, file) == 1 && memcmp(tail + 16, "TWOEND1\n", 8) == 0;
    if (file)
        fclose(file);
    if (known)
        fclose(known);
    words_clear(); // why not is of no interest
    if (equal)
        *returned = get(tail, 8);
    return equal;
}
