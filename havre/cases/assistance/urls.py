from django.urls import path

from . import views

app_name = "assistance"
urlpatterns = [
    path("people/<str:reference>/needs/", views.needs, name="needs"),
    path("people/<str:reference>/needs/<uuid:pk>/", views.need, name="need"),
    path("people/<str:reference>/needs/<uuid:pk>/met/", views.need_met, name="need_met"),
    path("people/<str:reference>/needs/<uuid:pk>/find/", views.find, name="find"),
    path("people/<str:reference>/service/", views.service, name="service"),
    path("people/<str:reference>/service/<uuid:pk>/", views.service_edit, name="service_edit"),
    path("people/<str:reference>/plan/", views.plan, name="plan"),
    path("people/<str:reference>/plan/<int:number>/", views.plan_version, name="plan_version"),
    path("people/<str:reference>/risks/", views.risks, name="risks"),
    path("people/<str:reference>/risks/new/", views.risk, name="risk"),
    path("people/<str:reference>/risks/<uuid:pk>/", views.risk_again, name="risk_again"),
    path("people/<str:reference>/risks/<uuid:pk>/override/", views.risk_override, name="risk_override"),
    path("people/<str:reference>/legal/", views.legal, name="legal"),
    path("people/<str:reference>/legal/new/", views.legal_new, name="legal_new"),
    path("people/<str:reference>/legal/<uuid:pk>/", views.legal_edit, name="legal_edit"),
    path("people/<str:reference>/referrals/", views.referrals, name="referrals"),
    path("people/<str:reference>/referrals/send/", views.refer, name="refer"),
    path("people/<str:reference>/referrals/receive/", views.receive, name="receive"),
    path("people/<str:reference>/referrals/<uuid:pk>/", views.referral, name="referral"),
    path("people/<str:reference>/referrals/<uuid:pk>/recall/", views.recall, name="recall"),
]
