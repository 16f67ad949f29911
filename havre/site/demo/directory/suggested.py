"""What each agency says of the other's cards: some still wait, one was taken over, one was not."""

from __future__ import annotations

from havre.directory.checking import actions
from havre.directory.models import Organisation, Phone, Service, Suggestion
from havre.directory.models.base import Kept
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.recorder import recording
from havre.site.demo.directory.telling import KEEPERS
from havre.site.demo.tables import Row, table


def suggest() -> None:
    """Each suggestion by whoever makes it; those that are decided, by the keeper."""
    users = {user.login: user for user in User.objects.select_related("agency").prefetch_related("memberships")}
    for told in table("directory/suggested"):
        by = users[told["by"]]
        with acting_as(by, confirmed=True), recording(by) as recorder:
            row = _row(told)
            texts = {told["field"]: told["value"]} if told["field"] else {}
            made = actions.suggest(row, texts=texts, gone=not texts, why=told["why"], by=by)
            recorder.write()
        if told["decision"]:
            _decide(made, told, users[KEEPERS["balise"]])


def _row(told: Row) -> Kept:
    card = Organisation.objects.filter(name=told["organisation"]).exclude(owner__code=_house(told["by"])).get()
    if told["entity"] == "phone":
        return Phone.objects.filter(organisation=card, service=None, contact=None).earliest("number")
    return Service.objects.get(organisation=card, name=told["row"]) if told["entity"] == "service" else card


def _house(login: str) -> str:
    return next((code for code, keeper in KEEPERS.items() if keeper == login), "balise")


def _decide(made: Suggestion, told: Row, by: User) -> None:
    with acting_as(by, confirmed=True), recording(by) as recorder:
        waiting = Suggestion.objects.get(pk=made.pk)
        if told["decision"] == "approve":
            actions.approve(waiting, answer=told["answer"], by=by)
        else:
            actions.refuse(waiting, answer=told["answer"], by=by)
        recorder.write()
