"""What each bug of the bug lab shows, in words."""

# What each mistake would show; said when it is named for a bug that it is not.
SYMPTOMS = {
    "none": "all factors would be 1.00 and the two curves one",
    "slope": "the gradient would be wrong from epoch 1 on, by no common factor",
    "bias": "the gradient would be right, and the step of each b exactly 0",
    "clear": "the gradient would be right in epoch 1, and with a small η about twice the slope in "
    "epoch 2 and three times in epoch 3",
    "sign": "every factor would be −1.00 and the loss would rise from the start",
    "sum": "every factor would be one and the same large number, the number of rows",
    "steps": "the gradient would be right, and the step of each b a little too short",
}
REASONS = {
    "slope": "σ′ of a for z: wrong from the first epoch, and each number by a factor of its own",
    "bias": "the biases never move, though their gradient is right; no gradient check sees it",
    "clear": "the gradients are never cleared: right in epoch 1, then each adds to those before",
    "sign": "the sign is flipped: every step goes up the slope",
    "sum": "a sum for a mean: forty rows, forty times the gradient",
    "steps": "the biases take 0.8 of the weights' step; no gradient check sees it",
}
