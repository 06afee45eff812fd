"""What `jamae doctor` looks at: settings with their origin, and a check a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from graph.errors import GraphError
from graph.model import CLAIM_KINDS
from graph.settings import LOOPBACK
from graph.store import walk_claims
from graph.values import Frozen
from jamae.session import NEO4J, open_to_read
from jamae.versions import versions

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import GraphStore, View

_HIDDEN = frozenset({"password", "cursor_secret"})
_SECONDS = 120.0


class Finding(Frozen):
    """One check: whether it passed, and what was seen or is to be done."""

    name: str
    passed: bool
    detail: str


class Setting(NamedTuple):
    """One setting as it may be shown, and what set it."""

    name: str
    value: str
    origin: str


class Checkup(Frozen):
    """All that doctor says."""

    versions: tuple[str, ...]
    settings: tuple[tuple[str, str, str], ...]
    checks: tuple[Finding, ...]


def settings_of(settings: Settings) -> list[Setting]:
    """The settings; of a secret only whether it is set."""
    shown = []
    for name, origin in settings.origin.items():
        value = getattr(settings, name, None)
        text = "" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
        if name in _HIDDEN:
            text = "set" if value else "not set"
        shown.append(Setting(name, text, origin))
    return shown


def examine(settings: Settings) -> list[Finding]:
    """Every check; those of the content only if the store opens."""
    found = _transport(settings)
    try:
        with open_to_read(settings) as store:
            return [_opened(store), *found, *_content(store)]
    except GraphError as error:
        return [Finding(name="store", passed=False, detail=str(error)), *found]


def _opened(store: GraphStore) -> Finding:
    return Finding(name="store", passed=True, detail=f"{store.url}: {store.engine()}")


def _transport(settings: Settings) -> list[Finding]:
    """For a server: whether a password is set, and whether the way there is closed to others."""
    parts = urlsplit(settings.store)
    if parts.scheme not in NEO4J:
        return []
    closed = parts.scheme.endswith("+s") or parts.hostname in LOOPBACK
    return [
        Finding(
            name="password",
            passed=settings.password is not None,
            detail="set" if settings.password else "set NEO4J_PASSWORD or NEO4J_PASSWORD_FILE",
        ),
        Finding(
            name="encryption",
            passed=closed,
            detail="TLS, or this machine only" if closed else "use neo4j+s:// or bolt+s://",
        ),
    ]


def _content(store: GraphStore) -> list[Finding]:
    """Whether records are loaded, and whether they make the version that is kept."""
    return store.read(_counted, seconds=_SECONDS)


def _counted(view: View) -> list[Finding]:
    counts = view.counts()
    nodes, claims = sum(counts.nodes.values()), sum(counts.claims.values())
    loaded = f"{counts.nodes.get('Source', 0)} sources, {nodes} nodes, {claims} claims"
    digest = sum(claim.digest() for kind in CLAIM_KINDS for claim in walk_claims(view, kind))
    sound = f"{digest % (1 << 128):032x}" == view.version()
    return [
        *_unfinished(view),
        Finding(
            name="records", passed=claims > 0, detail=loaded if claims else "none: jamae ingest"
        ),
        Finding(
            name="version",
            passed=sound,
            detail=view.version() if sound else "the claims do not make the version that is kept",
        ),
    ]


def _unfinished(view: View) -> list[Finding]:
    """A finding for each source that is there in part."""
    fix = "load the same file again, or take it out: jamae retract"
    return [
        Finding(name="loads", passed=False, detail=f"{one.source} is not whole; {fix}")
        for one in view.loading()
    ]


def print_findings(settings: Settings, findings: list[Finding], *, json: bool) -> None:
    """Print everything as tables, or as one JSON object."""
    rows = settings_of(settings)
    if json:
        from jamae.output import write

        checkup = Checkup(
            versions=tuple(versions()),
            settings=tuple((one.name, one.value, one.origin) for one in rows),
            checks=tuple(findings),
        )
        write(checkup.model_dump_json().encode() + b"\n")
        return
    from jamae.output import show
    from jamae.show import table
    from jamae.wording import Said

    words = Said(settings.lang)
    checks = [(o.name, words.own("pass" if o.passed else "fail"), o.detail) for o in findings]
    show(
        [
            *versions(),
            "",
            table(words.heads(("setting", "value", "origin")), rows),
            "",
            table(words.heads(("check", "result", "detail")), checks),
        ]
    )
