"""Print the optimised CPU paths that NumPy would take here, as NPY_DISABLE_CPU_FEATURES wants them.

NumPy accepts only the names of features that it was built to choose from at run time, so the list
has to come from the NumPy that is installed.
"""

import numpy as np

print(*np.show_config(mode="dicts")["SIMD Extensions"].get("found", []))
