// SPDX-License-Identifier: MIT
//
// verify.c: judges what another process left. The program that made a result is never the one that
// is believed: this one, built without the file under test, computes the problem again.

#include "verify.h"

#include "kit.h"
#include "result.h"
#include "run.h"
#include "say.h"

#include <stdlib.h>
#include <string.h>

void verify(const struct run_case *c, const char *path, uint64_t nonce, const char *against,
            struct record *record) {
    struct result_head head;
    void *payload = NULL;
    *record = (struct record){.of = *c};
    words_clear();
    // What equals the trusted file need not be computed.
    const bool equal = against && result_equals(path, against, &head, &record->returned);
    bool read = equal || result_read(path, &head, &payload, &record->returned);
    if (read && c->workers == 0)
        record->of.workers = (int)head.workers;
    if (read && (strcmp(head.lab, lab.name) != 0 || strcmp(head.version, c->version->name) != 0 ||
                 (int)head.workers != record->of.workers || head.nonce != nonce ||
                 (c->id && head.id != c->id)))
        read = refuse("%s was left by %s, version %s, %u workers, case %llu, nonce %llu; that is "
                      "another case.",
                      path, head.lab, head.version, head.workers, (unsigned long long)head.id,
                      (unsigned long long)head.nonce);
    if (!read)
        snprintf(record->text, sizeof record->text, "%s", refusal());
    else if (equal)
        record->checked = true;
    else
        record->checked = compare_with_serial(&record->of, payload, head.size, &record->same,
                                              record->text, sizeof record->text);
    if (!record->checked)
        record->status = REFUSED;
    free(payload);
    words_clear();
}
