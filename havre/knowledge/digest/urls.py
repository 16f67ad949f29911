"""The addresses of this room."""

from __future__ import annotations

from django.urls import path, re_path

from .views import desk, issues, public, sources

app_name = "digest"
urlpatterns = [
    path("knowledge/digest/", desk.stories, name="desk"),
    path("knowledge/digest/write/", desk.write, name="write"),
    path("knowledge/digest/stories/<uuid:pk>/pick/", desk.pick, name="pick"),
    path("knowledge/digest/stories/<uuid:pk>/aside/", desk.aside, name="aside"),
    path("knowledge/digest/stories/<uuid:pk>/part/", desk.part, name="part"),
    path("knowledge/digest/sources/", sources.sources, name="sources"),
    path("knowledge/digest/sources/new/", sources.new, name="feed_new"),
    path("knowledge/digest/sources/<uuid:pk>/", sources.feed, name="feed"),
    path("knowledge/digest/sources/<uuid:pk>/again/", sources.again, name="feed_again"),
    path("knowledge/digest/sources/<uuid:pk>/remove/", sources.remove, name="feed_remove"),
    path("knowledge/digest/places/", sources.hosts, name="hosts"),
    path("knowledge/digest/places/<uuid:pk>/remove/", sources.host_remove, name="host_remove"),
    path("knowledge/digest/issues/<uuid:pk>/", issues.issue, name="issue"),
    path("knowledge/digest/issues/<uuid:pk>/words/", issues.first_words, name="words"),
    path("knowledge/digest/issues/<uuid:pk>/publish/", issues.publish, name="publish"),
    path("knowledge/digest/issues/<uuid:pk>/again/", issues.again, name="again"),
    path("knowledge/digest/items/<uuid:pk>/", issues.item, name="item"),
    path("knowledge/digest/items/<uuid:pk>/drop/", issues.drop, name="drop"),
    path("digest/", public.archive, name="archive"),
    path("digest/feed.xml", public.atom, name="atom"),
    path("digest/subscribe/", public.subscribe, name="subscribe"),
    path("digest/thanks/<slug:what>/", public.thanks, name="thanks"),
    path("digest/confirm/<str:token>/", public.confirm, name="confirm"),
    path("digest/leave/<str:token>/", public.leave, name="leave"),
    re_path(r"^digest/(?P<year>20\d\d)-(?P<quarter>[1-4])/$", public.issue, name="open"),
    re_path(r"^digest/(?P<year>20\d\d)-(?P<quarter>[1-4])/text/$", public.plain, name="plain"),
]
