from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "havre.knowledge.hub"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"
