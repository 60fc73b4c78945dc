// SPDX-License-Identifier: MIT
//
// test.c: the self-test of a race lane. With "racy" its sum is added to by all threads at once;
// with "clean" nothing is wrong, in each of the ways in which OpenMP orders threads. A lane that
// does not find the one, or finds something in the other, is not believed.

#include <omp.h>
#include <stdio.h>
#include <string.h>

enum { N = 400 };

static int racy(void) {
    int sum = 0;
#pragma omp parallel for num_threads(4)
    for (int i = 0; i < N; i++)
        sum += i;
    return sum;
}

static int clean(void) {
    static int a[N], b[N];
    int sum = 0, best = 0, once = 0, made = 0;
    omp_lock_t lock;
    omp_init_lock(&lock);
#pragma omp parallel num_threads(4)
    {
#pragma omp for
        for (int i = 0; i < N; i++)
            a[i] = i;
#pragma omp for schedule(dynamic, 16) reduction(+ : sum)
        for (int i = 0; i < N; i++) {
            b[i] = a[N - 1 - i];
            sum += b[i];
        }
#pragma omp critical
        best = best > sum ? best : sum;
        omp_set_lock(&lock);
        once++;
        omp_unset_lock(&lock);
#pragma omp barrier
#pragma omp single
        {
#pragma omp task shared(made)
            made = once;
#pragma omp taskwait
            made++;
        }
#pragma omp atomic
        sum += made;
    }
    omp_destroy_lock(&lock);
    return sum + best;
}

int main(int argc, char **argv) {
    const int is_racy = argc > 1 && strcmp(argv[1], "racy") == 0;
    printf("%d\n", is_racy ? racy() : clean());
    return 0;
}
