from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "havre.cases.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tells the moves of a case what it means that somebody was handed over from abroad."""
        from havre.cases.people.actions.move import PROOFS

        from .standing import received

        PROOFS["handover"] = received
