"""How an answer is checked: an exercise runs a learner's function and tells what is wrong."""
