"""Runs the SCORM block of Open edX on a local port, with its own page and script: openedx_host.py DATA PORT PACKAGE.zip. Prints the
launch page that it found as JSON, then serves the package at /?learner=NAME and what the block has stored at /stored/NAME."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from unittest.mock import PropertyMock, patch
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings

data, port, package = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
engine = {"BACKEND": "django.template.backends.django.DjangoTemplates"}
settings.configure(MEDIA_ROOT=data, SECRET_KEY="x" * 40, INSTALLED_APPS=[], ALLOWED_HOSTS=["*"], TEMPLATES=[engine])
django.setup()

from django.contrib import admin
from openedxscorm.scormxblock import ScormXBlock
from webob import Request
from xblock.field_data import DictFieldData

for name, value in {"xblock_settings": {}, "extract_folder_path": "package", "extract_folder_base_path": "package"}.items():
    patch.object(ScormXBlock, name, new_callable=PropertyMock, return_value=value).start()

JQUERY = Path(admin.__file__).parent / "static/admin/js/vendor/jquery/jquery.min.js"


class Runtime:
    """What the platform provides to one learner's block."""

    def __init__(self, learner):
        self.user = SimpleNamespace(opt_attrs={"edx-platform.user_id": learner, "edx-platform.username": learner})
        self.learner, self.grade = learner, None

    def handler_url(self, _block, handler, *_):
        return f"/{self.learner}/{handler}"

    def service(self, _block, _name):
        return SimpleNamespace(get_current_user=lambda: self.user)

    def publish(self, _block, event, data):
        if event == "grade":
            self.grade = data["value"]


def block_of(learner, fields=None):
    block = ScormXBlock(Runtime(learner), DictFieldData(dict(fields or {})), SimpleNamespace(usage_id="block", user_id=learner))
    block.has_score = True
    return block


studio = block_of("studio")
with open(package, "rb") as file:
    studio.extract_package(file)
studio.package_meta = {"sha1": "package"}
studio.update_package_fields()
FIELDS = ["package_meta", "index_page_path", "scorm_version", "has_score"]
lock, blocks = Lock(), {}

PAGE = """<!doctype html><title>platform</title>{html}<script src="/jquery.js"></script><script>{scripts}
ScormXBlock({{ handlerUrl: (_, name) => "/{learner}/" + name }}, document.body, {settings});</script>"""


class Platform(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, body, kind="text/html", status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def page(self, learner):
        view = blocks[learner].student_view()
        scripts = "\n".join(part.data for part in view.resources if part.mimetype == "application/javascript")
        html = PAGE.format(html=view.content, scripts=scripts, learner=learner, settings=json.dumps(view.json_init_args))
        self.answer(html.encode())

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/jquery.js":
            return self.answer(JQUERY.read_bytes(), "text/javascript")
        first, _, rest = url.path.strip("/").partition("/")
        learner = parse_qs(url.query)["learner"][0] if not first else rest if first == "stored" else first
        with lock:
            block = blocks.setdefault(learner, block_of(learner, {name: getattr(studio, name) for name in FIELDS}))
            if not first:
                return self.page(learner)
            if first == "stored":
                return self.answer(json.dumps(stored(block)).encode(), "application/json")
            answer = block.assets_proxy(Request.blank(self.path), rest.removeprefix("assets_proxy/"))
        self.answer(answer.body, answer.content_type, answer.status_int)

    def do_POST(self):
        learner, handler = self.path.strip("/").split("/")
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        with lock:
            answer = getattr(blocks[learner], handler)(Request.blank(self.path, method="POST", body=body), "")
        self.answer(answer.body, "application/json", answer.status_int)


def stored(block):
    """The values that were written, overridden by what the block made of them: its statuses and the grade that it published."""
    is_scorm12 = block.scorm_version == "SCORM_12"
    grade = "" if block.runtime.grade is None else round(block.runtime.grade * 100)
    status = block.success_status if block.success_status != "unknown" else block.lesson_status
    derived = {"core.lesson_status": status, "core.score.raw": grade} if is_scorm12 else {
        "completion_status": block.lesson_status,
        "success_status": block.success_status,
        "score.raw": grade,
    }
    return {**block.scorm_data, **{f"cmi.{name}": str(value) for name, value in derived.items()}}


found = {"launch": studio.index_page_path, "version": studio.scorm_version, "warnings": studio.package_warnings}
print(json.dumps(found), flush=True)
ThreadingHTTPServer(("127.0.0.1", port), Platform).serve_forever()
