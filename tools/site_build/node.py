"""Run a script of this folder under Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from site_build.pins import Refusal


def transform(script: str, given: object, failure: str) -> dict:
    """Give a script JSON on its standard input, and return the JSON that it prints.

    Raise `Refusal`, with `failure` and what the script says, if it fails.
    """
    try:
        run = subprocess.run(
            ["node", Path(__file__).with_name(script)],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise Refusal("node is missing: install Node 20 or later.") from None
    if run.returncode:
        raise Refusal(f"{failure}: {run.stderr.strip()[:2000]}")
    return json.loads(run.stdout)
