// SPDX-License-Identifier: MIT
//
// pthread.c: given, to see what a thread costs. Each line gets a thread of its own, which ends when
// it has signed.

#include "hello.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct signer {
    pthread_t thread;
    struct hello *h;
    int i, worker, of;
};

static void *sign(void *of) {
    const struct signer *const me = of;
    hello_sign(me->h, me->i, me->worker, me->of);
    return NULL;
}

void hello_pthread(struct hello *h, int workers) {
    struct signer *const signer = calloc((size_t)workers, sizeof *signer);
    bool good = signer != NULL;
    int why = ENOMEM;
    for (int first = 0; good && first < h->n; first += workers) {
        int started = 0;
        while (good && started < workers && first + started < h->n) {
            struct signer *const next = &signer[started];
            *next = (struct signer){.h = h, .i = first + started, .worker = started, .of = workers};
            why = pthread_create(&next->thread, NULL, sign, next);
            good = why == 0;
            started += good;
        }
        for (int t = 0; t < started; t++)
            pthread_join(signer[t].thread, NULL);
    }
    if (!good)
        refuse("No further thread can be started: %s. Take fewer workers.", strerror(why));
    free(signer);
}
