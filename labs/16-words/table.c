// SPDX-License-Identifier: MIT
// table.c: one pass over the text folds it, finds the ends of the words and hashes them.

#include "table.h"

#include "kit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

// -- eight bytes of text at a time, the first of them lowest -----------------------------------------

#define EVERY(byte) (0x0101010101010101u * (uint64_t)(byte))

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define IN_ORDER(eight) __builtin_bswap64(eight)
#else
#define IN_ORDER(eight) (eight)
#endif

static inline uint64_t load(const char *at, ptrdiff_t there) { // zeros from at[there] on
    uint64_t eight = 0;
    if (there >= 8)
        memcpy(&eight, at, 8);
    else
        memcpy(&eight, at, (size_t)there);
    return IN_ORDER(eight);
}

static inline void store(char *at, uint64_t eight) {
    eight = IN_ORDER(eight);
    memcpy(at, &eight, 8);
}

// Turns the capitals among eight bytes into small letters. In what it returns the top bit of a byte
// says whether that byte belongs to a word. (Bytes are compared by adding: x + 0x80 - 'a' has the
// top bit set if x >= 'a'. What is added to is below 0x80, so nothing carries into the next byte.)
static inline uint64_t fold(uint64_t *eight) {
    uint64_t high = *eight & EVERY(0x80), low = *eight & EVERY(0x7f), small = low | EVERY(0x20);
    uint64_t letter = (small + EVERY(0x80 - 'a')) & ~(small + EVERY(0x7f - 'z')) & ~high;
    uint64_t digit = (low + EVERY(0x80 - '0')) & ~(low + EVERY(0x7f - '9'));
    *eight |= (letter & EVERY(0x80)) >> 2; // 'a' is 'A' with bit 0x20
    return (letter | digit | high) & EVERY(0x80);
}

static inline unsigned first(uint64_t tops) { // the first byte whose top bit is set
    return (unsigned)__builtin_ctzll(tops) / 8;
}

// The upper half is the hash. A product carries upwards: its top bits depend on all bytes.
static inline uint64_t hash_more(uint64_t hash, uint64_t eight) {
    return ((hash << 23 | hash >> 41) ^ eight) * 0x9E3779B97F4A7C15u; // 2^64 / the golden ratio
}

bool word_byte(char c) {
    uint64_t eight = (uint8_t)c;
    return fold(&eight) & 0x80;
}

// -- the table ---------------------------------------------------------------------------------------

// What a table is that could not be made: it takes no words.
static struct table no_table = {.failed = true};

struct table *table_create(void) {
    struct table *table = calloc(1, sizeof *table);
    if (table)
        return table;
    refuse("No memory for a table of words; make the problem smaller.");
    return &no_table;
}

static void slots_free(struct table *table) {
    if (table->slots)
        memory_free(table->slots, (table->mask + 1) * sizeof *table->slots);
}

void table_free(struct table *table) {
    if (!table || table == &no_table)
        return;
    free(table->bytes);
    slots_free(table);
    free(table);
}

static size_t word_size(size_t length) { // bytes it takes in a table
    return (sizeof(struct word) + length + 7) / 8 * 8;
}

const struct word *table_next(const struct table *table, const struct word *word) {
    size_t at = word ? (size_t)((const char *)word - table->bytes) + word_size(word->length) : 0;
    // The second condition can only be false in a table that was damaged from outside.
    if (at + sizeof *word > table->used)
        return NULL;
    const struct word *next = (const struct word *)(table->bytes + at);
    return word_size(next->length) <= table->used - at ? next : NULL;
}

static bool fail(struct table *table, const char *why) {
    table->failed = true;
    return refuse("The table of words has %zu different words, %.1f MiB, and cannot grow: %s. "
                  "Count a smaller tree.",
                  table->words, (double)table->used / 0x1p20, why);
}

// Twice the slots, every word in its new place.
static bool grow_slots(struct table *table) {
    int shift = table->slots ? table->shift - 1 : 22;
    size_t mask = ((size_t)1 << (32 - shift)) - 1;
    // Large pages: a slot is looked at before it is written to, and each small page that is met so
    // costs all threads of the process an interrupt when it is written to at last.
    struct slot *slots = memory_pages((mask + 1) * sizeof *slots);
    if (!slots)
        return fail(table, "there is no memory");
    for (size_t i = 0; table->slots && i <= table->mask; i++) {
        size_t to = table->slots[i].hash >> shift;
        if (!table->slots[i].at)
            continue;
        while (slots[to].at)
            to = (to + 1) & mask;
        slots[to] = table->slots[i];
    }
    slots_free(table);
    table->slots = slots;
    table->shift = shift;
    table->mask = mask;
    return true;
}

