"""The worker in a test: in this process under its own role, or as the process of an installation."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from tests import harness


@contextmanager
def under_the_role_of_the_worker() -> Iterator[None]:
    """Django's connection of this process is the worker's; nothing else may run in it meanwhile."""
    options = connections["default"].settings_dict["OPTIONS"]
    connections["default"].close()
    usual = options["options"]
    options["options"] = "-c role=havre_worker"
    try:
        yield
    finally:
        connections["default"].close()
        options["options"] = usual


def start(*more: str) -> subprocess.Popen[bytes]:
    """`havre worker` on the database of this test, with the role and the password of an installation."""
    url = harness.CLUSTER.url(harness.NAME)
    without = {"DJANGO_SETTINGS_MODULE", "HAVRE_OWNER", "HAVRE_ROLE"}
    environment = {name: value for name, value in os.environ.items() if name not in without}
    command = [sys.executable, "-m", "havre.site.cli", "worker", *more]
    return subprocess.Popen(command, env={**environment, "DATABASE_URL": url}, cwd=harness.ROOT)
