"""The journey counts its own steps."""

from havre.platform.ui.parts import Journey, Phase, Stop

LINE = Journey((Phase("One", (Stop("a", "done"), Stop("b", "here", "2 weeks"))), Phase("Two", (Stop("c", "skip"),))))


def test_the_step_is_counted_over_all_phases():
    assert (LINE.step, LINE.total, LINE.here.label) == (2, 3, "b")


def test_only_the_phase_of_the_person_is_here():
    assert [phase.is_here for phase in LINE.phases] == [True, False]


def test_a_line_without_a_place_starts_at_its_beginning():
    assert Journey((Phase("One", (Stop("a"),)),)).step == 1
