"""The options and arguments that several verbs share, named once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="sqlite:///FILE (a path from the root has four slashes: sqlite:////tmp/x.db) or "
        "neo4j://HOST:7687 (also neo4j+s, bolt, bolt+s). "
        "Else JAMAE_STORE, NEO4J_URI, NEO4J_URL, else a file in your data folder.",
        show_default=False,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="ko|en",
        help="Language of the output. Else JAMAE_LANG, else your locale.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the JSON body that the HTTP API gives.")]
Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A name in any language or spelling, led by what contains it if need be "
        '("광주 북구"), an id, or an identifier (Q10389).',
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Leave out what came later: 2025-11-13, 2023-04 or 1990.",
        show_default=False,
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Follow claims of this kind only, such as SISTER_CITY; may be repeated.",
        show_default=False,
    ),
]
What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WHAT",
        help="Paths: records and decisions (.yaml), exports (.ndjson), registers (.csv, .tsv, "
        ".xlsx) with their .source.yaml beside them, folders of these or of CSV tables. Or lists "
        "by name: articles, wikidata, places, twincities FILE, register FILE…; ./NAME is a path. "
        "Without any: all that comes with jamae.",
        show_default=False,
    ),
]
Undecided = Annotated[
    Path | None,
    typer.Option(
        "--undecided",
        metavar="FILE",
        help="Write the places that may be one of several cities as a decisions file to edit.",
        show_default=False,
    ),
]
Live = Annotated[
    bool,
    typer.Option("--live", help="wikidata: ask Wikidata now, and do not read the extract."),
]
MaxErrors = Annotated[
    int, typer.Option("--max-errors", metavar="N", min=0, help="How many problems to print.")
]
