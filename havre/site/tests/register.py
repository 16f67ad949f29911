"""A small invented register with its codebook, as the tests of `havre research` have it."""

import numpy as np

BOOK = (
    "column,value,parent\nland,NA,Africa\nland,ZA,Africa\nland,FR,Europe\nsex,f,\nsex,m,\nform,labour,\nform,sexual,\n"
)


def people(seed, many=300):
    """The text of a register with two rare people in it."""
    random = np.random.default_rng(seed)
    rows = zip(
        *(random.choice(each, many) for each in (["NA", "FR", ""], ["f", "m", ""], ["labour", "sexual"])), strict=True
    )
    return "land,sex,form\n" + "".join(",".join(row) + "\n" for row in rows) + "ZA,f,sexual\nZA,m,labour\n"


def left(home):
    """What stands in the folder beside what was given."""
    return {each.name for each in home.iterdir()} - {"book.csv", "people.csv"}
