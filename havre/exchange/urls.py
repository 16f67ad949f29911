from django.urls import path

from . import outgoing_views, views
from .cards import views as cards
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
    path("directory/import/", cards.bring, name="bring_cards"),
    path("directory/import/<uuid:pk>/", cards.coming, name="cards_in"),
    path("directory/import/<uuid:pk>/faults.csv", cards.faults, name="cards_faults"),
    path("directory/import/<uuid:pk>/agree/", cards.agree, name="cards_agree"),
    path("directory/import/<uuid:pk>/again/", cards.again, name="cards_again"),
    path("directory/import/<uuid:pk>/cancel/", cards.cancel, name="cards_cancel"),
    path("directory/export/", cards.take, name="take_cards"),
    path("directory/export/<uuid:pk>/", cards.leaving, name="cards_out"),
    path("directory/export/<uuid:pk>/cancel/", cards.stop, name="cards_stop"),
    path("directory/export/<uuid:pk>/file/", cards.download, name="cards_download"),
    path("organizations", api.organizations, name="api_organizations"),
    path("organizations/<str:pk>", api.organization, name="api_organization"),
    path("services", api.services, name="api_services"),
    path("services/<str:pk>", api.service, name="api_service"),
    path("locations", api.locations, name="api_locations"),
    path("locations/<str:pk>", api.location, name="api_location"),
]
