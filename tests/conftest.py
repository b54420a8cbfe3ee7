"""What tests of many folders are given."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.seeds import copy_seeds


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the real seeds, which a test may break."""
    return copy_seeds(tmp_path)
