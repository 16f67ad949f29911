"""Templates compiled once for each language: what is the same on every page and for everybody is already in them.

A page of a file asked a hundred times for a word, an icon or an address that never changes while the server runs.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from django.template import Context, Engine, Origin, TemplateDoesNotExist
from django.template.loaders import cached
from django.utils.translation import get_language
from django_cotton import cotton_loader  # type: ignore[import-untyped]

from .ways import around

# A tag with one word in quotes and nothing that depends on the page, alone or as the whole of an attribute.
SAME = re.compile(r"""(="|)\{% (?:trans|icon|static|url) (?:"[^"{}]*"|'[^'{}]*')(?: (?:flip|large)=True)* %\}""")
OF_A_FILE = re.compile(r"""\{% url ["']([\w:]+)["'] ([\w.]*\breference) %\}""")
PART = re.compile(r"""\{% include "([\w/.]+)" %\}""")
BREAKS = re.compile(r"\{[{%#]")


class Loader(cotton_loader.Loader):
    """Reads a template with what is the same everywhere written out in the language of the moment."""

    def get_contents(self, origin: Origin) -> str:
        """The source of the template as cotton makes it, its constant tags filled in and its parts in their place."""
        source = SAME.sub(self._written_out, super().get_contents(origin))
        source = PART.sub(self._in_place, source)
        return OF_A_FILE.sub(lambda found: f"{{{{ {found[2]} }}}}".join(around(found[1])), source)

    def _written_out(self, found: re.Match[str]) -> str:
        whole, attribute = found.group(), found.group(1)
        drawn = self._drawn(whole.removeprefix(attribute))
        # What would end the attribute, or begin a tag, stays a tag.
        return whole if BREAKS.search(drawn) or (attribute and '"' in drawn) else attribute + drawn

    def _in_place(self, found: re.Match[str]) -> str:
        """The source of a part that is included as it is; what it names stays its own."""
        for origin in self.get_template_sources(found[1]):
            with suppress(TemplateDoesNotExist):
                source = self.get_contents(origin)
                return f"{{% with part=1 %}}{source}{{% endwith %}}" if " as " in source else source
        return found.group()

    def _drawn(self, tag: str) -> str:
        engine: Engine = self.engine
        return str(engine.from_string("{% load static %}" + tag).render(Context()))


class ByLanguage(cached.Loader):
    """Keeps each template once for each language."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """The name of the template, and the language it was compiled in."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"
