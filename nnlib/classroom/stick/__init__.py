"""The course on a stick: all that thirty laptops need where there is no network."""
