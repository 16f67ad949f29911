from django.urls import path

from . import views

app_name = "glass"
urlpatterns = [
    path("emergency/", views.ask, name="ask"),
    path("emergency/<uuid:pk>/", views.use, name="use"),
    path("emergency/<uuid:pk>/end/", views.end, name="end"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<uuid:pk>/", views.review, name="review"),
    path("reviews/<uuid:pk>/end/", views.stop, name="stop"),
]
