"""A folder with a register, and what is typed in it."""

import pytest
from click.testing import CliRunner

from havre.site.cli import main
from havre.site.tests.register import BOOK, people


@pytest.fixture
def home(tmp_path):
    (tmp_path / "book.csv").write_text(BOOK)
    (tmp_path / "people.csv").write_text(people(1))
    return tmp_path


@pytest.fixture
def typed(home):
    """Types `havre research` with words, in which a name with a dot or `out` stands for a place in the folder."""

    def run(line, **more):
        words = [
            str(home / word) if ("." in word and "=" not in word) or word == "out" else word for word in line.split()
        ]
        return CliRunner().invoke(main, ["research", *words], **more)

    return run
