"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from .views import open, parts, reading, writing

ROOM = "prevention/campaigns/"
ONE = f"{ROOM}<uuid:pk>/"

app_name = "campaigns"
urlpatterns = [
    path("campaign/<uuid:pk>/", open.campaign, name="open"),
    path("campaign/<uuid:pk>/file/<uuid:row>/", open.file, name="open_file"),
    path(ROOM, reading.campaigns, name="list"),
    path(f"{ROOM}new/", writing.new, name="new"),
    path(f"{ROOM}calendar/", reading.month, name="calendar"),
    path(f"{ROOM}map/", reading.places, name="map"),
    path(ONE, reading.one, name="one"),
    path(f"{ONE}calendar/", reading.month, name="own_calendar"),
    path(f"{ONE}map/", reading.places, name="own_map"),
    path(f"{ONE}summary/", reading.summary, name="summary"),
    path(f"{ONE}material/<uuid:row>/", reading.material, name="material"),
    path(f"{ONE}step/", writing.step, name="step"),
    path(f"{ONE}harm/", writing.harm, name="harm"),
    path(f"{ONE}rights/", writing.rights, name="rights"),
    path(f"{ONE}output/", parts.output, name="output"),
    path(f"{ONE}output/<uuid:row>/", parts.output, name="one_output"),
    path(f"{ONE}calls/", parts.calls, name="calls"),
    path(f"{ONE}calls/<uuid:row>/", parts.calls, name="one_calls"),
    path(f"{ONE}partner/", parts.partner, name="partner"),
    path(f"{ONE}bring/", parts.bring, name="bring"),
    path(f"{ONE}remove/<str:kind>/<uuid:row>/", parts.remove, name="remove"),
    path(f"{ONE}edit/<str:part>/", writing.part, name="part"),
]
