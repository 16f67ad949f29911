"""The addresses of this room."""

from __future__ import annotations

from django.urls import path, register_converter

from havre.kernel.references import ALPHABET

from . import list_views, open_views, views
from .models.publications import LENGTH


class Code:
    """The short name of a publication."""

    regex = f"[{ALPHABET.lower()}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Form:
    """How a list is written."""

    regex = "bib|json"
    to_python = Code.to_python
    to_url = Code.to_url


register_converter(Code, "publication")
register_converter(Form, "bibliography")

app_name = "library"
urlpatterns = [
    path("library/", open_views.library, name="open"),
    path("library/<publication:code>/", open_views.publication, name="publication"),
    path("library/<publication:code>/file/<uuid:pk>/", open_views.download, name="download"),
    path("library/<publication:code>.<bibliography:form>", open_views.cite, name="cite"),
    path("knowledge/library/", views.find, name="find"),
    path("knowledge/library/new/", views.new, name="new"),
    path("knowledge/library/bring/", list_views.bring, name="bring"),
    path("knowledge/library/checks/", list_views.checks, name="checks"),
    path("knowledge/library/out/library.<bibliography:form>", list_views.out, name="out"),
    path("knowledge/library/<publication:code>/", views.record, name="record"),
    path("knowledge/library/<publication:code>.<bibliography:form>", list_views.cite_kept, name="cite_kept"),
    path("knowledge/library/<publication:code>/change/", views.change, name="change"),
    path("knowledge/library/<publication:code>/remove/", views.remove, name="remove"),
    path("knowledge/library/<publication:code>/file/", views.add_file, name="add_file"),
    path("knowledge/library/<publication:code>/file/<uuid:pk>/", views.read_file, name="read_file"),
    path("knowledge/library/<publication:code>/file/<uuid:pk>/change/", views.file, name="file"),
]
