"""Each chapter's questions, in a TOML file, and the checks of its exercises, in a module.

``neurons.toml`` and ``neurons.py`` belong to chapter 1; the modules that no chapter is named after
help one that is.
"""
