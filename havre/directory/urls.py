from havre.directory.checking.urls import urlpatterns as checking
from havre.directory.paper.urls import urlpatterns as paper

app_name = "directory"
urlpatterns = [*checking, *paper]
