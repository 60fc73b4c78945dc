#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tasks of lab 03 in Python, with nothing but what comes with it. python.c starts it:

    tasks.py threads|processes PROGRAM WORKERS NUMBERS PAUSE INTERVAL <tasks >answers

A line of input is a task: the number it begins with, and what the world outside answers it. A line
of output is the answer of a task; the last one is their sum.
"""

import sys
import threading
import time


def primes(start, stop, count):
    """How many of the numbers start <= n < stop have no divisor but 1 and n, added to count."""
    for n in range(max(start, 2), stop):
        d = 2
        while d * d <= n and n % d != 0:
            d += 1
        if d * d > n:
            count += 1
    return count


def ask(reply, pause):
    """A call that blocks. Python gives its lock away for as long as it lasts."""
    time.sleep(pause)
    return reply


def answer(program, numbers, pause, start, reply):
    """What one task computes."""
    if program == "wait":
        return ask(reply, pause)
    count = 0 if program == "primes" else ask(reply, pause)
    return primes(start, start + numbers, count)


def with_threads(program, workers, numbers, pause, tasks):
    """Threads of one Python take the next task, in ascending order."""
    answers = [None] * len(tasks)
    numbered = iter(enumerate(tasks))
    lock = threading.Lock()

    def work():
        while True:
            with lock:
                task, (start, reply) = next(numbered, (None, (0, 0)))
            if task is None:
                return
            while program == "chain" and task > 0 and answers[task - 1] is None:
                pass  # until that answer is there: whoever computes it needs the lock for it
            answers[task] = answer(program, numbers, pause, start, reply)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def with_processes(program, workers, numbers, pause, tasks):
    """A pool of processes, each a Python of its own. Tasks and answers are sent."""
    import multiprocessing  # here, for it takes its time

    with multiprocessing.Pool(workers) as pool:
        return pool.starmap(answer, [(program, numbers, pause, *task) for task in tasks], chunksize=1)


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    kind, program = sys.argv[1:3]
    workers, numbers = int(sys.argv[3]), int(sys.argv[4])
    pause, interval = float(sys.argv[5]), float(sys.argv[6])
    tasks = [tuple(map(int, line.split())) for line in sys.stdin]
    sys.setswitchinterval(interval)
    run = with_threads if kind == "threads" else with_processes
    answers = run(program, workers, numbers, pause, tasks)
    print(*answers, sum(answers), sep="\n")


if __name__ == "__main__":
    main()
