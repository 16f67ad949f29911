"""What to do first when somebody is in danger: one sentence for each danger of the list."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIRST: dict[str, Promise] = {
    "exploiter_near": _("Agree on another place, or stay on the line until the person is out of sight and hearing."),
    "threats": _("Write down the threat word for word. Ask who else is threatened, and whether they know."),
    "locked_in": _(
        "Ask where the person is and who else is there. The emergency services can open a door; you cannot."
    ),
    "violence": _("Call the emergency services now if the person agrees, or if a life is at risk."),
    "medical": _("Call an ambulance now. Everything else waits."),
    "self_harm": _("Do not leave the person alone. Call the crisis service or the emergency services."),
    "child_alone": _("Call child protection now and stay with the child until an adult who is responsible arrives."),
    "no_shelter": _("Find a bed for tonight before anything else is asked."),
    "not_known": _("Ask again, quietly, when nobody else can hear."),
}
ALWAYS = _("Agree on when you speak next and how, and what happens if the person does not answer.")
