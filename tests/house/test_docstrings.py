"""The examples in nnlib's docstrings print what they say."""

import doctest
import importlib
import pkgutil

import pytest

import nnlib

MODULES = [module.name for module in pkgutil.walk_packages(nnlib.__path__, "nnlib.")]


@pytest.mark.parametrize("name", ["nnlib", *MODULES])
def test_examples(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
