"""The eleven indicators of forced labour: a list and its number, filled in from the methods of control."""

from havre.cases.assessment import lists
from havre.cases.assessment.rules import ilo

ORDER = [str(number) for number in range(1, 12)]


def test_there_are_eleven() -> None:
    assert list(lists.control_columns()) == ORDER


def test_methods_of_control_fill_in_the_list() -> None:
    given = ["DebtBondage", "RestrictsMovement", "SexualAbuse", "Other"]
    assert ilo.from_control(lists.control_columns(), given) == ["3", "4", "5", "9"]


def test_nothing_is_filled_in_from_nothing() -> None:
    assert ilo.from_control(lists.control_columns(), []) == []


def test_every_method_of_the_column_is_a_code_of_the_standard() -> None:
    named = {code for cell in lists.control_columns().values() for code in cell.split(";") if code}
    assert named <= set(lists.load("vic_MethodsOfControl"))


def test_what_a_worker_says_goes_before_what_was_filled_in() -> None:
    assert ilo.flagged(["3", "9"], {"3": "no", "1": "yes", "9": "", "5": "unknown"}, ORDER) == ["1", "9"]
