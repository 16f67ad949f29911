"""People are asked, summed and shown by sex and age."""

import pytest
from django.http import QueryDict
from django.template import Context, Template

from havre.platform.ui.forms import Form
from havre.prevention.counting import sums
from havre.prevention.counting.forms import FIGURES, CountsField

MORNING, EVENING = {"female.child": 12, "male.child": 9}, {"female.child": 3, "female.adult": 20, "unknown.unknown": 4}


class Asked(Form):
    people = CountsField()


def sent(text: str) -> Asked:
    return Asked(QueryDict(text))


def test_sums_are_of_people_by_sex_and_by_age() -> None:
    whole = sums.added([MORNING, EVENING, {}])
    assert whole == {"female.child": 15, "male.child": 9, "female.adult": 20, "unknown.unknown": 4}
    assert sums.total(whole) == 48
    assert sums.by_sex(whole) == {"female": 35, "male": 9, "unknown": 4}
    assert sums.by_age(whole) == {"child": 24, "adult": 20, "unknown": 4}


def test_what_is_typed_is_counted_and_empty_cells_are_left_out() -> None:
    form = sent("people-female-child=12&people-male-adult=1 200&people-other-adult=0&people-male-child=")
    assert form.is_valid() and form.cleaned_data["people"] == {"female.child": 12, "male.adult": 1200}


@pytest.mark.parametrize("typed", ["a dozen", "-3", "2.5", "99999999999999"])
def test_what_is_no_number_is_refused_in_one_sentence_and_stays_in_its_box(typed: str) -> None:
    form = sent(f"people-female-child={typed}&people-male-adult=7")
    assert form.errors["people"] == [FIGURES]
    assert f'value="{typed}"' in str(form["people"]) and 'value="7"' in str(form["people"])


def test_the_table_shows_only_rows_and_columns_where_somebody_was() -> None:
    shown = Template("{% load counting %}{% counts it %}").render(Context({"it": MORNING}))
    assert "Women and girls" in shown and "21" in shown and "Another gender" not in shown and "Adult" not in shown


def test_two_versions_are_told_apart_in_words() -> None:
    assert str(CountsField().prepare_value(MORNING)) == "12 Women and girls, Child; 9 Men and boys, Child"
