"""The verbs that give everything out: export, serve, get, doctor."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jamae.failures import FAILURE, UNAVAILABLE, USAGE, Refused, Reported
from jamae.options import Json, Lang, Store


class Format(StrEnum):
    """What can be exported."""

    NDJSON = "ndjson"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    HTML = "html"
    NEO4J_IMPORT = "neo4j-import"


def export(
    form: Annotated[
        Format,
        typer.Argument(
            metavar="FORMAT",
            help="ndjson: every statement, can be loaded again. graphml, gexf: for graph "
            "programs. csv: the deals. html: one offline page around --center. neo4j-import: a "
            "folder for the bulk importer of a Neo4j server.",
        ),
    ],
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Where to write; without it, stdout."),
    ] = None,
    center: Annotated[
        str | None,
        typer.Option("--center", metavar="NAME", help="html: what to show the network around."),
    ] = None,
    depth: Annotated[
        int, typer.Option("--depth", metavar="N", help="html: steps away, 1 to 3.")
    ] = 1,
    raw: Annotated[
        bool, typer.Option("--raw", help="csv: do not guard texts that look like formulas.")
    ] = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Write the graph, the deals or a page.

    A file, or folder, appears whole or not at all. neo4j-import prints the command to run.

    Example: jamae export ndjson graph.ndjson
    """
    from jamae.exporting import Wanted, write_export, write_import_files
    from jamae.session import open_to_read, read_settings

    if (form is Format.HTML) is not (center is not None):
        raise Refused("html needs --center NAME, and no other format takes it")
    if form is Format.NEO4J_IMPORT and file is None:
        raise Refused("neo4j-import needs a folder to write into: jamae export neo4j-import DIR")
    settings = read_settings(store=store, lang=lang)
    with open_to_read(settings) as graph:
        if form is Format.NEO4J_IMPORT and file is not None:
            print(write_import_files(graph, file))
            return
        write_export(graph, Wanted(form.value, settings.lang, center, depth, raw), file)


def serve(
    host: Annotated[
        str | None,
        typer.Option("--host", metavar="NAME", help="Else JAMAE_HOST, else this machine only."),
    ] = None,
    port: Annotated[
        str | None, typer.Option("--port", metavar="N", help="Else JAMAE_PORT, else 8000.")
    ] = None,
    embed: Annotated[
        str | None,
        typer.Option(
            "--embed",
            metavar="SITES",
            help="Sites that may show a scene in their pages, by comma; else JAMAE_EMBED, or none.",
        ),
    ] = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Serve the pages and the HTTP API.

    The address is printed once it answers; Ctrl-C or SIGTERM ends it.

    Example: jamae serve --port 8000
    """
    from jamae.server import serve_store
    from jamae.session import open_to_read, read_settings, with_password

    flags = {"store": store, "lang": lang, "host": host, "port": port, "embed": embed}
    settings = with_password(read_settings(**flags))
    with open_to_read(settings) as graph:
        serve_store(settings, graph)


def get(
    address: Annotated[
        str, typer.Argument(metavar="PATH", help="A path of the HTTP API: /v1/search?q=반둥")
    ],
    store: Store = None,
) -> None:
    """Answer an API request without a server.

    The body goes to stdout, whatever the status. Exit code 2 for an answer of 4xx, 4 for
    503, 1 for other 5xx.

    Example: jamae get /v1/limits
    """
    from jamae.output import write
    from jamae.session import ask_api, open_to_read, read_settings

    settings = read_settings(store=store)
    with open_to_read(settings) as graph:
        reply = ask_api(settings, graph, address)
    write(reply.body)
    if reply.status >= 400:
        print(f"error[http]: the API answers {reply.status}", file=sys.stderr)
        code = {503: UNAVAILABLE}.get(reply.status, FAILURE)
        raise Reported(USAGE if reply.status < 500 else code)


def doctor(store: Store = None, lang: Lang = None, json: Json = False) -> None:
    """Show the settings and check the store.

    Each setting with what set it: a flag, a variable, or the default. Exit code 4 if the
    store cannot be opened, 1 if another check fails.

    Example: jamae doctor
    """
    from jamae.checkup import examine, print_findings
    from jamae.session import read_settings

    settings = read_settings(store=store, lang=lang)
    findings = examine(settings)
    print_findings(settings, findings, json=json)
    if failed := [one for one in findings if not one.passed]:
        raise Reported(UNAVAILABLE if failed[0].name == "store" else FAILURE)
