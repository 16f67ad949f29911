"""What the record calls the acts of the door and of accounts, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "session.begin": _("Signed in"),
    "session.refused": _("Tried to sign in"),
    "session.end": _("Signed out"),
    "session.unlock": _("Unlocked the screen"),
    "session.confirm": _("Proved again who they are"),
    "session.doubted": _("Was asked again who they are, and did not prove it"),
    "factor.enrol": _("Set a second factor up"),
    "factor.drop": _("Took a second factor away"),
    "factor.renew": _("Asked for new recovery codes"),
    "factor.recover": _("Came in with a recovery code"),
    "password.change": _("Changed the password"),
    "session.end_other": _("Ended a session elsewhere"),
    "page.accounts:mine": _("Read the own way in"),
    "page.accounts:add": _("Wanted to set a second factor up"),
    "page.accounts:drop": _("Wanted to take a second factor away"),
    "page.accounts:recovery": _("Wanted new recovery codes"),
    "page.accounts:password": _("Wanted to change the password"),
    "page.accounts:end": _("Wanted to end a session elsewhere"),
    "page.accounts:people": _("Read the list of accounts"),
    "page.accounts:one": _("Read an account"),
    "page.accounts:invite": _("Wanted to invite a colleague"),
    "page.accounts:invite_again": _("Wanted to invite a colleague again"),
    "page.accounts:move": _("Read the roles of a colleague"),
    "page.accounts:suspend": _("Wanted to suspend a colleague"),
    "page.accounts:let_back": _("Wanted to let a colleague back"),
    "page.accounts:remove": _("Wanted to remove a colleague"),
    "page.accounts:teams": _("Read the list of teams"),
    "page.accounts:team": _("Read the name of a team"),
    "page.accounts:team_end": _("Wanted to end a team"),
    "account.invite": _("Invited a colleague"),
    "account.invite_again": _("Invited a colleague again"),
    "account.accept": _("Chose a password after an invitation"),
    "invitation.refused": _("Tried an invitation that is worth nothing"),
    "account.move": _("Changed the roles or the team of a colleague"),
    "account.suspend": _("Suspended a colleague"),
    "account.let_back": _("Let a colleague back"),
    "account.remove": _("Removed a colleague for good"),
    "team.create": _("Created a team"),
    "team.rename": _("Renamed a team"),
    "team.end": _("Ended a team"),
}
