"""An editor keeps a report with its PDF; anybody finds it by a word inside, in another language than its own."""

from __future__ import annotations

import pytest

from havre.knowledge.library.models import PublicationFile
from havre.platform.accounts.claims import acting_as
from tests.papers import pdf
from tests.working import start

from .conftest import Walker
from .steps import box, save

pytestmark = pytest.mark.browser
PAGES = ["Barques de nuit", "Trois pêcheurs exploités témoignent de leurs dettes."]


def kept(chloe: Walker) -> str:
    """A record and its file; the address of its page for everybody."""
    chloe.page.goto("/knowledge/library/")
    chloe.check()
    chloe.click(chloe.page.locator("a[href$='/library/new/']"))
    chloe.check()
    chloe.click(box(chloe, "kind", "report"))
    chloe.fill(chloe.page.locator("[name=title]"), "Barques de nuit · قوارب الليل")
    chloe.fill(chloe.page.locator("[name=isbn]"), "92-9068-060-X")
    chloe.click(box(chloe, "visibility", "0"))
    chloe.click(box(chloe, "downloadable"))
    save(chloe)
    chloe.click(chloe.page.locator("main a[href$='/file/']"))
    chloe.check()
    chloe.page.locator("[name=file]").set_input_files(
        {"name": "barques.pdf", "mimeType": "application/pdf", "buffer": pdf(PAGES)}
    )
    save(chloe)
    return str(chloe.page.locator("main a[href^='/library/']").last.get_attribute("href"))


@pytest.mark.parametrize("language, width", [("en", 1280), ("fr", 390)])
def test_a_report_is_kept_read_and_found_by_anybody(walk, register, language, width):
    chloe = walk("chloe", language=language, width=width)
    address = kept(chloe)
    assert start("--once").wait(60) == 0
    with acting_as(register.chloe):
        assert PublicationFile.objects.get().state == "read"
    chloe.page.reload()
    chloe.check()
    anybody = walk("", language=language, width=width, script=False)
    anybody.page.context.clear_cookies()
    anybody.page.goto("/library/")
    anybody.fill(anybody.page.locator("[name=text]"), "pecheur dette")
    anybody.click(anybody.page.locator(".hv-seek .hv-btn--go"))
    assert anybody.page.locator("mark").first.inner_text() == "pêcheurs"
    anybody.check()
    anybody.click(anybody.page.locator(".hv-shelf a"))
    anybody.page.wait_for_url(f"**{address}*")
    anybody.check()
    assert anybody.page.evaluate("document.documentElement.scrollWidth") <= width
    assert anybody.page.context.cookies() == [] and chloe.faults == anybody.faults == []
