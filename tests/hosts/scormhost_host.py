"""Runs scormhost on a local port, with its data in a folder: scormhost_host.py DATA PORT."""

import sys

import uvicorn
from scormhost import create_scorm_app

data, port = sys.argv[1:]
app = create_scorm_app(data_dir=data, secret_key="x" * 40)
uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
