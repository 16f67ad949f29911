from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "havre.cases.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Drafts of every room's forms are kept here."""
        from havre.platform.ui.sheets import STORES

        from . import drafts

        STORES.append(drafts)
