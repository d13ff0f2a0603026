"""The course for its readers: learner, teacher, printed, as slides, graded; from one source."""
