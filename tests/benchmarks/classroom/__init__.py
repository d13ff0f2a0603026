"""How quickly a class is answered: simulated learners on the hub that ``make class`` starts."""
