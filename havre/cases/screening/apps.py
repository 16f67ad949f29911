from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "havre.cases.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tells the moves of a case what it means that a finding is there."""
        from havre.cases.people.actions.move import PROOFS

        from .answers import found

        PROOFS["finding"] = found
