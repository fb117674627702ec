"""Runs wagtail-lms on a local port: wagtail_host.py DATA PORT PACKAGE.zip. Prints a session ID for each learner as JSON, then serves
the site, and what it has stored for a learner at /stored/LEARNER."""

import json
import sys
from pathlib import Path

import django
from django.conf import settings

data, port, package = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
apps = "contrib.forms contrib.redirects embeds sites users snippets documents images search admin".split()
contrib = "admin auth contenttypes sessions messages staticfiles".split()
middleware = "contrib.sessions.middleware.Session contrib.auth.middleware.Authentication contrib.messages.middleware.Message"
settings.configure(
    SECRET_KEY="x" * 40,
    DEBUG=True,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="__main__",
    INSTALLED_APPS=[
        "wagtail_lms",
        *(f"wagtail.{name}" for name in apps),
        "wagtail",
        "modelcluster",
        "taggit",
        *(f"django.contrib.{name}" for name in contrib),
    ],
    MIDDLEWARE=[f"django.{name}Middleware" for name in middleware.split()],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": data / "db.sqlite3", "OPTIONS": {"timeout": 30}}},
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"base.html": "{% block content %}{% endblock %}"}),
                    "django.template.loaders.app_directories.Loader",
                ],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
    MEDIA_ROOT=data / "media",
    MEDIA_URL="/media/",
    STATIC_URL="/static/",
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    WAGTAIL_SITE_NAME="host",
    WAGTAILADMIN_BASE_URL="http://127.0.0.1",
    WAGTAIL_LMS_AUTO_ENROLL=True,
)
django.setup()

from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.management import call_command
from django.http import JsonResponse
from django.test import Client
from django.urls import include, path
from wagtail.models import Page
from wagtail_lms.models import CoursePage, SCORMAttempt, SCORMData, SCORMLessonPage, SCORMPackage


def stored(_, learner):
    """The values that are stored for a learner, by key, and the status and score of the attempt."""
    attempt = SCORMAttempt.objects.filter(user__username=learner).first()
    values = {row.key: row.value for row in SCORMData.objects.filter(attempt=attempt)} if attempt else {}
    if attempt:
        values["attempt"] = attempt.completion_status
        values["attempt.score"] = "" if attempt.score_raw is None else str(attempt.score_raw)
    return JsonResponse(values)


urlpatterns = [path("lms/", include("wagtail_lms.urls")), path("stored/<learner>", stored)]

call_command("migrate", verbosity=0)
with package.open("rb") as file:
    scorm = SCORMPackage(title="package")
    scorm.package_file.save(package.name, File(file))
course = Page.objects.get(depth=2).add_child(instance=CoursePage(title="Course", slug="course"))
lesson = course.add_child(instance=SCORMLessonPage(title="Lesson", slug="lesson", scorm_package=scorm))
sessions = {}
for name in ["ada", "ben", "cleo", "dan", "eve", "finn"]:
    client = Client()
    client.force_login(get_user_model().objects.create_user(name))
    sessions[name] = client.cookies["sessionid"].value
print(json.dumps({"lesson": lesson.pk, "launch": scorm.launch_url, "sessions": sessions}), flush=True)
call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True, verbosity=0)
