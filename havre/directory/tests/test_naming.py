"""A name in another script stands beside one that a reader of Latin letters can say."""

from __future__ import annotations

import pytest

from havre.directory.models import Organisation
from havre.directory.naming import first_name, in_a_row, second_name
from havre.directory.templatetags.naming import called


@pytest.mark.parametrize(
    ("name", "other", "first", "second"),
    [
        ("دار المينا", "Dar Al-Mina", "Dar Al-Mina", "دار المينا"),
        ("บ้านร่มเย็น", "Baan Rom Yen", "Baan Rom Yen", "บ้านร่มเย็น"),
        ("Дім «Лелека»", "", "Дім «Лелека»", ""),  # nothing else to say
        ("晨光女子之家", "曙光", "晨光女子之家", "曙光"),
        ("Nhà Hoa Sen", "Lotus House", "Nhà Hoa Sen", "Lotus House"),
        ("Strehëza «Ulliri» № 2", "Shelter", "Strehëza «Ulliri» № 2", "Shelter"),
        ("İhlamur Derneği", "", "İhlamur Derneği", ""),
    ],
)
def test_the_name_one_can_say_comes_first(name, other, first, second):
    card = Organisation(name=name, alternate_name=other)
    assert (first_name(card), second_name(card)) == (first, second)


def test_neither_name_is_read_as_html():
    said = called(Organisation(name="<b>دار</b>", alternate_name="<i>Dar"))
    assert said == '<bdi>&lt;i&gt;Dar</bdi> <span class="hv-other"><bdi>&lt;b&gt;دار&lt;/b&gt;</bdi></span>'


def test_words_of_a_list_stand_in_a_row_as_in_a_sentence():
    assert in_a_row(["Women", "Girls", "", "HIV tests", "Été"]) == "Women, girls, HIV tests, été"
    assert in_a_row([]) == ""
