"""The words in which a class's service and its kernels speak of votes and of what is shown."""

OPEN = "open"  # answers are taken, and nobody sees how they are spread
SHOWN = "shown"  # none is taken any more, and all see how they are spread
AGAIN = "again"  # they are taken a second time
REVEALED = "revealed"  # what is so is open for everybody

TOGETHER = "together"  # answers open when the teacher opens them
ALONE = "alone"  # they open when a learner commits, but for questions that were put to the vote

TYPED = "from nnlib.explorers import shown\nshown()"  # opens the explorer that is shown
