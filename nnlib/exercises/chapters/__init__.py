"""The questions and the exercises of each chapter."""
