"""Copies a stream to the standard output without ever blocking in a read: polling.py poll|select|epoll PATH"""
import os
import select
import sys


def waiter(fd, means):
    if means == "select":
        return lambda: select.select([fd], [], [])
    poll = select.poll() if means == "poll" else select.epoll()
    poll.register(fd, select.POLLIN)
    return poll.poll


def main(means, path):
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    wait = waiter(fd, means)
    while True:
        try:
            got = os.read(fd, 50_000)
        except BlockingIOError:
            wait()
            continue
        if not got:
            return 0
        while got:
            got = got[os.write(1, got):]


sys.exit(main(*sys.argv[1:]))
