"""What the badge of a row says of its last check."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template import engines
from django.utils import timezone

from havre.directory.models import Contact

TODAY = timezone.localdate


@pytest.mark.parametrize(
    "checked, due, said",
    [
        (None, None, "never checked"),
        (None, 90, "never checked"),
        (0, None, "circle-check"),
        (-179, None, "circle-check"),
        (-181, None, "to check again"),
        (-10, -1, "to check again"),
    ],
)
def test_a_badge_says_whether_to_rely_on_a_row(checked, due, said):
    day = [None if each is None else TODAY() + timedelta(days=each) for each in (checked, due)]
    row = Contact(verified_on=day[0], next_check_due=day[1])
    page = engines["django"].from_string("{% load directory_checking %}{% checked_badge row %}")
    assert said in page.render({"row": row})
