from django.urls import path

from havre.directory.checking.urls import urlpatterns as checking
from havre.directory.paper.urls import urlpatterns as paper
from havre.directory.search.urls import urlpatterns as search

from .views import card, country, edit

app_name = "directory"
urlpatterns = [
    *checking,
    *paper,
    *search,
    path("directory/", country.countries, name="countries"),
    path("directory/in/<str:country>/", country.country, name="country"),
    path("directory/<uuid:pk>/", card.card, name="card"),
    path("directory/<uuid:pk>/history/", card.history, name="history"),
    path("directory/<uuid:pk>/place/<uuid:place>/", card.place, name="place"),
    path("directory/new/", edit.new, name="new"),
    path("directory/<uuid:pk>/edit/", edit.card, name="edit"),
    path("directory/<uuid:pk>/edit/<slug:part>/", edit.add, name="add"),
    path("directory/<uuid:pk>/edit/<slug:part>/<uuid:row>/", edit.part, name="part"),
    path("directory/<uuid:pk>/edit/<slug:part>/<uuid:row>/remove/", edit.remove, name="remove"),
]
