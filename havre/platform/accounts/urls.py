from django.urls import path

from . import views
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
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("names/", views.names, name="names"),
    *office,
]
