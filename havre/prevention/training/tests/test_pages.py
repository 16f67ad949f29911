"""The pages: those who keep a session write on them, others read counts, and another agency nobody."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from havre.prevention.training.models import Course, Session, Trainee


def test_a_course_is_written_and_bad_input_loses_nothing(sign_in, personas, chloe):
    page = sign_in("chloe")
    wrong = page.post("/training/new/", {"title": "", "summary": "What <b>signs</b> say"})
    assert wrong.status_code == 422 and "What &lt;b&gt;signs" in wrong.content.decode()
    told = {"title": "Signs", "modules": "Talk, 1.5\nListen", "hours": "7,5", "roles": ["police"], "visibility": "1"}
    assert page.post("/training/new/", told).status_code == 302
    course = Course.objects.get()
    assert [part.title for part in course.modules.all()] == ["Talk", "Listen"] and course.hours == 7.5
    assert (
        page.post(f"/training/{course.pk}/session/", {"begins": "2026-03-12", "ends": "2026-03-01"}).status_code == 422
    )
    assert page.post(f"/training/{course.pk}/session/", {"begins": "2026-03-12"}).status_code == 302
    assert Session.objects.get().days == [Session.objects.get().begins]


@pytest.mark.parametrize("login, sees", [("chloe", True), ("amina", False), ("boris", False)])
def test_names_are_for_those_who_keep_the_session(sign_in, held, people, login, sees):
    page = sign_in(login).get(f"/training/session/{held.pk}/")
    assert page.status_code == 200 and ("Ève" in page.content.decode()) is sees
    assert sign_in(login).get(f"/training/trainee/{people[0].pk}/").status_code == {"amina": 403, "boris": 404}.get(
        login, 200
    )


def test_attendance_and_scores_are_noted_on_a_page(sign_in, held, people, chloe):
    page, one = sign_in("chloe"), people[0]
    told = {"version": held.version, f"on-{one.pk}": [str(held.begins)]}
    assert page.post(f"/training/session/{held.pk}/attendance/", told).status_code == 302
    assert Trainee.objects.get(pk=one.pk).attended == [held.begins]
    scores = {"version": held.version + 1, "top": "20", f"pre-{one.pk}": "7,5", f"post-{one.pk}": "21"}
    assert page.post(f"/training/session/{held.pk}/tests/", scores).status_code == 422
    assert page.post(f"/training/session/{held.pk}/tests/", {**scores, f"post-{one.pk}": "15"}).status_code == 302
    assert Trainee.objects.get(pk=one.pk).pre == 7.5


def test_a_file_adds_people_and_says_what_it_could_not_read(sign_in, held, chloe):
    file = SimpleUploadedFile("list.csv", "Name,Role\nÈve,Police\nAda,Pirate\n".encode())
    page = sign_in("chloe").post(f"/training/session/{held.pk}/file/", {"file": file}).content.decode()
    assert "2 people were added" in page and "Pirate" in page and held.trainees.count() == 2
    broken = SimpleUploadedFile("list.xlsx", b"%PDF-1.7 no list")
    assert sign_in("chloe").post(f"/training/session/{held.pk}/file/", {"file": broken}).status_code == 422


def test_the_cards_are_printed_in_the_language_that_is_asked_for(sign_in):
    page = sign_in("amina").get("/training/cards/?lang=fr&for=child_labour").content.decode()
    assert "Ce qu’il ne faut jamais faire" in page and "Servitude pour dettes" in page and "Confiscation" not in page
