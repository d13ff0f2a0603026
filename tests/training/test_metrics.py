"""Accuracy, and when there is one."""

import numpy as np
import pytest

from nnlib import LOSSES
from nnlib.training.metrics import accuracy, is_classification


def test_one_column_is_class_1_from_a_half_on():
    a = np.array([[0.5], [0.49], [0.9], [0.1]])
    assert accuracy(a, np.array([[1], [0], [0], [0]])) == 0.75


def test_one_hot_takes_the_largest():
    a = np.array([[0.3, 0.4, 0.3], [0.1, 0.2, 0.7]])
    assert accuracy(a, np.eye(3)[[1, 0]]) == 0.5


def test_several_labels_at_once_must_all_be_right():
    a = np.array([[0.9, 0.8], [0.9, 0.2], [0.1, 0.2]])
    assert accuracy(a, np.array([[1, 1], [1, 1], [0, 0]])) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "y, loss, expected",
    [
        ([[0.0], [1.0]], "mean_squared_error", True),
        ([[0.0], [0.5]], "mean_squared_error", False),
        ([[0.0], [0.5]], "binary_cross_entropy", True),
        ([[0.2, 0.8]], "cross_entropy", True),
    ],
)
def test_classification_or_regression(y, loss, expected):
    assert is_classification(np.array(y), LOSSES[loss]) is expected
