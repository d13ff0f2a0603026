"""Start the hub for a class: ``python -m nnlib.classroom.hub``."""

from nnlib.classroom.hub.start import main

if __name__ == "__main__":
    main()
