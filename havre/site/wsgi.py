"""The application, for gunicorn. It refuses to start on a role or a server that breaks its promises."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havre.site.settings")
application = get_wsgi_application()

from havre.platform.database.guard import refuse_unsafe  # noqa: E402 - settings come first

refuse_unsafe()

from havre.site.demo.founding import refuse_strangers  # noqa: E402

refuse_strangers()
