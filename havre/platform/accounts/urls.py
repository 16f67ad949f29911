from django.urls import path

from . import mine, views
from .office.urls import urlpatterns as office

app_name = "accounts"
urlpatterns = [
    path("signin/", views.signin, name="signin"),
    path("signout/", views.signout, name="signout"),
    path("leave/", views.leave, name="leave"),
    path("weather/", views.weather, name="weather"),
    path("lock/", views.lock, name="lock"),
    path("unlock/", views.unlock, name="unlock"),
    path("confirm/", views.confirm, name="confirm"),
    path("passkey/", views.passkey, name="passkey"),
    path("persona/", views.persona, name="persona"),
    path("enrol/", mine.enrol, name="enrol"),
    path("me/", mine.mine, name="mine"),
    path("me/add/", mine.add, name="add"),
    path("me/drop/", mine.drop, name="drop"),
    path("me/recovery/", mine.recovery, name="recovery"),
    path("me/password/", mine.password, name="password"),
    path("me/end/", mine.end, name="end"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("names/", views.names, name="names"),
    *office,
]
