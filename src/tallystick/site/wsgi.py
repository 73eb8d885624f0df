"""The door that the server knocks on."""

import os

from django.core.wsgi import get_wsgi_application

from tallystick.engine.memory import keep_freed_memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tallystick.site.settings")
keep_freed_memory()
application = get_wsgi_application()
