"""Numbers, symbols and words in pictures, and where there is room for them."""
