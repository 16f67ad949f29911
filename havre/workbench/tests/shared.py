"""The benchmark files that stand beside a checkout, where they do; never a part of the repository."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHARED = next((each / "shared" for each in ROOT.parents if (each / "shared" / "bench").is_dir()), ROOT / "shared")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the benchmark files are not beside this checkout")
