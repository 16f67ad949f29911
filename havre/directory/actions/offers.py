"""What an organisation offers, and when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from havre.directory.models import (
    Language,
    Location,
    Organisation,
    Program,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

from .kept import Values, held, keep, keeps, match, refresh


@action("service_card.save", needs=Permission.DIRECTORY_WRITE)
def save_service(
    row: Service | None,
    values: Values,
    *,
    organisation: Organisation,
    by: User,
    version: int | None = None,
    how: str = "edited",
) -> Service:
    """A service with these values; `languages`, `areas` (countries) and `places` (locations) are kept with it."""
    keeps(organisation, by)
    service = held(row, by, version) if row else Service(organisation=organisation)
    programme = values.get("program")
    if programme and not Program.objects.filter(pk=programme, organisation=organisation).exists():
        raise Refused(_("This stands on another card. Choose one of this card."))
    keep(service, values, organisation=organisation, by=by, how=how)
    hung = {"owner_id": service.owner_id, "visibility": service.visibility, "organisation": organisation}
    hung["service"] = service
    if "languages" in values:
        match(Language, "code", values["languages"], lambda code: Language(code=code, **hung), service=service)
    if "areas" in values:
        match(ServiceArea, "country", values["areas"], lambda code: ServiceArea(country=code, **hung), service=service)
    if "places" in values:
        _offer_at(service, values["places"], hung)
    refresh(organisation)
    return service


def _offer_at(service: Service, places: list[Any], hung: dict[str, object]) -> None:
    numbers = [getattr(each, "pk", each) for each in places]
    there = {each.pk: each for each in Location.objects.filter(pk__in=numbers, organisation=service.organisation)}
    if len(there) != len(set(numbers)):
        raise Refused(_("This stands on another card. Choose one of this card."))

    def at(pk: Any) -> ServiceAtLocation:
        place = there[pk]
        return ServiceAtLocation(**{**hung, "location": place, "visibility": max(service.visibility, place.visibility)})

    match(ServiceAtLocation, "location_id", numbers, at, service=service)


@action("program_card.save", needs=Permission.DIRECTORY_WRITE)
def save_program(
    row: Program | None,
    values: Values,
    *,
    organisation: Organisation,
    by: User,
    version: int | None = None,
    how: str = "edited",
) -> Program:
    """A programme under which services of the card stand."""
    keeps(organisation, by)
    programme = held(row, by, version) if row else Program(organisation=organisation)
    return keep(programme, values, organisation=organisation, by=by, how=how)


@action("schedule.save", needs=Permission.DIRECTORY_WRITE)
def save_schedule(
    row: Schedule | None,
    values: Values,
    *,
    organisation: Organisation,
    by: User,
    version: int | None = None,
    how: str = "edited",
) -> Schedule:
    """Opening hours with these values: of a service, of a place, or of a service at a place."""
    keeps(organisation, by)
    schedule = held(row, by, version) if row else Schedule(organisation=organisation)
    keep(schedule, values, organisation=organisation, by=by, how=how)
    refresh(organisation)
    return schedule
