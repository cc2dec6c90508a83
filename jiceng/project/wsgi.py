"""The WSGI application that `jiceng serve` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiceng.project.settings")
application = get_wsgi_application()
