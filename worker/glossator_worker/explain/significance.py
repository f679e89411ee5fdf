"""Which X-features carry a score: the smallest set of positive terms that holds a share of the positive
score.

Source: "Interactive Naming for Explaining Deep Neural Networks", sections 3.3 and 3.5.
"""

import torch
from torch import Tensor

from glossator_worker.explain.refusal import Refusal

_ROUNDING = 1e-12


def significant(contributions: Tensor, *, share: float = 0.9) -> Tensor:
    """Mark the significant terms of each row.

    Args:
        contributions: (..., n), the terms w·x of a linear score without its bias.
        share: part of the positive score, in (0, 1], that the marked terms must hold.

    Returns:
        bool (..., n): the largest positive terms, equal ones by lower index, until their sum reaches
        ``share`` of the positive score. All False in a row without a positive term; a term of zero is never
        marked.

    Raises:
        Refusal: ``share`` lies outside (0, 1], or ``contributions`` has no dimension.
    """
    if not 0 < share <= 1:
        raise Refusal(f"the share of the positive score must lie above 0 and be at most 1, not {share}")
    if contributions.dim() == 0:
        raise Refusal("contributions need at least one dimension, the X-features")
    terms = contributions.to(torch.float64).clamp_min(0)
    ordered, order = terms.sort(dim=-1, descending=True, stable=True)
    running = ordered.cumsum(-1)
    before = torch.cat([torch.zeros_like(running[..., :1]), running[..., :-1]], dim=-1)
    taken = (before < share * running[..., -1:] * (1 - _ROUNDING)) & (ordered > 0)
    return torch.zeros_like(taken).scatter(-1, order, taken)


def positive_shares(contributions: Tensor) -> Tensor:
    """Give each term's part of the positive score, float64 (..., n): 0 for terms that are not positive."""
    terms = contributions.to(torch.float64).clamp_min(0)
    total = terms.sum(-1, keepdim=True)
    return torch.where(total > 0, terms / total, 0.0)
