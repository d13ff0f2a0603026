"""What can be chosen of a training run: the parameters of `TrainingExplorer` and their controls."""

from collections.abc import Mapping

from nnlib import INITIALIZERS
from nnlib.explorers.controls.parameters import Choice, Limited, Positive, Switch, Whole
from nnlib.explorers.playing.learning_explorer import choose_speed
from nnlib.explorers.runs.data import features_for
from nnlib.explorers.runs.own_table import table_of
from nnlib.explorers.runs.points import OWN
from nnlib.explorers.runs.settings import (
    CLOUDS,
    CURVES,
    GATES,
    LOSSES,
    OPTIMIZERS,
    TABLE,
    WITH_MOMENTUM,
    Hidden,
    RunSettings,
)
from nnlib.explorers.shared.activation_choice import ActivationChoice
from nnlib.explorers.shared.point_editor import OwnPointsExplorer
from nnlib.explorers.shared.run_controls import BATCHES, WAITS_FOR_HIDDEN, WAITS_FOR_MOMENTUM
from nnlib.explorers.training.model import PANELS
from nnlib.explorers.training.parameter_kinds import (
    NOTHING,
    TABLE_EXAMPLE,
    ChosenWeight,
    ExperimentChoice,
    Features,
    Followed,
    Table,
)

MOST_UNITS = 8


class TrainingParameters(OwnPointsExplorer):
    """The parameters of a training run, and the settings that they make."""

    experiment = ExperimentChoice()
    data = Choice(
        "circles",
        options=[
            *((name, name) for name in (*CLOUDS, *GATES, *CURVES)),
            ("my points", OWN),
            ("my table", TABLE),
        ],
        label="data",
    )
    hidden1 = Whole(4, low=0, high=MOST_UNITS, label="layer 1 neurons")
    hidden2 = Whole(0, low=0, high=MOST_UNITS, label="layer 2 neurons")
    hidden3 = Whole(0, low=0, high=MOST_UNITS, label="layer 3 neurons")
    learning_rate = Positive(0.1, low=0.001, high=10.0, label="η learning rate")

    noise = Limited(0.1, low=0.0, high=0.5, most=2.0, step=0.05, label="noise")
    test_share = Limited(0.5, low=0.0, high=0.95, most=0.95, step=0.05, label="kept for tests")
    data_seed = Whole(0, low=0, high=99, label="data number")
    csv = Table(TABLE_EXAMPLE, label="my table")

    features = Features(("x1", "x2"), label="inputs")
    activation = ActivationChoice("tanh", label="f of layer 1", for_training=True)
    activation2 = ActivationChoice("tanh", label="f of layer 2", for_training=True)
    activation3 = ActivationChoice("tanh", label="f of layer 3", for_training=True)
    initializer = Choice("xavier", options=tuple(INITIALIZERS), label="start weights")
    seed = Whole(1, low=0, high=99, label="start number")

    loss = Choice(
        LOSSES[0], options=[(name.replace("_", " "), name) for name in LOSSES], label="loss"
    )
    optimizer = Choice("sgd", options=OPTIMIZERS, label="optimiser")
    momentum = Limited(0.9, low=0.0, high=0.99, most=0.999, step=0.01, label="μ momentum")
    batch_size = Choice(10, options=BATCHES, label="batch size")
    l1 = Limited(0.0, low=0.0, high=0.1, most=10.0, step=0.001, label="L1 penalty")
    l2 = Limited(0.0, low=0.0, high=0.1, most=10.0, step=0.001, label="L2 penalty")
    dropout = Limited(0.0, low=0.0, high=0.9, most=0.99, step=0.05, label="dropout")
    speed = choose_speed()

    panel = Choice(
        "loss",
        options=[("loss", "loss"), *((f"size of {panel}", panel) for panel in PANELS[1:])],
        label="curves",
    )
    logarithmic = Switch(False, label="logarithmic")
    test_shown = Switch(False, label="show test rows")
    classes_only = Switch(False, label="two colours only")
    selected = ChosenWeight()
    value = Followed(0.0, low=-5, high=5, step=0.1, label="its value")

    form = (*OwnPointsExplorer.form, "csv")

    @property
    def open_form(self) -> tuple[str, ...]:
        """The form for points, or the box for a table."""
        return OwnPointsExplorer.form if self.data == OWN else ("csv",) * (self.data == TABLE)

    @property
    def form_words(self) -> str:
        """What else does the same as the form for points, or what was read of the table."""
        if self.data != TABLE:
            return super().form_words
        table = table_of(self.csv)
        return " ".join(("Now:", table.words, *table.remarks))

    @property
    def idle(self) -> Mapping[str, str]:
        """What does not count with the present data, network and optimiser."""
        layers = {
            f"activation{layer if layer > 1 else ''}": f"waits for neurons in layer {layer}"
            for layer in (1, 2, 3)
            if not getattr(self, f"hidden{layer}")
        }
        idle = (
            layers
            if self.optimizer in WITH_MOMENTUM
            else {"momentum": WAITS_FOR_MOMENTUM, **layers}
        )
        if self.data in (OWN, *GATES):
            same = f"has no effect on {'my points' if self.data == OWN else 'a truth table'}"
            without = ("noise", "test_share", "data_seed", "new_data", "test_shown")
            idle |= dict.fromkeys(without, same)
        if self.data == TABLE:
            idle["noise"] = "has no effect on my table"
        if self.is_curve:
            idle["loss"] = "for a curve it is the mean squared error"
        if not self.hidden:
            idle["dropout"] = WAITS_FOR_HIDDEN
        if self.selected == NOTHING:
            idle["value"] = "waits for a weight or bias to be chosen"
        return {**idle, **super().idle}

    @property
    def hidden(self) -> Hidden:
        """Units and activation of each hidden layer; one of 0 units is left out."""
        units = (self.hidden1, self.hidden2, self.hidden3)
        activations = (self.activation, self.activation2, self.activation3)
        return tuple((n, f) for n, f in zip(units, activations, strict=True) if n)

    @property
    def settings(self) -> RunSettings:
        """The settings of the run."""
        names = RunSettings.__dataclass_fields__
        return RunSettings(**{name: getattr(self, name) for name in names})

    @property
    def is_curve(self) -> bool:
        """Whether there is one input and a number to answer."""
        return self.data in CURVES or (self.data == TABLE and table_of(self.csv).X.shape[1] == 1)

    @property
    def features_used(self) -> tuple[str, ...]:
        """The inputs of the network: a curve has no x₂."""
        return features_for(self.features, self.is_curve)

    @property
    def sizes(self) -> list[int]:
        """The network's sizes, such as [2, 4, 1]."""
        return [len(self.features_used), *(units for units, _ in self.hidden), 1]
