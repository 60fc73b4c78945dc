#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tasks of lab 03 in Python, with nothing but what comes with it. python.c starts it:

    tasks.py threads|processes PROGRAM WORKERS NUMBERS PAUSE INTERVAL ORIGIN <tasks >answers

ORIGIN is the world outside, http://HOST:PORT or unix:PATH; empty: nobody is asked, and the time
passes. A line of input is a task: the number it begins with, the object that it asks the world outside
for, and what that answers. A line of output is the answer of a task; the last one is their sum.
"""

import http.client
import socket
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


class Line(threading.local):
    """A connection to the origin, kept open: one for each thread, and each process."""

    connection = None

    def get(self, where, path):
        """The body of the origin's answer."""
        if self.connection is None:
            self.connection = connect(where)
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise OSError(f"its answer was {answer.status}")
        return body


line = Line()


def connect(where):
    kind, _, place = where.partition(":")
    if kind != "unix":
        return http.client.HTTPConnection(place.lstrip("/"))
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(place)
    return connection


def ask(outside):
    """A call that blocks. Python gives its lock away for as long as it lasts."""
    where, pause, wanted, reply = outside
    if not where:
        time.sleep(pause)
        return reply
    return int.from_bytes(line.get(where, f"/object/{wanted}")[:8], "little") % 1000 + 1


def answer(program, numbers, start, outside):
    """What one task computes."""
    if program == "wait":
        return ask(outside)
    count = 0 if program == "primes" else ask(outside)
    return primes(start, start + numbers, count)


def with_threads(program, workers, numbers, tasks):
    """Threads of one Python take the next task, in ascending order."""
    answers = [None] * len(tasks)
    numbered = iter(enumerate(tasks))
    lock = threading.Lock()
    failed = []

    def work():
        while True:
            with lock:
                task, (start, outside) = next(numbered, (None, (0, None)))
            if task is None:
                return
            while program == "chain" and task > 0 and answers[task - 1] is None and not failed:
                pass  # until that answer is there: whoever computes it needs the lock for it
            try:
                answers[task] = answer(program, numbers, start, outside)
            except (OSError, http.client.HTTPException) as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return answers


def with_processes(program, workers, numbers, tasks):
    """A pool of processes, each a Python of its own. Tasks and answers are sent."""
    import multiprocessing  # here, for it takes its time

    with multiprocessing.Pool(workers) as pool:
        return pool.starmap(answer, [(program, numbers, *task) for task in tasks], chunksize=1)


def main():
    if len(sys.argv) != 8:
        sys.exit(__doc__)
    kind, program = sys.argv[1:3]
    workers, numbers = int(sys.argv[3]), int(sys.argv[4])
    pause, interval = float(sys.argv[5]), float(sys.argv[6])
    tasks = []
    for text in sys.stdin:
        start, wanted, reply = map(int, text.split())
        tasks.append((start, (sys.argv[7], pause, wanted, reply)))
    sys.setswitchinterval(interval)
    run = with_threads if kind == "threads" else with_processes
    try:
        answers = run(program, workers, numbers, tasks)
    except (OSError, http.client.HTTPException) as error:
        sys.exit(f"tasks.py: The origin at {sys.argv[7]} did not answer: {error}.")
    print(*answers, sum(answers), sep="\n")


if __name__ == "__main__":
    main()
