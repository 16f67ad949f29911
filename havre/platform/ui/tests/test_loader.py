"""A template is compiled once for each language, with what never changes already in it."""

from __future__ import annotations

import pytest
from django.template import Context, Engine
from django.template.loader import get_template
from django.utils.translation import override

from havre.platform.ui.loader import Loader


@pytest.fixture
def written(tmp_path):
    """The source that is compiled from a text, beside a part of that folder."""
    loader = Loader(Engine.get_default(), dirs=[tmp_path])

    def source(text: str, part: str = "") -> str:
        (tmp_path / "page.html").write_text(text)
        (tmp_path / "part.html").write_text(part)
        return loader.get_contents(next(iter(loader.get_template_sources("page.html"))))

    return source


def test_words_icons_and_addresses_are_written_out_in_the_language_of_the_moment(written):
    text = (
        """<a href="{% url 'casefile:list' %}" title="{% trans 'People' %}">{% icon "plus" %}{% trans "Open" %}</a>"""
    )
    with override("fr"):
        said = written(text)
    assert "{%" not in said and 'href="/people/" title="Personnes"' in said and "#plus" in said and "Ouvrir" in said
    assert "Open" in written(text)


def test_what_depends_on_the_page_stays_a_tag(written):
    text = '{% trans word %}{% icon name %}{% trans "Open" as label %}{% url "people:note" each.reference kind %}'
    assert written(text) == text


def test_an_address_within_a_file_keeps_the_reference_alone(written):
    assert written('{% url "people:note" case.reference %}') == "/people/{{ case.reference }}/note/"


def test_words_that_would_end_an_attribute_stay_a_tag(written, monkeypatch):
    monkeypatch.setattr(Loader, "_drawn", lambda self, tag: 'a "b"')
    assert written('<c-card title="{% trans "Open" %}" />'.replace('"Open"', "'Open'")).count("{% trans 'Open' %}") == 1


def test_what_a_part_names_stays_its_own(written):
    page = '{% include "part.html" %}[{{ label }}]'
    source = written(page, '{% trans "Open" as label %}{{ label }}')
    assert Engine.get_default().from_string(source).render(Context()) == "Open[]"


def test_each_language_has_its_own(settings):
    with override("fr"):
        french = get_template("404.html").render({})
    assert french != get_template("404.html").render({})
