from havre.directory.checking.urls import urlpatterns as checking

app_name = "directory"
urlpatterns = [*checking]
