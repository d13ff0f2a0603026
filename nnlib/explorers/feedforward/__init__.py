"""A network's forward pass, and the plane as its hidden layer sees it."""
