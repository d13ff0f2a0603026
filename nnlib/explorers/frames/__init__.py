"""From a figure to the bytes of a frame: only what has moved is drawn again. No widgets here."""
