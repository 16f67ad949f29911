"""How Django finds who is signed in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.backends import ModelBackend

from .models import User


class Accounts(ModelBackend):
    """The user of a session together with the agency, which every page names and every record asks for."""

    def get_user(self, user_id: UUID | str) -> User | None:
        found = User.objects.select_related("agency").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None
