"""The decoder's programs, for this machine and for aarch64: most tests here run with each."""

from __future__ import annotations

import pytest

from tests.decode.programs import Programs, build_aarch64, build_native


@pytest.fixture(scope="session")
def native() -> Programs:
    return build_native()


@pytest.fixture(scope="session", params=["native", "aarch64"])
def programs(request: pytest.FixtureRequest) -> Programs:
    return build_aarch64() if request.param == "aarch64" else build_native()
