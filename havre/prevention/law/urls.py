"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from .views import bringing, drafting, laws, open, register, scores, texts

app_name = "law"
HERE, HELP = "prevention/law/", "prevention/law/help/"
urlpatterns = [
    path("law/", open.register, name="open"),
    path("law/in/<str:country>/", open.country, name="open_country"),
    path("law/<uuid:pk>/", open.law, name="open_law"),
    path(HERE, register.home, name="home"),
    path(f"{HERE}treaties/", register.treaties, name="treaties"),
    path(f"{HERE}bring/", bringing.bring_in, name="bring_in"),
    path(f"{HERE}bring/sheet/", bringing.sheet, name="sheet"),
    path(f"{HERE}compare/", register.compare, name="compare"),
    path(f"{HERE}in/<str:country>/", register.country, name="country"),
    path(f"{HERE}in/<str:country>/treaty/<str:instrument>/", register.status, name="status"),
    path(f"{HERE}new/", laws.law_new, name="law_new"),
    path(f"{HERE}<uuid:pk>/", laws.law, name="law"),
    path(f"{HERE}<uuid:pk>/edit/<slug:part>/", laws.law_edit, name="law_edit"),
    path(f"{HERE}<uuid:pk>/covers/<slug:group>/", laws.points, name="points"),
    path(f"{HERE}<uuid:pk>/rights/", laws.rights, name="rights"),
    path(f"{HERE}scores/", scores.scores, name="scores"),
    path(f"{HERE}scores/new/", scores.score_new, name="score_new"),
    path(f"{HERE}scores/<uuid:pk>/", scores.score, name="score"),
    path(HELP, drafting.helps, name="helps"),
    path(f"{HELP}new/", drafting.help_new, name="help_new"),
    path(f"{HELP}<uuid:pk>/", drafting.help, name="help"),
    path(f"{HELP}<uuid:pk>/edit/", drafting.help_edit, name="help_edit"),
    path(f"{HELP}<uuid:pk>/log/<uuid:step>/", drafting.step, name="step"),
    path(f"{HELP}<uuid:pk>/log/<slug:kind>/", drafting.step_new, name="step_new"),
    path(f"{HELP}<uuid:pk>/texts/new/", texts.text_new, name="text_new"),
    path(f"{HELP}<uuid:pk>/texts/<int:number>/", texts.text, name="text"),
    path(f"{HELP}<uuid:pk>/texts/<int:number>/comment/", texts.comment, name="comment"),
    path(f"{HELP}<uuid:pk>/comments/<uuid:comment>/", texts.answer, name="answer"),
    path(f"{HELP}<uuid:pk>/compare/", texts.side, name="side"),
]
