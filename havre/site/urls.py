"""Where each room is reached. A room's own addresses stand in its own urls.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("havre.platform.accounts.urls")),
    path("", include("havre.platform.audit.urls")),
    path("", include("havre.platform.notices.urls")),
    path("", include("havre.directory.urls")),
    path("", include("havre.platform.agreements.urls")),
    path("", include("havre.prevention.hub.urls")),
    path("", include("havre.prevention.campaigns.urls")),
    path("", include("havre.prevention.surveys.urls")),
    path("", include("havre.prevention.training.urls")),
    path("", include("havre.prevention.law.urls")),
    path("", include("havre.prevention.events.urls")),
    path("", include("havre.knowledge.hub.urls")),
    path("", include("havre.knowledge.library.urls")),
    path("", include("havre.knowledge.digest.urls")),
    path("", include("havre.site.countries.urls")),
    path("", include("havre.exchange.urls")),  # `people/import/` before `people/<reference>/`
    path("", include("havre.cases.intake.urls")),  # `people/group/` before `people/<reference>/`
    path("", include("havre.cases.people.urls")),  # `people/new/` before `people/<reference>/`
    path("", include("havre.cases.glass.urls")),
    path("", include("havre.cases.sharing.urls")),
    path("", include("havre.cases.casefile.urls")),
    path("", include("havre.cases.screening.urls")),
    path("", include("havre.cases.story.urls")),
    path("", include("havre.cases.assessment.urls")),
    path("", include("havre.cases.assistance.urls")),
    path("", include("havre.cases.health.urls")),
    path("", include("havre.cases.children.urls")),
    path("", include("havre.cases.returns.urls")),
    path("", include("havre.cases.reintegration.urls")),
    path("", include("havre.cases.followup.urls")),
    path("", include("havre.cases.handover.urls")),
    path("", include("havre.cases.papers.urls")),
]

handler400 = "havre.platform.ui.errors.bad"
handler403 = "havre.platform.ui.errors.forbidden"
handler404 = "havre.platform.ui.errors.missing"
handler500 = "havre.platform.ui.errors.broken"
