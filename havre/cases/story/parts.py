"""What is known of a story, in parts of a page each: the lists it is coded by, the elements of the finding apart."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.kernel.vocabularies import load

from . import told


@dataclass(frozen=True)
class Part:
    """One page of codes: a list, or the codes of it that belong to one element."""

    name: str
    title: Promise
    vocabulary: str
    element: str = ""

    def codes(self, language: str) -> list[tuple[str, str]]:
        """The codes with their words, in the order of the list."""
        rows = load(self.vocabulary)
        return [
            pair for pair in rows.choices(language) if not self.element or rows.row(pair[0])["element"] == self.element
        ]


PARTS = {
    part.name: part
    for part in (
        Part("act", _("What was done"), told.ELEMENTS, "ACT"),
        Part("means", _("By what means"), told.ELEMENTS, "MEANS"),
        Part("purpose", _("For what purpose"), told.ELEMENTS, "PURPOSE"),
        Part("exploitation", _("Kind of exploitation"), "vic_TypeOfExploitation"),
        Part("sexual", _("Kind of sexual exploitation"), "vic_TypeOfSexExploitation"),
        Part("industry", _("Line of work"), "vic_ForcedLabourIndustry"),
        Part("control", _("How the person was kept"), "vic_MethodsOfControl"),
        Part("relation", _("Who the recruiter was to the person"), "vic_RelationshipToTrafficker"),
        Part("recruitment", _("How contact was made"), "vic_MethodOfRecruitment"),
        Part("recruitment-online", _("Sites and apps of the recruitment"), "vic_RecruitmentWebsitesAndApps"),
        Part("exploitation-online", _("Sites and apps of the exploitation"), "vic_ExploitationWebsitesAndApps"),
    )
}
