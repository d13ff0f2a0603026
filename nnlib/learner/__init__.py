"""Who is there, and what is remembered of what a learner did."""
