"""Networks and neurons, drawn."""
