"""Fixtures that all tests share."""

pytest_plugins = ["kit_browser"]
