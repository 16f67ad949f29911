from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "havre.cases.assistance"
    label = "assistance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The person is asked whether a body that was chosen for them may be told."""
        from havre.cases.people.actions.consent import BODIES

        from .offers import to_tell

        BODIES.append(to_tell)
