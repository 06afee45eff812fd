"""The OpenAPI document: whole, true to the routes, and what a fuzzer finds to hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import CHECKS

from api.app import create_app
from graph.store import GraphStore
from tests.graphs import FIRM, HOME, MISSION, NEWS, PARTNER, SETTINGS, crowd, merge, stored, trade


def test_x() -> None:
    print(sorted(CHECKS.get_all_names()))
