"""How Django finds who is signed in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.backends import ModelBackend

from havre.platform.database.reading import Prepared

from .models import User

SIGNED_IN = Prepared(lambda user: User.objects.select_related("agency").filter(pk=user))


class Accounts(ModelBackend):
    """The user of a session together with the agency, which every page names and every record asks for."""

    def get_user(self, user_id: UUID | str) -> User | None:
        found = SIGNED_IN.first(user_id)
        return found if found and self.user_can_authenticate(found) else None
