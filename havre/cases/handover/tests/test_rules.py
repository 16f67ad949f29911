"""Files are dealt evenly, and those that belong together stay together."""

from havre.cases.handover.rules import dealt


def test_each_colleague_gets_about_as_many():
    given = dealt(list(range(10)), {}, 3)
    assert sorted(given.count(hand) for hand in range(3)) == [3, 3, 4]


def test_a_group_goes_to_one_colleague_and_the_others_make_up_for_it():
    given = dealt(list("abcdefgh"), dict.fromkeys("adfg", "one family"), 2)
    assert len({given["abcdefgh".index(each)] for each in "adfg"}) == 1
    assert given.count(0) == given.count(1) == 4


def test_one_colleague_gets_everything():
    assert dealt(["a", "b"], {"a": 1}, 1) == [0, 0]
