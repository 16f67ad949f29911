from django.apps import AppConfig


class StoryConfig(AppConfig):
    name = "havre.cases.story"
    label = "story"
    default_auto_field = "django.db.models.BigAutoField"
