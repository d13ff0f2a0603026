"""Any expression as a graph: read from text, laid out, run forward and backward node by node."""
