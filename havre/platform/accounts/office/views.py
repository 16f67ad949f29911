"""The pages on which an administrator looks after accounts and teams, and the one on which somebody new comes in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from havre.platform import notices
from havre.platform.accounts.confirming import confirmed
from havre.platform.accounts.forms import TOO_MANY
from havre.platform.accounts.models import Team, User
from havre.platform.accounts.tries import Limit
from havre.platform.agreements.actions import seconds
from havre.platform.agreements.shown import Shown
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.forms import Form
from havre.platform.ui.pages import page, public
from havre.platform.ui.requests import Request, Visit

from . import actions, mail, shown, tokens
from .forms import WORTHLESS, AddressForm, AppointForm, InviteForm, TeamForm, WelcomeForm

READ, WRITE = Permission.ACCOUNTS_READ, Permission.ACCOUNTS_WRITE
BOTH = ("GET", "POST")
PER_NETWORK = Limit("invitation", 60)  # a training room sits behind one address


@page(needs=READ)
def people(request: Request) -> HttpResponse:
    """Who works in the agency and what each may do, in the sentences a director signs; nobody in care is here."""
    every = shown.accounts(request.user.agency)
    here = [each for each in every if each.state != shown.REMOVED]
    gone = [each for each in every if each.state == shown.REMOVED]
    return render(request, "accounts/people.html", {"here": here, "gone": gone, "writes": request.user.may(WRITE)})


@page(needs=READ)
def one(request: Request, pk: UUID) -> HttpResponse:
    """One account: what it may do, what can be done, what was done."""
    user = _colleague(request, pk)
    held = list(user.memberships.all())
    context = {"one": user, "state": shown.state(user), "held": held, "earlier": shown.earlier(user)}
    context |= {"waits_until": shown.waits_until(user), "history": shown.history(user)}
    context |= {"files": bool(shown.files_remain([user])), "writes": request.user.may(WRITE) and user != request.user}
    context |= _asked(request, user)
    return render(request, "accounts/one.html", context)


@page(needs=WRITE, methods=BOTH)
@confirmed
def invite(request: Request) -> HttpResponse:
    """Somebody new; the link of the invitation is shown once, on the answer to this form."""
    form = InviteForm(_sent(request), agency=request.user.agency, initial={"language": request.user.language})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = {name: given[name] for name in ("login", "name", "language", "roles")}
        user, secret = _tried(request, form, lambda: _invited(request, form, names)) or (None, "")
        if user:
            return _told(request, user, secret, given["address"])
    context = {"form": form, "mails": mail.set_up()}
    return render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


def _invited(request: Request, form: InviteForm, names: dict[str, Any]) -> tuple[User, str]:
    return actions.invite(request.user.agency, by=request.user, team=form.team_chosen, **names)


def _told(request: Request, user: User, secret: str, address: str) -> HttpResponse:
    """The link, once; mailed too where there is an address and a mail server."""
    if address:
        actions.keep_address(user, by=request.user, address=address)
    link = tokens.link(request, secret)
    sent = mail.send(address, link, user.language) if address and mail.set_up() else None
    return render(request, "accounts/invited.html", {"one": user, "link": link, "sent": sent, **_asked(request, user)})


def _asked(request: Request, user: User) -> dict[str, Any]:
    """The roles that a second person is asked about, and who could agree."""
    asked = shown.asked(user)
    return {"asked": asked and Shown(asked, request.user), "seconds": seconds(request.user, user.pk) if asked else []}


@page(needs=WRITE, methods=("POST",))
@confirmed
def invite_again(request: Request, pk: UUID) -> HttpResponse:
    """A new link for somebody who has not come yet."""
    user = _colleague(request, pk)
    return _told(request, user, actions.invite_again(user, by=request.user), notices.address_of(user))


@page(needs=WRITE, methods=BOTH)
@confirmed
def move(request: Request, pk: UUID) -> HttpResponse:
    """Other roles or another team, from now on."""
    user = _colleague(request, pk)
    held = list(user.memberships.all())
    now = {
        "roles": [each.role for each in held],
        "team": next((str(each.team_id) for each in held if each.team_id), ""),
    }
    form = AppointForm(_sent(request), agency=request.user.agency, initial=now)
    if request.method == "POST" and form.is_valid():
        roles, team = form.cleaned_data["roles"], form.team_chosen
        if _tried(request, form, lambda: actions.move(user, by=request.user, roles=roles, team=team) or True):
            return redirect("accounts:one", pk)
    context = {"form": form, "one": user, "files": bool(shown.files_remain([user]))}
    return render(request, "accounts/move.html", context, status=422 if form.errors else 200)


@page(needs=WRITE, methods=BOTH)
@confirmed
def address(request: Request, pk: UUID) -> HttpResponse:
    """Where a colleague gets mail."""
    user = _colleague(request, pk)
    form = AddressForm(_sent(request), initial={"address": notices.address_of(user)})
    if request.method == "POST" and form.is_valid():
        actions.keep_address(user, by=request.user, address=form.cleaned_data["address"])
        return redirect("accounts:one", pk)
    context = {"form": form, "one": user}
    return render(request, "accounts/address.html", context, status=422 if form.errors else 200)


@page(needs=WRITE, methods=("POST",))
@confirmed
def suspend(request: Request, pk: UUID) -> HttpResponse:
    """The account is closed until it is opened again."""
    return _done(request, pk, actions.suspend)


@page(needs=WRITE, methods=("POST",))
@confirmed
def let_back(request: Request, pk: UUID) -> HttpResponse:
    """A suspended account is opened again."""
    return _done(request, pk, actions.let_back)


@page(needs=WRITE, methods=("POST",))
@confirmed
def remove(request: Request, pk: UUID) -> HttpResponse:
    """The account is closed for good."""
    return _done(request, pk, actions.remove)


@page(needs=WRITE, methods=("POST",))
@confirmed
def reset_factors(request: Request, pk: UUID) -> HttpResponse:
    """The second factor is taken away, to be set up anew."""
    return _done(request, pk, actions.reset_factors)


def _done(request: Request, pk: UUID, act: Callable[..., None]) -> HttpResponse:
    act(_colleague(request, pk), by=request.user)
    return redirect("accounts:one", pk)


@page(needs=WRITE, methods=BOTH)
@confirmed
def teams(request: Request) -> HttpResponse:
    """The teams with who is in them, and a new one."""
    form = TeamForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        actions.create_team(request.user.agency, by=request.user, name=form.cleaned_data["name"])
        return redirect("accounts:teams")
    context = {"form": form, "teams": shown.teams(request.user.agency)}
    return render(request, "accounts/teams.html", context, status=422 if form.errors else 200)


@page(needs=WRITE, methods=BOTH)
@confirmed
def team(request: Request, pk: UUID) -> HttpResponse:
    """Another name for a team."""
    one = _team(request, pk)
    form = TeamForm(_sent(request), initial={"name": one.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_team(one, by=request.user, name=form.cleaned_data["name"])
        return redirect("accounts:teams")
    return render(request, "accounts/team.html", {"form": form, "team": one}, status=422 if form.errors else 200)


@page(needs=WRITE, methods=("POST",))
@confirmed
def team_end(request: Request, pk: UUID) -> HttpResponse:
    """A team ends."""
    actions.end_team(_team(request, pk), by=request.user)
    return redirect("accounts:teams")


@public(methods=BOTH)
def welcome(request: Visit) -> HttpResponse:
    """Where somebody who was invited chooses a password. The invitation stands behind `#`, or is pasted."""
    form = WelcomeForm(_sent(request))
    network = request.META.get("REMOTE_ADDR", "")
    if request.user.is_authenticated and not request.session.locked:
        request.recorder.user = request.user  # somebody signed in who tries: the record is in their own name
    if request.method == "POST" and PER_NETWORK.reached(network):
        form.add_error(None, TOO_MANY)
    elif request.method == "POST" and form.is_valid():
        user = actions.invited(form.cleaned_data["invitation"])
        if user and form.check(user) and actions.accept(form.cleaned_data["invitation"], form.cleaned_data["password"]):
            request.recorder.tried(user.login)  # so that the auditor of the agency learns of it
            request.recorder.acted("account.accept")
            return render(request, "accounts/welcomed.html", {"login": user.login})
        if not form.errors:
            form.add_error("invitation", WORTHLESS)
    if form.has_error("invitation"):
        PER_NETWORK.count(network)
        request.recorder.acted("invitation.refused")
    least = {"form": form, "demo": settings.DEMO}
    return render(request, "accounts/welcome.html", least, status=422 if form.errors else 200)


def _sent(request: Visit) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _tried(request: Request, form: Form, act: Callable[[], Any]) -> Any:
    """What the act gives; when it is refused, the sentence stands on the form, which keeps what was typed."""
    try:
        return act()
    except Refused as refusal:
        request.recorder.refused(request.recorder.page, str(refusal), request.claim)
        form.add_error(None, str(refusal))
        return None


def _colleague(request: Request, pk: UUID) -> User:
    """Somebody of the same agency; anybody else is not found."""
    return get_object_or_404(shown.colleagues(request.user.agency), pk=pk)


def _team(request: Request, pk: UUID) -> Team:
    return get_object_or_404(Team, pk=pk, agency=request.user.agency, ended=None)
