from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "havre.cases.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stands beside how life goes: the next visit, what the person says of the help, whether there is danger."""
        from havre.cases.reintegration.shown import BESIDE

        from .panels import beside

        BESIDE.append(("followup/beside.html", beside))
