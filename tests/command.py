"""Runs the ``ordermill`` command inside of the test process, through the same door as the shell does."""

import json
from typing import Any

from typer.testing import CliRunner, Result

from cli.main import app


def ordermill(*arguments: str) -> Result:
    """Run the command; an exception that it lets out fails the test."""
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def ordermill_json(*arguments: str) -> Any:
    """Run the command and read the JSON on its standard output."""
    return json.loads(ordermill(*arguments).stdout)
