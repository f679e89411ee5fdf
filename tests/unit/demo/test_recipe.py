"""How the masks teach the cells: by hand, on grids of five by five."""

from __future__ import annotations

import math

import pytest
import torch
from demo.recipe import Lesson, Recipe, cell_loss

from glossator_worker.networks.tile_grid import TileGrid

RECIPE = Recipe(cell_weight=3.0, dice=0.3)


def marked_in_the_middle() -> torch.Tensor:
    marked = torch.zeros(1, 5, 5)
    marked[0, 2, 2] = 1
    return marked


def test_the_loss_of_undecided_cells_is_that_computed_by_hand() -> None:
    # 25 cells at probability 1/2: the middle weighs 3, the eight around it are not asked, sixteen weigh 1.
    cross_entropy = (3 + 16) * math.log(2) / 25
    overlap, area = 0.5, (1 + 16) * 0.5 + 1
    dice = 1 - (2 * overlap + 1) / (area + 1)
    found = cell_loss(torch.zeros(1, 5, 5), marked_in_the_middle(), RECIPE)
    assert found.tolist() == pytest.approx([cross_entropy + 0.3 * dice], abs=1e-6)


def test_the_cells_around_a_defect_are_not_asked() -> None:
    cells = torch.zeros(1, 5, 5, requires_grad=True)
    cell_loss(cells, marked_in_the_middle(), RECIPE).sum().backward()
    assert cells.grad is not None
    around = cells.grad[0, 1:4, 1:4].clone()
    around[1, 1] = 0
    assert (around == 0).all()
    assert cells.grad[0, 2, 2] < 0  # the defect is to be found
    assert (cells.grad[0, 0] > 0).all()  # and nothing far from it


def test_a_cells_score_grows_with_every_defect_feature_and_with_no_other() -> None:
    torch.manual_seed(0)
    lesson = Lesson(TileGrid(), 48)
    local = torch.rand(1, 64, 4, 4, requires_grad=True)
    lesson.cells(local).sum().backward()
    assert local.grad is not None
    assert (local.grad[:, :48] > 0).all()
    assert (local.grad[:, 48:] == 0).all()
