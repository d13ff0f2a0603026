"""Mini-batches: every row once an epoch, shuffled once an epoch."""

import numpy as np
import pytest

from nnlib.training.batches import MiniBatches


def epoch_of(batches, batch_size):
    rows = [batches.next(batch_size)]
    while not batches.epoch_is_complete:
        rows.append(batches.next(batch_size))
    return rows


@pytest.mark.parametrize(
    "batch_size, sizes", [(3, [3, 3, 3, 1]), (5, [5, 5]), (9, [9, 1]), (1, [1] * 10)]
)
def test_every_row_once_an_epoch(batch_size, sizes):
    batches = MiniBatches(10, seed=0)
    for _ in range(3):
        rows = epoch_of(batches, batch_size)
        assert [len(part) for part in rows] == sizes
        assert sorted(np.concatenate(rows)) == list(range(10))


@pytest.mark.parametrize("batch_size", [None, 10, 99])
def test_all_rows_at_once_keep_their_order_and_need_no_shuffle(batch_size):
    batches = MiniBatches(10, seed=0)
    before = batches.state()
    np.testing.assert_array_equal(np.arange(10)[batches.next(batch_size)], np.arange(10))
    assert batches.epoch_is_complete and batches.state() == before


def test_part_and_leaving_the_rest_out():
    batches = MiniBatches(10, seed=0)
    batches.next(4)
    assert batches.part == 0.4 and not batches.epoch_is_complete
    batches.start_epoch()
    assert batches.part == 0 and batches.epoch_is_complete


def test_restore_hands_out_the_same_rows():
    batches = MiniBatches(10, seed=0)
    batches.next(4)
    other = MiniBatches(10, seed=99)
    other.restore(batches.state())
    for _ in range(7):
        np.testing.assert_array_equal(other.next(4), batches.next(4))
