"""Work that is shared out among processes of this machine."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing import TimeoutError as NothingYet
from multiprocessing import active_children, get_context, resource_tracker
from multiprocessing.pool import IMapIterator
from multiprocessing.process import BaseProcess
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LOOK_AFTER_S = 1.0
"""How often the processes are looked after while none has a result."""


def shared_out(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Generator[Result, None, None]:
    """`work` of every item, in order. The processes end with the last result, with an error, or with Ctrl-C.

    Raises:
        RuntimeError: a process was ended from outside, for lack of memory most likely.
    """
    others = set(active_children())
    # Started later, it would let SIGINT through to whatever starts after it.
    resource_tracker.ensure_running()
    with ExitStack() as open_pool:
        with _for_this_process_alone(signal.SIGINT):
            pool = open_pool.enter_context(get_context("spawn").Pool(processes))
        workers = set(active_children()) - others
        results = pool.imap(work, items)
        for _ in items:
            yield _next(results, workers)


def _next(results: IMapIterator[Result], workers: set[BaseProcess]) -> Result:
    """The pool would wait for ever for what an ended process had in hand."""
    while True:
        try:
            return results.next(LOOK_AFTER_S)
        except NothingYet:
            if not all(worker.is_alive() for worker in workers):
                sentence = "A process ended before its work was done, probably for lack of memory: use fewer."
                raise RuntimeError(sentence) from None


@contextmanager
def _for_this_process_alone(number: signal.Signals) -> Iterator[None]:
    """Processes started inside never see the signal; here it waits until the block ends.

    Ctrl-C reaches every process of a terminal, and those that are still loading would each print a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
