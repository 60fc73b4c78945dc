// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// Tasks that sort the halves of an array. Their stacks are used again by other threads.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number[3000], copy[3000];

static void sort(int *from, int *room, int n) {
    int i = 0, j = n / 2, k = 0;
    if (n < 50) {
        for (; i < n; i++)
            for (int m = i; m > 0 && from[m - 1] > from[m]; m--) {
                const int number = from[m];
                from[m] = from[m - 1];
                from[m - 1] = number;
            }
        return;
    }
#pragma omp task
    sort(from, room, n / 2);
#pragma omp task
    sort(from + n / 2, room + n / 2, n - n / 2);
#pragma omp taskwait
    while (i < n / 2 && j < n)
        room[k++] = from[i] < from[j] ? from[i++] : from[j++];
    while (i < n / 2)
        room[k++] = from[i++];
    while (j < n)
        room[k++] = from[j++];
    memcpy(from, room, (size_t)n * sizeof *from);
}

int main(void) {
    for (int i = 0; i < 3000; i++)
        number[i] = (i * 7919) % 3001;
#pragma omp parallel
#pragma omp single
    sort(number, copy, 3000);
    printf("%d %d\n", number[0], number[2999]);
    return 0;
}
