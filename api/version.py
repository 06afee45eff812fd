"""Which code answers: part of every `ETag`, so that no answer outlives the code that made it."""

from importlib.metadata import PackageNotFoundError, version

API_VERSION = "1.0.0"


def _installed() -> str:
    try:
        return version("jamae")
    except PackageNotFoundError:
        return "0"


CODE_VERSION = f"{API_VERSION}/{_installed()}"
