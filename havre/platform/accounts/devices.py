"""What a browser is called in the list of one's sessions: coarse words, made of what it says of itself."""

from __future__ import annotations

from django.http import HttpRequest

# The first that is found counts: Edge says that it is Chrome, and Chrome that it is Safari.
BROWSERS = {
    "Firefox": "Firefox",
    "Edg": "Edge",
    "OPR": "Opera",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def device_of(request: HttpRequest) -> str:
    """For example `Firefox · Windows`; empty when the browser tells nothing that we know."""
    told = request.headers.get("User-Agent", "")
    found = (next((name for mark, name in each.items() if mark in told), "") for each in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))
