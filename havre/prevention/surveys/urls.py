"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from . import open_views, views
from .results import views as shown
from .views import items, links, loads

app_name = "surveys"
urlpatterns = [
    path("survey/<str:token>/", open_views.answer, name="answer"),
    path("survey/<str:token>/thanks/", open_views.thanks, name="thanks"),
    path("prevention/surveys/", views.list_, name="list"),
    path("prevention/surveys/new/", views.new, name="new"),
    path("prevention/surveys/of/<uuid:pk>/", shown.of, name="of"),
    path("prevention/surveys/<uuid:pk>/", views.one, name="one"),
    path("prevention/surveys/<uuid:pk>/edit/", views.edit, name="edit"),
    path("prevention/surveys/<uuid:pk>/do/", views.do, name="do"),
    path("prevention/surveys/<uuid:pk>/items/<slug:kind>/", items.new, name="new_item"),
    path("prevention/surveys/items/<uuid:pk>/", items.edit, name="item"),
    path("prevention/surveys/items/<uuid:pk>/do/", items.do, name="do_item"),
    path("prevention/surveys/<uuid:pk>/share/", links.share, name="share"),
    path("prevention/surveys/links/<uuid:pk>/end/", links.end, name="end_link"),
    path("prevention/surveys/links/<uuid:pk>/poster/", links.poster, name="poster"),
    path("prevention/surveys/<uuid:pk>/load/", loads.load, name="load"),
    path("prevention/surveys/<uuid:pk>/load/sheet.csv", loads.sheet, name="sheet"),
    path("prevention/surveys/loads/<uuid:pk>/out/", loads.out, name="unload"),
    path("prevention/surveys/<uuid:pk>/answers/", shown.answers, name="answers"),
    path("prevention/surveys/<uuid:pk>/results/", shown.results, name="results"),
    path("prevention/surveys/<uuid:pk>/evaluation/", shown.evaluation, name="evaluation"),
]
