"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from . import certificate_views, level_views, open_views, paper_views, people_views, views

app_name = "training"
urlpatterns = [
    path("certificate/", open_views.check_any, name="check_any"),
    path("certificate/<str:code>/", open_views.check, name="check"),
    path("training/invitation/thanks/", open_views.thanks, name="thanks"),
    path("training/invitation/<str:token>/", open_views.invitation, name="invitation"),
    path("training/", views.listed, name="list"),
    path("training/new/", views.new, name="new"),
    path("training/matrix/", paper_views.matrix, name="matrix"),
    path("training/cards/", paper_views.cards, name="cards"),
    path("training/<uuid:pk>/", views.course, name="course"),
    path("training/<uuid:pk>/change/", views.change, name="change"),
    path("training/<uuid:pk>/rights/", views.rights, name="rights"),
    path("training/<uuid:pk>/session/", views.new_session, name="new_session"),
    path("training/session/<uuid:pk>/", views.session, name="session"),
    path("training/session/<uuid:pk>/change/", views.change_session, name="change_session"),
    path("training/session/<uuid:pk>/add/", people_views.add, name="add"),
    path("training/session/<uuid:pk>/file/", people_views.file, name="file"),
    path("training/session/<uuid:pk>/attendance/", people_views.attendance, name="attendance"),
    path("training/session/<uuid:pk>/attendance.xlsx", people_views.attendance_list, name="attendance_list"),
    path("training/session/<uuid:pk>/tests/", people_views.tests, name="tests"),
    path("training/session/<uuid:pk>/reaction/", level_views.reaction, name="reaction"),
    path("training/session/<uuid:pk>/level/<int:level>/", level_views.outcome, name="outcome"),
    path("training/session/<uuid:pk>/certificates/", certificate_views.issue, name="certificates"),
    path("training/trainee/<uuid:pk>/", people_views.trainee, name="trainee"),
    path("training/trainee/<uuid:pk>/remove/", people_views.remove, name="remove"),
    path("training/trainee/<uuid:pk>/invite/", people_views.invite, name="invite"),
    path("training/certificate/<uuid:pk>/", certificate_views.certificate, name="certificate"),
    path("training/certificate/<uuid:pk>/withdraw/", certificate_views.withdraw, name="withdraw"),
]
