"""All questions of the course, each read when it is first asked for."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path

from nnlib.exercises.predictions.question_file import read_questions
from nnlib.exercises.predictions.questions import Question


class Catalogue(Mapping[str, Question]):
    """The questions in a folder under their names, ``neurons-bias`` in ``neurons.toml``.

    A file is read when one of its questions is asked for, and again when it has been changed.

    Parameters
    ----------
    folder : Path
        Where a file for each chapter is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of_chapter(self, chapter: str) -> Mapping[str, Question]:
        """Return the questions of a chapter, such as "neurons"; none if there is no such file.

        Raises
        ------
        ValueError
            If the file is not as it should be.
        """
        file = self._folder / f"{chapter}.toml"
        return _read(file, file.stat().st_mtime_ns) if file.is_file() else {}

    def __getitem__(self, name: str) -> Question:
        return self.of_chapter(name.partition("-")[0])[name]

    def __iter__(self) -> Iterator[str]:
        chapters = sorted(file.stem for file in self._folder.glob("*.toml"))
        return chain.from_iterable(map(self.of_chapter, chapters))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache(maxsize=32)
def _read(file: Path, changed: int) -> Mapping[str, Question]:
    """Return the questions in a file as it was at the time ``changed``."""
    return read_questions(file)


QUESTIONS = Catalogue(Path(__file__).parents[1] / "chapters")
