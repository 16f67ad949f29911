from django.urls import path

from . import views

urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("accounts/", views.people, name="people"),
    path("accounts/invite/", views.invite, name="invite"),
    path("accounts/teams/", views.teams, name="teams"),
    path("accounts/teams/<uuid:pk>/", views.team, name="team"),
    path("accounts/teams/<uuid:pk>/end/", views.team_end, name="team_end"),
    path("accounts/<uuid:pk>/", views.one, name="one"),
    path("accounts/<uuid:pk>/address/", views.address, name="address"),
    path("accounts/<uuid:pk>/roles/", views.move, name="move"),
    path("accounts/<uuid:pk>/invitation/", views.invite_again, name="invite_again"),
    path("accounts/<uuid:pk>/factors/", views.reset_factors, name="reset_factors"),
    path("accounts/<uuid:pk>/suspend/", views.suspend, name="suspend"),
    path("accounts/<uuid:pk>/back/", views.let_back, name="let_back"),
    path("accounts/<uuid:pk>/remove/", views.remove, name="remove"),
]
