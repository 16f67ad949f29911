"""An action from what a conference concluded to the list of what is overdue, and to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from havre.platform.accounts.claims import acting_as
from havre.prevention.events.models import Conclusion, Event, Plan

from .conftest import Walker, at_both_widths

pytestmark = pytest.mark.browser
SAVE = ".hv-savebar .hv-btn--go"
TITLE = "Fair recruitment · التوظيف العادل"


def day(number: int) -> str:
    return (localdate() + timedelta(days=number)).isoformat()


def written(walker: Walker, path: str, values: dict[str, str], *ticks: str) -> None:
    """A form, filled in and saved."""
    walker.page.goto(path)
    for name, value in values.items():
        walker.fill(walker.page.locator(f"[name='{name}']"), value)
    for box in ticks:
        walker.page.locator(box).check()
    walker.check()
    here = walker.page.url
    walker.click(walker.page.locator(SAVE))
    walker.page.wait_for_url(lambda address: address != here)


def only(register, model):
    with acting_as(register.chloe):
        return model.objects.get()


@pytest.mark.parametrize("language, width", [pytest.param("en", 1280, marks=pytest.mark.long), ("fr", 390)])
def test_an_action_from_a_conference_to_overdue(walk, register, language, width):
    walker = walk("chloe", language=language, width=width)
    when = {"title": TITLE, "begins": day(-40), "ends": day(-38), "place": "Abuja"}
    written(walker, "/prevention/events/new/", when, "[name=kind][value=conference]")
    event = only(register, Event)
    here = f"/prevention/events/{event.pk}/"
    written(walker, f"{here}conclusion/", {"text": "Nobody pays a recruiter."})
    written(walker, f"/prevention/plans/new/?event={event.pk}", {})
    plan, concluded = only(register, Plan), only(register, Conclusion)
    what = {"what": "Write the ban into the law", "responsible": "Legal unit", "due": day(-9)}
    written(walker, f"/prevention/plans/{plan.pk}/action/?conclusion={concluded.pk}", what)
    walker.page.goto(here)
    at_both_widths(walker)
    walker.page.goto("/prevention/")
    walker.click(walker.page.locator("main .hv-notice a"))
    expect(walker.page.locator(".hv-late")).to_contain_text("9")
    at_both_widths(walker)
    walker.click(walker.page.locator("main tbody th a"))
    at_both_widths(walker)
    walker.click(walker.page.locator(".hv-head__end .hv-btn--go"))
    written(walker, walker.page.url, {"text": "It is law."}, "[name=status][value=done]")
    walker.page.goto("/prevention/actions/overdue/")
    expect(walker.page.locator("main .hv-late")).to_have_count(0)
    for path in ("/prevention/calendar/", "/prevention/agreements/new/")[:: 1 if language == "en" else 2]:
        walker.page.goto(path)
        at_both_widths(walker)
    assert walker.faults == []