static bool grow_bytes(struct table *table, size_t size) {
    if (size > INT_MAX - table->used)
        return fail(table, "one message carries at most 2 GiB");
    size_t room = table->room ? table->room : 1 << 14;
    while (room < table->used + size)
        room *= 2;
    char *bytes = realloc(table->bytes, room);
    if (!bytes)
        return fail(table, "there is no memory");
    table->bytes = bytes;
    table->room = room;
    return true;
}

// Puts a new word into the free slot `to`, or where that moves to when the slots grow.
static void insert(struct table *table, size_t to, const char *text, size_t length, uint64_t key,
                   uint32_t hash, uint64_t count) {
    size_t size = word_size(length);
    if (table->failed || (size > table->room - table->used && !grow_bytes(table, size)))
        return;
    if (2 * (table->words + 1) > table->mask + 1) {
        if (!grow_slots(table))
            return;
        for (to = hash >> table->shift; table->slots[to].at;)
            to = (to + 1) & table->mask;
    }
    struct word *word = (struct word *)(table->bytes + table->used);
    memset((char *)word + size - 8, 0, 8);
    *word = (struct word){.count = count, .hash = hash, .length = (uint32_t)length};
    if (key)
        store(word->text, key);
    else
        memcpy(word->text, text, length);
    table->slots[to] = (struct slot){hash, (uint32_t)(table->used / 8 + 1)};
    table->used += size;
    table->words++;
}

// Adds count to a word whose hash is known. text: as in a table, in lower case; key: the text of a
// word of less than 8 bytes, padded with zeros, which is compared at once; else 0.
static inline void add(struct table *table, const char *text, size_t length, uint64_t key,
                       uint32_t hash, uint64_t count) {
    size_t at = hash >> table->shift;
    for (; table->slots[at].at; at = (at + 1) & table->mask) {
        if (table->slots[at].hash != hash)
            continue;
        struct word *word = (struct word *)(table->bytes + 8 * (size_t)(table->slots[at].at - 1));
        if (key ? load(word->text, 8) == key
                : word->length == length && memcmp(word->text, text, length) == 0) {
            word->count += count;
            return;
        }
    }
    insert(table, at, text, length, key, hash, count);
}

void table_count(struct table *table, char *text, long n) {
    if (!text || table->failed || (!table->slots && !grow_slots(table)))
        return;
    char *at = text, *end = text + n;
    while (at < end) {
        uint64_t bytes = load(at, end - at), inside = fold(&bytes);
        if (!(inside & 0x80)) { // between words
            at += inside ? first(inside) : 8;
            continue;
        }
        char *begin = at;
        uint64_t hash = 0;
        while (inside == EVERY(0x80)) { // a word of 8 bytes or more
            hash = hash_more(hash, bytes);
            store(at, bytes);
            at += 8;
            bytes = load(at, end - at);
            inside = fold(&bytes);
        }
        unsigned rest = first(~inside & EVERY(0x80));
        bytes &= ((uint64_t)1 << 8 * rest) - 1;
        hash = hash_more(hash, bytes);
        if (at == begin) {
            add(table, begin, rest, bytes, (uint32_t)(hash >> 32), 1);
        } else {
            for (unsigned i = 0; i < rest; i++)
                at[i] = (char)(bytes >> 8 * i);
            add(table, begin, (size_t)(at - begin) + rest, 0, (uint32_t)(hash >> 32), 1);
        }
        at += rest + 1; // the word, and the byte that ended it
    }
}

void table_merge_bytes(struct table *into, const void *bytes, size_t n) {
    if (into->failed || (!into->slots && !grow_slots(into)))
        return;
    for (size_t at = 0, size; at < n; at += size) {
        const char *text = (const char *)bytes + at + sizeof(struct word);
        struct word word = {0};
        if (n - at >= sizeof word)
            memcpy(&word, (const char *)bytes + at, sizeof word);
        size = word_size(word.length);
        if (word.length == 0 || size > n - at) {
            refuse("%zu bytes were given to table_merge_bytes, and byte %zu of them does not begin "
                   "a whole word: were all `used` bytes of one table sent, and all received?",
                   n, at);
            return;
        }
        uint64_t key = word.length < 8 ? load(text, 8) : 0;
        add(into, text, word.length, key, word.hash, word.count);
    }
}

void table_merge(struct table *into, struct table *from) {
    if (into->words < from->words && !into->failed) {
        struct table larger = *from;
        *from = *into;
        *into = larger;
    }
    table_merge_bytes(into, from->bytes, from->used);
    if (from == &no_table)
        return;
    if (from->slots)
        memset(from->slots, 0, (from->mask + 1) * sizeof *from->slots);
    from->used = from->words = 0;
}
