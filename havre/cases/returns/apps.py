from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "havre.cases.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tells the moves of a case what must hold before somebody prepares, travels and is received."""
        from havre.cases.assistance.wanted import RETURNS
        from havre.cases.people.actions.consent import BODIES
        from havre.cases.people.actions.move import CONDITIONS, PROOFS

        from . import hard
        from .standing import destination, received, receives

        PROOFS["handover"] = received
        for state, told in (("S8", hard.chosen), ("S9", hard.before_departure), ("S9", hard.departed)):
            CONDITIONS.setdefault(state, []).append(told)
        CONDITIONS.setdefault("S10", []).append(hard.arrived)
        BODIES.append(receives)
        RETURNS.append(destination)
