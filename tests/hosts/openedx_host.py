"""The SCORM block of Open edX without its platform: openedx_host.py PACKAGE.zip. Says what it takes for the beginning, then
reads [name, value] a line and answers each with the grade that it publishes, if any."""

import json
import sys
import tempfile
from unittest.mock import Mock, PropertyMock, patch

from django.conf import settings

settings.configure(MEDIA_ROOT=tempfile.mkdtemp(), SECRET_KEY="x" * 40, INSTALLED_APPS=[], ALLOWED_HOSTS=["*"])
import django

django.setup()
from openedxscorm.scormxblock import ScormXBlock
from xblock.field_data import DictFieldData

patch.object(ScormXBlock, "xblock_settings", new_callable=PropertyMock, return_value={}).start()
for name in ["extract_folder_path", "extract_folder_base_path"]:
    patch.object(ScormXBlock, name, new_callable=PropertyMock, return_value="package").start()
block = ScormXBlock(Mock(), DictFieldData({}), Mock())
block.has_score = True
with open(sys.argv[1], "rb") as package:
    block.extract_package(package)
block.update_package_fields()
print(json.dumps({"begins": block.index_page_path, "version": block.scorm_version}), flush=True)
for line in sys.stdin:
    name, value = json.loads(line)
    block.runtime.publish.reset_mock()
    block.set_value({"name": name, "value": value})
    published = [call.args[2]["value"] for call in block.runtime.publish.call_args_list if call.args[1] == "grade"]
    print(json.dumps({"grade": published[-1] if published else None, "status": block.lesson_status}), flush=True)
