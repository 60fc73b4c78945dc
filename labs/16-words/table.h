// SPDX-License-Identifier: MIT
//
// table.h: a table of words and their counts.
//
// Theory of operation. The words lie one after another in one stretch of memory, `bytes`, in the
// order in which they were first met. Beside it is a hash table of slots, which says where in
// `bytes` a word lies (open addressing: a taken slot sends the search to the next one). The words
// that are used most are met first, so they lie close together, and a cache holds them. And since
// `bytes` holds no pointers, it means the same in another process: it is what a message carries.
//
// A table is not made for two threads at a time: nothing in it is locked or atomic.

#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct word {
    uint64_t count;
    uint32_t hash;
    uint32_t length; // bytes
    char text[];     // lower case, not ended by '\0'; padded to a multiple of 8 bytes
};

struct slot {
    uint32_t hash;
    uint32_t at; // the word lies at bytes + 8 * (at - 1); 0: free
};

struct table {
    char *bytes;        // the words, one struct word after another
    size_t used, room;  // bytes used, and bytes there are; used <= INT_MAX: fits a message
    size_t words;       // different words
    struct slot *slots; // mask + 1 of them, a power of two, at most half of them taken
    size_t mask;        // their number less one
    int shift;          // hash >> shift is the slot where a search begins
    bool failed;        // no memory: refused, and nothing more is counted
};

// An empty table. Never NULL: without memory the run is refused, and the table counts nothing.
struct table *table_create(void);
void table_free(struct table *table);

// Counts all words of text, n bytes, which it turns to lower case in place. A word is over where
// the text is.
void table_count(struct table *table, char *text, long n);

// Adds all counts of `from` to `into`; `from` is left empty, still to be freed. (It may be that the
// two exchange their memory first: then only the smaller of them has to be gone through.)
void table_merge(struct table *into, struct table *from);

// Adds the counts that stand in n bytes that were the `bytes` of another table, its `used` long.
void table_merge_bytes(struct table *into, const void *bytes, size_t n);

// The word behind `word` in the table, or the first one (word NULL); NULL: there is no more.
const struct word *table_next(const struct table *table, const struct word *word);

// Does a byte belong to a word? An ASCII letter, a digit, a byte from 0x80 on.
bool word_byte(char c);

#endif
