"""A real Chromium before a real server, and a walker who counts every click and key press beyond the text typed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.personas import make_personas, signed_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WCAG = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# How a page is built: language, width, and each element in its order with its classes and roles, words left out; of
# neighbours that are alike, one. Axe takes longer than all else a journey does, and journeys share most of their pages.
BUILD = """() => {
  const parts = [document.documentElement.lang, innerWidth];
  for (const one of document.body.querySelectorAll("*")) {
    const named = ["class", "role", "type", "aria-current", "aria-invalid", "open", "hidden", "checked"];
    const said = [one.tagName, one.checkVisibility(), ...named.map(name => one.getAttribute(name) ?? "")].join("|");
    if (parts.at(-1) !== said) parts.push(said);
  }
  return parts.join("\\n");
}"""
PASSED: set[str] = set()
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or whichever HAVRE_CHROMIUM names."""
    path = os.environ.get("HAVRE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "No Chromium: install Debian's package `chromium`, or name one in HAVRE_CHROMIUM."
    with sync_playwright() as playwright:
        args = ["--disable-background-networking", "--no-first-run", "--disable-sync"]
        unboxed = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=[*args, *unboxed])
        yield browser
        browser.close()


@dataclass
class Walker:
    """Somebody at the keyboard: what they press is counted, what they type is not."""

    page: Page
    presses: int = 0
    faults: list[str] = field(default_factory=list)

    def click(self, what: Locator) -> None:
        """One click."""
        self.presses += 1
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        """One click into the field, then the text."""
        self.presses += 1
        what.fill(text)

    def check(self) -> None:
        """The page as it stands passes axe (WCAG 2.2 AA), nothing left out; one of the very same build passes once."""
        build = self.page.evaluate(BUILD)
        if build in PASSED:
            return
        found = Axe().run(self.page, options=WCAG).response["violations"]
        assert not found, [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]
        PASSED.add(build)


def at_both_widths(walker: Walker) -> None:
    """The page passes axe on a desk and on a telephone, and is nowhere wider than that."""
    for width in (1280, 390):
        walker.page.set_viewport_size({"width": width, "height": 900})
        walker.check()
        assert walker.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def register(transactional_db):
    """Two agencies and their people, in a database that other connections see."""
    with transaction.atomic():
        return make_personas()


@pytest.fixture
def walk(chromium: Browser, live_server, register):
    """Opens a browser for a persona, or at the door for nobody: `walk("amina", language="fr", width=390)`."""
    contexts = []

    def enter(
        login: str = "amina", *, language: str = "en", width: int = 1280, script: bool = True, csp: bool = False
    ) -> Walker:
        base = live_server.url.replace("127.0.0.1", "localhost")
        context = chromium.new_context(
            base_url=base,
            locale=language,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            bypass_csp=not csp,  # axe is a script of its own; one journey goes without it, under the full policy
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if login:
            session = signed_in(login).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": "https://localhost"}])
        page = context.new_page()
        walker = Walker(page)
        page.on("console", lambda message: walker.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: walker.faults.append(str(error)))
        page.goto("/")
        return walker

    yield enter
    for context in contexts:
        context.close()
