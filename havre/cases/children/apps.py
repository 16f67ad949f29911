from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "havre.cases.children"
    label = "children"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """No child is prepared for a return, or leaves, before it was determined to be best for them."""
        from havre.cases.people.actions.move import CONDITIONS

        from .standing import conditions

        for state in ("S8", "S9"):
            CONDITIONS.setdefault(state, []).append(conditions)
