// SPDX-License-Identifier: MIT
//
// A critical section inside the loop: the threads go through it one by one, 600 times in all; in the
// right twin each adds up its own part and enters once.

int main(void) {
    int sum = 0;
#ifdef RIGHT
#pragma omp parallel num_threads(2)
    {
        int part = 0;
#pragma omp for schedule(static) nowait
        for (int i = 0; i < 600; i++)
            part += i;
#pragma omp critical
        sum += part;
    }
#else
#pragma omp parallel for num_threads(2) schedule(static)
    for (int i = 0; i < 600; i++) {
#pragma omp critical
        sum += i;
    }
#endif
    return sum != 600 * 599 / 2;
}
