from django.urls import path

from . import outgoing_views, views
from .hsds import api

app_name = "exchange"
urlpatterns = [
    path("people/import/", views.bring, name="bring"),
    path("people/import/htcds.xlsx", views.template, name="template"),
    path("people/import/<uuid:pk>/", views.register, name="register"),
    path("people/import/<uuid:pk>/faults.csv", views.faults, name="faults"),
    path("people/import/<uuid:pk>/agree/", views.agree, name="agree"),
    path("people/import/<uuid:pk>/again/", views.again, name="again"),
    path("people/import/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("people/export/", outgoing_views.take, name="take"),
    path("people/export/<uuid:pk>/", outgoing_views.leaving, name="leaving"),
    path("people/export/<uuid:pk>/begin/", outgoing_views.begin, name="begin"),
    path("people/export/<uuid:pk>/cancel/", outgoing_views.cancel, name="stop"),
    path("people/export/<uuid:pk>/file/", outgoing_views.download, name="download"),
    path("organizations", api.organizations, name="api_organizations"),
    path("organizations/<str:pk>", api.organization, name="api_organization"),
    path("services", api.services, name="api_services"),
    path("services/<str:pk>", api.service, name="api_service"),
    path("locations", api.locations, name="api_locations"),
    path("locations/<str:pk>", api.location, name="api_location"),
]
