from django.urls import path

from . import open_views

urlpatterns = [
    path("directory/check/thanks/", open_views.thanks, name="thanks"),
    path("directory/check/<str:token>/", open_views.check, name="check"),
]
