from django.urls import path

from . import views

app_name = "papers"
urlpatterns = [
    path("people/<str:reference>/papers/", views.papers, name="papers"),
    path("people/<str:reference>/papers/copy/<int:number>/", views.copy, name="copy"),
    path("people/<str:reference>/papers/<str:kind>/", views.ask, name="ask"),
]
