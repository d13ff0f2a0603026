"""The controls of a training run that several explorers have: their choices."""

BATCHES = [*((str(n), n) for n in (1, 2, 5, 10, 20, 32, 50, 100)), ("all rows", None)]
WAITS_FOR_MOMENTUM = "has an effect with the optimiser momentum or nesterov"
WAITS_FOR_HIDDEN = "waits for hidden neurons"
