from django.urls import path

from . import views

app_name = "assessment"
urlpatterns = [
    path("people/<str:reference>/indicators/", views.indicators, name="indicators"),
    path("people/<str:reference>/indicators/<str:name>/", views.mark, name="mark"),
    path("people/<str:reference>/vulnerability/", views.vulnerability, name="vulnerability"),
    path("people/<str:reference>/vulnerability/<str:level>/", views.level, name="level"),
    path("places/<str:country>/", views.place, name="place"),
]
