"""How Django finds who is signed in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import Argon2PasswordHasher

from havre.platform.database.reading import Prepared

from .models import User


class Argon2(Argon2PasswordHasher):
    """Argon2id with 46 MiB in one thread: thirty people who come in at once must not fill a small office's machine."""

    memory_cost = 46 * 1024
    time_cost = 3
    parallelism = 1


SIGNED_IN = Prepared(lambda user: User.objects.select_related("agency").filter(pk=user))


class Accounts(ModelBackend):
    """The user of a session together with the agency, which every page names and every record asks for."""

    def get_user(self, user_id: UUID | str) -> User | None:
        found = SIGNED_IN.first(user_id)
        return found if found and self.user_can_authenticate(found) else None
