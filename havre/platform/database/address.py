"""From the owner's DATABASE_URL to the connection of each role."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

PREPARED_AFTER = 5  # uses of a statement on one connection
OPTIONAL = ("sslmode", "sslrootcert", "sslcert", "sslkey")


def connection(url: str, role: str | None, passwords: Path, become: str = "") -> dict[str, Any]:
    """Django's settings of one connection: as `role` with its own password, or as the owner when it is None."""
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    user, password = parts.get("user", ""), parts.get("password", "")
    if role is not None:
        user = role
        password = json.loads(passwords.read_text()).get(role, "") if passwords.exists() else ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "havre"),
        "USER": user,
        "PASSWORD": password,
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **{name: parts[name] for name in OPTIONAL if name in parts},
            # A value never stands in the statement's text: it would show in logs and in the activity view.
            "server_side_binding": True,
            # To parse and plan a statement under policies costs more than to run it, so those asked often are kept.
            "prepare_threshold": PREPARED_AFTER,
            **({"options": f"-c role={become}"} if become else {}),
        },
    }
