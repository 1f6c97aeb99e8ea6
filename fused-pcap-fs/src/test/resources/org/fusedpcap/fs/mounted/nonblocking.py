"""Reads a stream without blocking: nonblocking.py PATH read|poll|select|epoll

Says "EAGAIN AT n" when nothing is left of n bytes, waits by the given means, and begins again; "END AT n" at the end.
"""
import errno
import os
import select
import sys

LIMIT = 40


def wait(fd, means):
    if means == "poll":
        poll = select.poll()
        poll.register(fd, select.POLLIN)
        return poll.poll(LIMIT * 1000)
    if means == "epoll":
        epoll = select.epoll()
        epoll.register(fd, select.EPOLLIN)
        try:
            return epoll.poll(LIMIT)
        finally:
            epoll.close()
    if means == "select":
        return select.select([fd], [], [], LIMIT)[0]
    # Somebody else says when.
    return sys.stdin.readline()


def main(path, means):
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    position = 0
    while True:
        try:
            got = os.read(fd, 1 << 20)
        except OSError as failure:
            if failure.errno != errno.EAGAIN:
                raise
            print("EAGAIN AT", position, flush=True)
            if not wait(fd, means):
                print("NOT WOKEN", flush=True)
                return 1
            continue
        if not got:
            print("END AT", position, flush=True)
            return 0
        position += len(got)


sys.exit(main(*sys.argv[1:]))
