"""What is timed is the same training: nnlib and PyTorch end at the same parameters."""

import pytest

pytest.importorskip("torch", reason="PyTorch is not installed (make bench has it)")

from libraries import PyTorchTraining, ScikitTraining, largest_difference
from workloads import WORKLOADS

every_workload = pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)


@every_workload
def test_same_parameters_and_losses(workload):
    assert largest_difference(workload) < 1e-10


@every_workload
def test_scikit_learn_takes_the_same_number_of_steps(workload):
    training = ScikitTraining(workload)
    training.run(2)
    n_samples = len(training.X)
    assert -(-n_samples // training.settings["batch_size"]) == workload.steps_per_epoch


@every_workload
def test_the_running_loss_changes_nothing_else(workload):
    one, other = PyTorchTraining(workload), PyTorchTraining(workload, evaluates=True)
    one.run(2)
    other.run(2)
    assert (one.parameters == other.parameters).all()
    assert len(one.losses) == len(other.losses) == 2
