"""Which X-features carry a score: worked cases, and the definition by trying all subsets."""

from itertools import combinations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.significance import positive_shares, significant


@pytest.mark.parametrize(
    ("terms", "marked"),
    [
        ((5, 3, 1.5, 0.5, -4), {0, 1, 2}),
        ((6, 3, 1), {0, 1}),
        ((1, 1, 1, 1, 1), {0, 1, 2, 3, 4}),
        ((2, 2, 0, 0, 0), {0, 1}),
        ((-1, -2, 0, 0, 0), set()),
        ((7, 0, -7, 0, 0), {0}),
    ],
)
def test_the_worked_cases_of_the_definition(terms: tuple[float, ...], marked: set[int]) -> None:
    marks = significant(torch.tensor(terms))
    assert set(marks.nonzero().flatten().tolist()) == marked


def test_exactly_the_share_is_enough_although_floats_round() -> None:
    # In binary fractions 0.1 + 0.09 + 0.08 comes out below 0.9 times the sum of all four.
    for terms in ((0.1, 0.09, 0.08, 0.03), (0.09, 0.09, 0.09, 0.03), (0.9, 0.1)):
        marks = significant(torch.tensor(terms, dtype=torch.float64))
        assert marks.tolist() == [True] * (len(terms) - 1) + [False]


def test_among_equal_terms_the_lower_index_is_taken_first() -> None:
    assert significant(torch.tensor([1.0, 8.0, 1.0])).tolist() == [True, True, False]
    # So many that an ordinary sort would not keep their order.
    many = significant(torch.tensor([1.0, 2.0] * 40), share=0.5)
    assert many.nonzero().flatten().tolist() == list(range(1, 60, 2))


@given(st.lists(st.integers(-6, 9), min_size=1, max_size=6), st.sampled_from([0.5, 0.75, 0.9, 1.0]))
def test_no_smaller_set_of_terms_holds_the_share(terms: list[int], share: float) -> None:
    marks = significant(torch.tensor(terms), share=share)
    total = sum(max(term, 0) for term in terms)
    chosen = [term for term, mark in zip(terms, marks.tolist(), strict=True) if mark]
    assert all(term > 0 for term in chosen)
    assert sum(chosen) >= share * total - 1e-9
    if total:
        smaller = combinations([term for term in terms if term > 0], len(chosen) - 1)
        assert all(sum(other) < share * total for other in smaller)


def test_rows_of_any_number_of_dimensions_are_treated_alone() -> None:
    terms = torch.tensor([[[6.0, 3.0, 1.0]], [[1.0, 1.0, 1.0]]])
    assert torch.equal(significant(terms), torch.stack([significant(terms[0]), significant(terms[1])]))


def test_shares_are_of_the_positive_score_and_zero_without_one() -> None:
    shares = positive_shares(torch.tensor([[3.0, 1.0, -9.0], [-1.0, 0.0, -2.0]]))
    assert shares.tolist() == [[0.75, 0.25, 0.0], [0.0, 0.0, 0.0]]


@pytest.mark.parametrize("share", [0.0, -0.1, 1.01])
def test_a_share_outside_its_range_is_refused(share: float) -> None:
    with pytest.raises(Refusal, match="share"):
        significant(torch.ones(3), share=share)
