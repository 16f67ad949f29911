"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from .views import agreements, calendar, events, plans

app_name = "events"
EVENT, PLAN = "prevention/events/<uuid:pk>/", "prevention/plans/<uuid:pk>/"
ACTION, AGREEMENT = "prevention/actions/<uuid:pk>/", "prevention/agreements/<uuid:pk>/"
urlpatterns = [
    path("prevention/events/", events.listed, name="list"),
    path("prevention/events/new/", events.write, name="new"),
    path(EVENT, events.one, name="one"),
    path(f"{EVENT}edit/", events.write, name="edit"),
    path(f"{EVENT}came/", events.came, name="came"),
    path(f"{EVENT}paper/", events.paper, name="paper"),
    path(f"{EVENT}paper/<uuid:row>/", events.file, name="file"),
    path(f"{EVENT}conclusion/", events.conclusion, name="conclusion"),
    path(f"{EVENT}remove/<str:kind>/<uuid:row>/", events.remove, name="remove"),
    path("prevention/plans/", plans.plans, name="plans"),
    path("prevention/plans/new/", plans.write, name="new_plan"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}edit/", plans.write, name="edit_plan"),
    path(f"{PLAN}action/", plans.action, name="new_action"),
    path(f"{PLAN}action/<uuid:row>/", plans.action, name="edit_action"),
    path("prevention/actions/overdue/", plans.overdue, name="overdue"),
    path(ACTION, plans.done, name="action"),
    path(f"{ACTION}note/", plans.note, name="note"),
    path("prevention/agreements/", agreements.agreements, name="agreements"),
    path("prevention/agreements/new/", agreements.write, name="new_agreement"),
    path(AGREEMENT, agreements.agreement, name="agreement"),
    path(f"{AGREEMENT}edit/", agreements.write, name="edit_agreement"),
    path(f"{AGREEMENT}renew/", agreements.renew, name="renew"),
    path("prevention/calendar/", calendar.calendar, name="calendar"),
    path("prevention/calendar/key/", calendar.key, name="key"),
    path("events.ics", calendar.open_feed, name="open_feed"),
    path("calendar/<str:secret>.ics", calendar.own_feed, name="feed"),
]
