from django.urls import path

from . import views

app_name = "assistance"
urlpatterns = [
    path("people/<str:reference>/needs/", views.needs, name="needs"),
    path("people/<str:reference>/needs/agreed/", views.agreed, name="agreed"),
    path("people/<str:reference>/needs/<uuid:pk>/", views.need, name="need"),
    path("people/<str:reference>/needs/<uuid:pk>/met/", views.need_met, name="need_met"),
    path("people/<str:reference>/service/", views.service, name="service"),
    path("people/<str:reference>/service/<uuid:pk>/", views.service_edit, name="service_edit"),
]
