"""How many threads torch uses: more than the work can feed only wait for each other."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

FEW = 4096  # numbers handed on per image below which one thread is fastest


@contextmanager
def threads_for(width: int) -> Iterator[None]:
    """One thread while work of this width (numbers per image) runs that is too small to be shared."""
    before = torch.get_num_threads()
    torch.set_num_threads(1 if width < FEW else before)
    try:
        yield
    finally:
        torch.set_num_threads(before)
