"""The look of Havre: page frame, parts, forms, sheet, icons and scripts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The Django app that carries templates and static files, and has no tables."""

    name = "havre.platform.ui"
    label = "ui"
    verbose_name = "Look"
