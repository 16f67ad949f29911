"""Events, plans and agreements as whoever works with them does: write, be refused, see what is overdue."""

from __future__ import annotations

import pytest
from django.urls import reverse

from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale
from havre.prevention.events import actions, shown
from havre.prevention.events.models import Action, Came, Conclusion, Event, Note, Partnership, Plan, Renewal

from .conftest import days


def sent(client, name, *args, query="", **values):
    return client.post(reverse(f"events:{name}", args=args) + query, values)


def read(client, name, *args, query=""):
    answer = client.get(reverse(f"events:{name}", args=args) + query)
    return answer.status_code, answer.content.decode()


def test_from_an_event_to_who_came_and_what_was_concluded(chloe, personas):
    answer = sent(chloe, "new", title="Nuit au port · ميناء", begins=days(3), visibility="1", kind="workshop")
    with acting_as(personas.chloe):
        event = Event.objects.get()
        assert (event.ends, event.level) == (event.begins, "national")
    assert answer.status_code == 302
    people = {"people-female-adult": "7", "people-male-adult": "4"}
    assert sent(chloe, "came", event.pk, body="police", **people).status_code == 302
    assert sent(chloe, "conclusion", event.pk, text="One number, day and night.").status_code == 302
    _status, page = read(chloe, "one", event.pk)
    assert "ميناء" in page and "11 people" in page and "One number, day and night." in page
    sent(chloe, "came", event.pk, body="police")
    with acting_as(personas.chloe):
        assert not Came.objects.exists() and Conclusion.objects.get().number == 1


def test_an_event_that_ends_before_it_begins_loses_nothing_that_was_typed(chloe, personas):
    answer = sent(chloe, "new", title="Nuit au port", begins=days(3), ends=days(1), host="The port")
    page = answer.content.decode()
    assert answer.status_code == 422 and "cannot end before it begins" in page and "The port" in page
    with acting_as(personas.chloe):
        assert not Event.objects.exists()


def test_another_agency_reads_what_is_open_to_partners_and_writes_nothing(chloe, boris, told, personas, refusals):
    assert read(boris, "one", told.event.pk)[0] == read(boris, "action", told.action.pk)[0] == 200
    assert read(boris, "edit", told.event.pk)[0] == read(boris, "note", told.action.pk)[0] == 404
    for name, row, values in (
        ("edit", told.event, {"title": "Ours", "begins": days(1), "version": "1"}),
        ("note", told.action, {"status": "done"}),
        ("renew", told.agreement, {"signed_on": days(-1), "until": days(90)}),
    ):
        assert sent(boris, name, row.pk, **values).status_code in (403, 422)
    with acting_as(personas.boris), pytest.raises(Refused):
        actions.save_plan(told.plan, {"title": "Ours"}, by=personas.boris)
    with acting_as(personas.chloe):
        assert Event.objects.get().title == "Fair fees" and Action.objects.get().status == "not_started"


def test_what_its_agency_keeps_to_itself_is_not_found_by_another(boris, told, personas):
    with acting_as(personas.chloe):
        actions.save_plan(told.plan, {"visibility": 3}, by=personas.chloe)
    assert read(boris, "plan", told.plan.pk)[0] == read(boris, "action", told.action.pk)[0] == 404
    assert "Write it into the law" not in read(boris, "overdue")[1]


def test_a_note_ends_an_action_and_another_takes_it_up_again(chloe, told, personas):
    assert sent(chloe, "note", told.action.pk, status="not_started").status_code == 422
    assert sent(chloe, "note", told.action.pk, status="done", text="It is law.").status_code == 302
    with acting_as(personas.chloe):
        assert Action.objects.get().ended_on == days(0) and not shown.overdue(days(0))
        actions.note(told.action, status="delayed", text="The court struck it down.", by=personas.chloe)
        assert Action.objects.get().ended_on is None and Note.objects.count() == 2
    assert "It is law." in read(chloe, "action", told.action.pk)[1]


def test_of_two_who_change_one_action_the_later_is_told(told, personas):
    with acting_as(personas.chloe):
        actions.save_action(told.action, told.plan, {"what": "One"}, by=personas.chloe, version=1)
        with pytest.raises(Stale):
            actions.save_action(told.action, told.plan, {"what": "Two"}, by=personas.chloe, version=1)


def test_an_action_needs_somebody_who_answers_for_it(chloe, told):
    answer = sent(chloe, "new_action", told.plan.pk, what="Print it", due=days(9))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Somebody answers for it" in page and "Print it" in page


def test_what_is_overdue_stands_by_country_or_by_who_answers(chloe, told, personas):
    with acting_as(personas.chloe):
        land = actions.save_plan(None, {"title": "At the port", "country": "MA"}, by=personas.chloe)
        for due, status in ((-1, "delayed"), (0, "on_track"), (5, "not_started")):
            what = {"what": f"{status} {due}", "due": days(due), "responsible": "Legal unit", "status": status}
            actions.save_action(None, land, what, by=personas.chloe)
        found = shown.overdue(days(0))
        assert [(each.row.what, each.late) for each in found] == [("Write it into the law", 9), ("delayed -1", 1)]
        assert [name for name, _rows in shown.grouped(found, "country")] == ["Morocco", "Nigeria"]
        assert [(name, len(rows)) for name, rows in shown.grouped(found, "responsible")] == [("Legal unit", 2)]
    page = read(chloe, "overdue", query="?by=responsible")[1]
    assert "2 actions should be done by now" in page and "9 days late" in page
    assert "2 actions of the action plans are overdue." in chloe.get(reverse("prevention:hub")).content.decode()


def test_an_agreement_is_renewed_once_it_was_signed_and_never_backwards(chloe, told, personas):
    assert "Ends soon" in read(chloe, "agreement", told.agreement.pk)[1]
    answer = sent(chloe, "renew", told.agreement.pk, signed_on=days(-1), until=days(10))
    assert answer.status_code == 422 and "ends later than before" in answer.content.decode()
    assert sent(chloe, "renew", told.agreement.pk, signed_on=days(-1), until=days(400)).status_code == 302
    with acting_as(personas.chloe):
        renewal = Renewal.objects.get()
        assert (renewal.before, renewal.until, Partnership.objects.get().until) == (days(20), days(400), days(400))
        draft = actions.save_partnership(None, {"title": "To come", "partner": "A house"}, by=personas.chloe)
        with pytest.raises(Refused, match="that was signed"):
            actions.renew(draft, signed_on=days(-1), until=days(9), by=personas.chloe)


def test_a_plan_begun_from_an_event_carries_its_title(chloe, told, personas):
    _status, page = read(chloe, "new_plan", query=f"?event={told.event.pk}")
    assert 'value="Fair fees"' in page
    assert read(chloe, "new_plan", query="?event=not-a-number")[0] == 200
    with acting_as(personas.chloe):
        assert Plan.objects.get().event_id == told.event.pk
