"""Every answer bears the whole set of headers, says one sentence, and has a title that tells nobody anything."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from havre.platform.accounts.leaving import LEFT
from tests.laws.code import short, templates
from tests.laws.walk import PAGES, lines

from . import judging
from .fort import NOBODY, standing_in, undone

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    "require-trusted-types-for 'script'", "trusted-types default",
}  # fmt: skip
FORM = "application/x-www-form-urlencoded"
TRACE = re.compile(rb"Traceback|psycopg|File \"|\.py\b|django\.|\bselect [\w\s.,*()]+ from \w+_", re.IGNORECASE)
LINES = {line.page: line for line in lines()}


HANDED = {"default-src 'none'", "sandbox"}


def faults(answer):
    """What an answer lacks."""
    told = set(answer.headers.get("Content-Security-Policy", "").split("; "))
    policy = POLICY if told != HANDED else HANDED  # a file that is handed out may do nothing at all
    lacking = [f"CSP {each}" for each in policy - told] + [f"CSP has {each}" for each in told - policy]
    lacking += judging.lacking(answer)
    if answer.status_code >= 500 or TRACE.search(answer.content):
        lacking.append(f"{answer.status_code} {answer.content[:80]!r}")
    return lacking


def tells(fort, answer):
    """What a title or an address of the page tells of somebody."""
    text = answer.content.decode(errors="replace")
    said = r"canary|Amina|Chlo|Balise"
    titles = re.findall(rf"<title>[^<]*(?:{said}|{fort.places['amina'].case.reference})[^<]*</title>", text)
    return titles + re.findall(rf"(?:href|action|src|data-(?:draft|to|lock|signin))=\"[^\"]*(?:{said})[^\"]*\"", text)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_method_of_every_page_answers_with_every_header_and_a_sentence(fort, page):
    """Amina's own file; what is not asked that way is 405 with what is allowed, whatever the form token."""
    line, client = LINES[page], fort.client("amina")
    address = fort.address(line, "amina", "amina")
    for method in METHODS:
        answer = undone(client, method, address)
        assert (method, faults(answer), tells(fort, answer)) == (method, [], [])
        allowed = {*PAGES[page].methods, *(["HEAD"] if "GET" in PAGES[page].methods else [])}
        if method not in allowed:
            assert (method, answer.status_code) == (method, 405)
            assert set(answer.headers["Allow"].split(", ")) == set(PAGES[page].methods)
            said = b"read with GET" if page.startswith("exchange:api") else b"This page does not work that way."
            assert method == "HEAD" or said in answer.content


# Leaving harms nobody; a check and a survey rest on the secret in the address alone, and this one is of no use.
WITHOUT_TOKEN = {
    "accounts:leave": 303,
    "directory:check": 404,
    "surveys:answer": 404,
    "training:check": 404,
    "training:invitation": 404,
    "digest:subscribe": 422,
    "digest:confirm": 404,
    "digest:leave": 404,
}


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_form_without_its_token_is_refused_with_every_header(fort, page):
    client = fort.client("amina", enforce_csrf_checks=True)
    answer = undone(client, "POST", fort.address(LINES[page], "amina", "amina"))
    assert (answer.status_code, faults(answer)) == (WITHOUT_TOKEN.get(page, 403), [])


WRONG = {
    400: {"HTTP_HOST": "somebody.else"},
    404: {"path": "/nowhere/"},
    413: {"data": b"a=" + b"x" * 2_000_000, "content_type": FORM},
}


@pytest.mark.parametrize("status", WRONG)
@pytest.mark.parametrize("login", ["amina", NOBODY])
def test_an_answer_that_no_page_gives_has_every_header_too(fort, status, login):
    more = {"path": "/signin/", "data": b"", "content_type": "text/plain", **WRONG[status]}
    answer = undone(fort.client(login), "POST", more.pop("path"), **more)
    assert (answer.status_code, faults(answer)) == (status, [])
    assert b"<h1" in answer.content


def test_a_form_of_a_thousand_fields_is_too_much(fort):
    data = "&".join(f"k{number}=1" for number in range(1001)).encode()
    answer = undone(fort.client("amina"), "POST", "/people/new/", data=data, content_type=FORM)
    assert (answer.status_code, faults(answer)) == (413, [])


def test_a_locked_page_has_every_header(fort):
    client = fort.client("amina")
    with_lock = []

    def ask(_answer):
        with_lock.append(client.get("/people/"))

    undone(client, "POST", "/lock/", look=ask)
    assert (with_lock[0].status_code, faults(with_lock[0])) == (423, [])


def test_without_a_database_the_answer_is_calm_and_has_every_header(fort, caplog):
    with standing_in("no_such_database"):
        answer = fort.client("amina").get("/people/")
    lacking = [each for each in faults(answer) if not each.startswith("500")]
    assert (answer.status_code, lacking, TRACE.search(answer.content)) == (500, [], None)
    assert "password" not in caplog.text and fort.secrets["amina"] not in caplog.text


# Titles and addresses


@pytest.mark.parametrize("path", [each for each in templates() if each.name != "components.html"], ids=short)
def test_a_title_is_made_of_fixed_words_alone(path):
    """No name, reference, country, illness or body: a title stands in the window's list, the history and on paper."""
    for title in re.findall(r"\{% block title %\}(.*?)\{% endblock %\}", path.read_text(), flags=re.S):
        assert re.sub(r"\{% (?:trans|if|elif|else|endif)\b[^%]*%\}|\bHavre\b|Components|[ ·]", "", title) == ""


# Leaving


@pytest.mark.parametrize("method, address", [("GET", "/people/"), ("POST", "/people/new/"), ("GET", "/nowhere/")])
def test_whoever_left_while_the_line_was_cut_is_out_at_the_next_request(fort, method, address):
    client, asked = fort.client("amina"), []
    client.cookies[LEFT] = "1"

    def again(_answer):
        client.cookies[settings.SESSION_COOKIE_NAME] = fort.secrets["amina"]
        client.cookies.pop(LEFT, None)
        asked.append(client.get("/people/"))

    answer = undone(client, method, address, look=again)
    assert not fort.leaks(NOBODY, answer.content)
    assert answer.cookies[LEFT]["max-age"] == 0
    assert (asked[0].status_code, asked[0].headers["Location"]) == (302, "/signin/?next=/people/")


@pytest.mark.parametrize("address", ["/signout/", "/leave/", "/lock/", "/names/", "/theme/", "/language/"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_nobody_is_signed_out_or_locked_by_a_look(fort, method, address):
    client, asked = fort.client("amina"), []
    undone(client, method, address, look=lambda _: asked.append(client.get("/people/").status_code))
    assert asked == [200]
