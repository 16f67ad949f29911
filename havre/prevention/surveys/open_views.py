"""The page that a link or a square leads to: no account, no cookie, no script needed, and nothing to read back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from havre.kernel.places import language_label
from havre.platform.accounts.tries import Limit, network_of
from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit

from . import codes, linked, spoken
from .answering import QuestionsForm

MISSES = Limit("survey-miss", 60)  # addresses that lead nowhere
PER_NETWORK = Limit("survey", 400)  # a school sits behind one address
PER_LINK = Limit("survey-link", 2000)
ENDS = ("kept", "again", "person", "draft", "closed")


# The secret in the address is the whole authority here, and no cookie adds to it. Nobody's name is recorded with an
# answer, that of somebody signed in neither.
@csrf_exempt
@public(methods=("GET", "POST"))
def answer(request: Visit, token: str) -> HttpResponse:
    """The questions of a survey, answered once."""
    network = network_of(request)
    asked = None if MISSES.reached(network) else linked.read(token)
    if asked is None:
        MISSES.count(network)
        return _end(request, "gone", [], status=404)
    if asked.status != "open":
        return _end(request, asked.status, asked.languages, status=410 if asked.status == "closed" else 200)
    return _taken(request, asked, network) if request.method == "POST" else _shown(request, asked)


def _shown(request: Visit, asked: linked.Asked, form: QuestionsForm | None = None, status: int = 200) -> HttpResponse:
    language = _language(request, asked.languages)
    form = form or QuestionsForm(asked=asked, language=language, initial={"sheet": codes.sheet(asked.link)})
    others = [(each, language_label(each, each)) for each in asked.languages if each != language]
    title, intro = asked.title.get(language, ""), asked.intro.get(language, "")
    return _page(
        request,
        "surveys/answer.html",
        language,
        status,
        asked=asked,
        form=form,
        title=title,
        intro=intro,
        others=others,
    )


def _taken(request: Visit, asked: linked.Asked, network: str) -> HttpResponse:
    form = QuestionsForm(request.POST, asked=asked, language=_language(request, asked.languages))
    if not form.is_valid():
        return _shown(request, asked, form, 422)
    if PER_NETWORK.reached(network) or PER_LINK.reached(str(asked.link)):
        form.refuse("many_text")
        return _shown(request, asked, form, 429)
    PER_NETWORK.count(network)
    PER_LINK.count(str(asked.link))
    found = linked.answer(asked, form.cleaned_data["sheet"], form.person(), form.told())
    if found == "person":
        form.refuse("person", "code")
        form.refuse("person_text", "code")
        return _shown(request, asked, form, 409)
    if found not in ENDS:
        form.refuse("empty")
        return _shown(request, asked, form, 422)
    return _quiet(redirect(f"{reverse('surveys:thanks', args=[asked.token])}?in={form.language}&how={found}"))


@public()
def thanks(request: Visit, token: str) -> HttpResponse:
    """The answer was taken, or was taken before; the same phone may be handed on."""
    asked = linked.read(token)
    how = request.GET.get("how", "")
    return _end(request, how if how in ENDS else "kept", asked.languages if asked else [], asked)


def _language(request: Visit, languages: list[str]) -> str:
    """As the address says, else as the browser does, else the survey's first."""
    known = [
        code.partition("-")[0] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    ]
    return spoken.chosen(languages or ["en", "fr"], request.GET.get("in"), *known)


def _end(
    request: Visit, code: str, languages: list[str], asked: linked.Asked | None = None, status: int = 200
) -> HttpResponse:
    language = _language(request, languages)
    head, text = ("thanks", "kept") if code == "kept" else (code, f"{code}_text")
    more = {"head": spoken.word(head, language), "text": spoken.word(text, language)}
    return _page(request, "surveys/ended.html", language, status, asked=asked, **more)


def _page(request: Visit, template: str, language: str, status: int, **context: Any) -> HttpResponse:
    with translation.override(language):
        more = {"words": spoken.words(language), "language": language}
        return _quiet(render(request, template, {**context, **more}, status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address goes to nobody."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
