"""Every page says who may enter; templates and sheets hold nothing that the browser's policy or Arabic would break."""

from __future__ import annotations

import re

import pytest

from havre.platform.audit.actions import ACTIONS
from havre.platform.audit.registry import every

from .code import HAVRE, python, short, static, templates
from .walk import PAGES

INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on|<script(?![^>]*\ssrc=)", re.IGNORECASE
)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_address_is_a_page_or_public(name):
    assert hasattr(PAGES[name].view, "page_needs"), f"{name}: decorate its view with @page or @public"


def test_every_act_is_a_noun_and_a_verb():
    assert ACTIONS and not [name for name in ACTIONS if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)]


def test_every_act_and_every_page_has_words_in_the_record():
    guarded = {f"page.{name}" for name, page in PAGES.items() if getattr(page.view, "page_needs", None)}
    assert (guarded | set(ACTIONS)) - set(every()) == set()


@pytest.mark.parametrize("path", static(".css"), ids=short)
def test_a_sheet_knows_no_left_and_no_right(path):
    assert not re.findall(r"\b(?:left|right)\b", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S))


@pytest.mark.parametrize("path", templates(), ids=short)
def test_a_template_has_no_script_or_style_of_its_own(path):
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.S)
    assert INLINE.findall(text) == []


@pytest.mark.parametrize("path", templates(), ids=short)
def test_a_template_loads_nothing_from_elsewhere(path):
    assert re.findall(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", path.read_text()) == []


BY_NAME = {each.as_posix().rpartition("/templates/")[2]: each for each in templates()}


def whole(path):
    """The template with what it includes, and what that includes."""

    def included(match):
        return whole(BY_NAME[match[1]]) if match[1] in BY_NAME else ""

    return re.sub(r"\{% include [\"']([\w/.]+)[\"'][^%]*%\}", included, path.read_text())


# Pages of whoever has no account and gets no cookie: the secret in the address is the whole authority.
TOKENLESS = ("components.html", "surveys/answer.html")


@pytest.mark.parametrize("path", [p for p in templates() if not p.as_posix().endswith(TOKENLESS)], ids=short)
def test_a_form_that_is_sent_brings_its_tokens(path):
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", whole(path), flags=re.S | re.IGNORECASE)
    # Leaving quickly asks for nothing; for whoever holds a link (the folders `open`) a token would need a cookie.
    forms = [form for form in forms if "data-exit" not in form and "open" not in path.parts]
    # Quick exit has none: it works from a page whose token has grown old, and leaves no cookie with a stranger.
    assert [form[:80] for form in forms if "{% csrf_token %}" not in form and "data-exit" not in form] == []
    assert [form[:80] for form in forms if "data-draft" in form and "{% form_token %}" not in form] == []


def test_nothing_is_streamed():
    """The body of a streamed answer runs after the transaction, and sees no rows."""
    code = [path for path in python() if path.is_relative_to(HAVRE)]
    assert [short(path) for path in code if "StreamingHttpResponse" in path.read_text()] == []


def test_no_view_takes_what_is_not_a_get_for_a_form():
    """HEAD is not GET either: only `== "POST"` acts."""
    code = [path for path in python() if path.is_relative_to(HAVRE) and "tests" not in path.parts]
    assert [short(path) for path in code if re.search(r"\.method (?:==|!=) \"GET\"", path.read_text())] == []


def test_a_template_marks_nothing_as_safe():
    assert [short(path) for path in templates() if re.search(r"\|\s*safe\b|autoescape off", path.read_text())] == []
