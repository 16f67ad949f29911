"""Template tags of the look: icons from the sprite by our own names, and what form templates ask."""

from functools import cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from havre.platform.accounts.models import User
from havre.platform.permissions import Permission
from havre.platform.ui.forms import our_template
from havre.platform.ui.icons import ICONS

register = template.Library()

NOTICE_ICONS = {
    "flare": "alert-octagon",
    "lamp": "clock-exclamation",
    "calm": "circle-check",
    "dusk": "lock",
    "sand": "info-circle",
}
BADGE_ICONS = {
    "flare": "alert-octagon",
    "lamp": "clock-exclamation",
    "calm": "check",
    "dusk": "lock",
    "sand": "pencil",
    "line": "help-circle",
}
STATE_ICONS = {
    "answered": "check",
    "declined": "hand-stop",
    "unknown": "help-circle",
    "not_asked": "circle-dashed",
}
# Django's messages speak of success and error; the look speaks of meanings.
MESSAGE_TONES = {"success": "calm", "warning": "lamp", "error": "flare", "info": "", "debug": ""}
BARE = frozenset({"hidden", "checkbox", "radio", "range", "image", "submit"})


@register.simple_tag
@cache
def icon(name: str, flip: bool = False, large: bool = False) -> SafeString:
    """An icon that is only drawn: the word beside it speaks. An unknown name is refused."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"The icon {name!r} is not in havre/platform/ui/icons.py.")
    return format_html(
        '<svg class="hv-i{}{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        " hv-i--flip" if flip else "",
        " hv-i--l" if large else "",
        static("havre/build/icons.svg"),
        name,
    )


@register.filter
def may(user: Any, permission: str) -> bool:
    """Whether this user may do that, `case.write` for example; nobody may do nothing."""
    return isinstance(user, User) and user.may(Permission(permission))


@register.filter
def tone_class(tone: str) -> str:
    """The tone of a notice, also when it comes from Django's messages."""
    return MESSAGE_TONES.get(tone, tone)


@register.filter
def notice_icon(tone: str) -> str:
    """The icon that goes with the tone of a notice, when the page names none."""
    return NOTICE_ICONS.get(tone_class(tone), "info-circle")


@register.filter
def badge_icon(tone: str) -> str:
    """The icon that goes with the tone of a badge, when the page names none."""
    return BADGE_ICONS.get(tone, "circle-dashed")


@register.filter
def state_icon(state: str) -> str:
    """The icon of one of the four states of an answer."""
    return STATE_ICONS.get(state, "circle-dot")


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is a single box to tick, whose label stands inside it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the control that an error summary leads to."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def look_class(widget: dict[str, Any]) -> SafeString:
    """The class attribute of a widget: ours for boxes to write in, and what its form asks for."""
    ours = "" if widget.get("type") in BARE else "hv-input"
    names = f"{ours} {widget['attrs'].get('class', '')}".strip()
    return format_html(' class="{}"', names) if names else SafeString("")


@register.filter
def widget_template(widget: dict[str, Any]) -> str:
    """The template that draws one part of a widget made of several."""
    return our_template(widget["template_name"])
