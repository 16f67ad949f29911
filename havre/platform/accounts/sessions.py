"""Sessions found by the hash of their token. Nobody who is not signed in has one."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import connections

from havre.platform.database.claims import hand_over

from . import claims
from .models import User

IDLE = timedelta(minutes=15)
IDLE_SHARED = timedelta(minutes=5)
DOOR = "door"  # in the data of a session: the password was right, the second factor is due


class SessionStore(SessionBase):
    """Django's session over the functions `begin_session`, `extend` and `end`; the key is the cookie's secret."""

    locked = False

    if TYPE_CHECKING:  # Django's own, which its types leave out
        _session: dict[str, Any]

        def _get_session(self, no_load: bool = False) -> dict[str, Any]: ...

    def load(self) -> dict[str, Any]:
        """The session's data, and whether it is locked; empty when the token opens none."""
        found = self._extend(None)
        if found is None:
            self._session_key = None
            return {}
        _user, data, self.locked = found
        return dict(json.loads(data))

    def _extend(self, data: str | None, lock: bool = False) -> tuple[Any, str, bool] | None:
        with connections["default"].cursor() as cursor:
            cursor.execute("select * from havre.extend(%s, %s)", [data, lock])
            return cursor.fetchone()

    def save(self, must_create: bool = False) -> None:
        """Stores the data; a session that does not exist yet begins, for the user it holds."""
        data = dict(self._get_session(no_load=must_create))
        if self.session_key and not must_create:
            self._extend(json.dumps(data))
            return
        if SESSION_KEY not in data:
            return
        self._session_key = secrets.token_urlsafe(32)
        token = claims.token_of(self._session_key)
        if data.get(DOOR):
            claims.begin_door(User.objects.get(pk=data[SESSION_KEY]), token, json.dumps(data))
            self.locked = True
            hand_over(token)
            return
        idle = IDLE_SHARED if data.get("shared") else IDLE
        claims.begin_session(User.objects.get(pk=data[SESSION_KEY]), token, json.dumps(data), idle)
        hand_over(token)

    @property
    def waits(self) -> bool:
        """Whether the second factor is still due."""
        return bool(self.get(DOOR))

    def lock(self) -> None:
        """From now on only the password opens it again."""
        self._extend(None, lock=True)

    def renew(self) -> None:
        """Opens a locked session, or one that waited for the second factor, under a new secret: it is replaced."""
        self._get_session()
        self._session.pop(DOOR, None)
        self.cycle_key()
        self.locked = False
        self.save()

    def create(self) -> None:
        """Nothing: a session begins when somebody signs in."""

    def cycle_key(self) -> None:
        """A new secret at the next save, the old session gone."""
        data = dict(self._session)
        self.delete()
        self._session_cache = data
        self._session_key = None
        self.modified = True

    def exists(self, session_key: str) -> bool:
        """Keys are drawn from 256 random bits and never met twice."""
        return False

    def delete(self, session_key: str | None = None) -> None:
        """Ends the session of this request."""
        if self.session_key:
            with connections["default"].cursor() as cursor:
                cursor.execute('select havre."end"()')
            hand_over("")

    @classmethod
    def clear_expired(cls) -> None:
        """Nothing: beginning a session clears those that have run out."""
