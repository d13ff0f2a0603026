"""Import Matplotlib without a word about its home.

Where the home cannot be written to Matplotlib takes a temporary folder, which is all right, and
says so on stderr when it is imported: in red, in a notebook's first cell.
"""

import logging

_log = logging.getLogger("matplotlib")
_level = _log.level
_log.setLevel(logging.ERROR)
import matplotlib  # noqa: E402

matplotlib.get_cachedir()
matplotlib.get_configdir()
_log.setLevel(_level)
