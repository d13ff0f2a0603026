"""What is no Python is installed too: questions, scripts, styles, data."""

import tomllib


def test_every_file_of_nnlib_goes_with_the_package(checkout):
    """As setuptools does, each pattern is taken from the package's own folder."""
    with open(checkout / "pyproject.toml", "rb") as settings:
        tools = tomllib.load(settings)["tool"]
    patterns = tools["setuptools"]["package-data"]["nnlib"]
    package = checkout / "nnlib"
    packed = {path for pattern in patterns for path in package.glob(pattern)}
    there = {path for path in package.rglob("*.*") if path.suffix not in (".py", ".pyc")}
    assert {path for path in there if path.is_file()} - packed == set()
    assert package / "exercises/chapters/neurons.toml" in packed
