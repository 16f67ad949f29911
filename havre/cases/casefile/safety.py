"""What must be known before anybody rings, writes or knocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from havre.cases.people.models import Case, PersonContact
from havre.platform.ui.parts import Fact

from . import rules, words


@dataclass(frozen=True)
class Safety:
    """The notice at the head of a file."""

    tone: str
    title: str
    sentences: Sequence[str]
    ways: Sequence[Sequence[Fact]]  # the ways to reach the person, each with how to use it
    never: Sequence[Fact]  # the ways nobody may use

    @property
    def silent(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.sentences or self.ways or self.never)


def safety(case: Case, contacts: Sequence[PersonContact], *, knows_ways: bool) -> Safety:
    """What is known; a reader who may not know where the person is sees the danger alone."""
    told = [_danger(case)] if _danger(case) else []
    usable = [each for each in contacts if each.safe is not False]
    if knows_ways and not usable and case.is_open and not case.anonymous:
        told.append(_("No safe way to reach the person is written down. Do not ring a number found elsewhere."))
    sharp = case.is_open and (case.in_danger in ("yes", "unknown") or case.before_safety not in rules.NOTHING_BEFORE)
    never = [Fact(_kind(each), each.value) for each in contacts if each.safe is False]
    return Safety(
        "flare" if sharp else "",
        _("Safety first") if sharp else _("How to reach the person safely"),
        told,
        [_way(each) for each in usable],
        never,
    )


def _danger(case: Case) -> str:
    dangers = words.listed("immediate_dangers", case.dangers)
    now = rules.in_danger_now(case.state, case.before_safety, case.in_danger)
    if now:
        return _("In danger now: %(dangers)s.") % {"dangers": dangers} if dangers else _("In danger now.")
    if not case.is_open:
        return ""
    if case.in_danger == "yes":
        said = _("In danger at first contact: %(dangers)s.") % {"dangers": dangers} if dangers else ""
        return said or _("In danger at first contact.")
    return {
        "unknown": _("It is not known whether there is danger now. Ask again, quietly, when nobody else can hear."),
        "": "" if case.anonymous or case.imported else _("Nobody has asked yet whether there is danger now."),
    }.get(case.in_danger, "")


def _kind(contact: PersonContact) -> str:
    return words.label("contact_kinds", contact.kind) or _("Contact")


def _way(contact: PersonContact) -> list[Fact]:
    kind = _kind(contact) if contact.safe else _("%(kind)s (safety not known)") % {"kind": _kind(contact)}
    known = (
        (kind, contact.value),
        (_("When"), words.label("contact_hours", contact.safe_times)),
        (_("What to say first"), contact.code_word),
        (_("Who else may answer"), contact.who_answers),
        (_("Message"), _("May be left") if contact.leave_message else _("Never leave one")),
    )
    return [Fact(label, value) for label, value in known if value]
