"""How scripts are sent: modules that go together as one file, without what only people read.

The modules stay as they are written; this is done when the first page is asked for. Each keeps a
scope of its own, so two may call a thing by the same name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

_IMPORT = re.compile(r'^import \{ ([^}]*) \} from "\./([\w./-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*/\*\*(?:(?!\*/)[\s\S])*\*/[ \t]*\n|^[ \t]*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_CAST = re.compile(r"/\*\* @type [^\n]*?\*/ ?")


def bare(text: str) -> str:
    """A script without the comments that stand on lines of their own, casts and indents."""
    return _INDENT.sub("", _CAST.sub("", _COMMENT.sub("", text)))


def bare_style(text: str) -> str:
    """A sheet without comments and indents."""
    return _INDENT.sub("", _STYLE_COMMENT.sub("", text))


def joined(
    names: Sequence[str], text_of: Callable[[str], str], bundles: Mapping[str, Sequence[str]]
) -> str:
    """These modules as one script; what stands in another of the `bundles` is imported from it.

    Each must come after those it imports; what the last of them exports, the script exports.
    """
    home = {module: bundle for bundle, modules in bundles.items() for module in modules}
    foreign: dict[str, set[str]] = {}
    scopes = []
    for name in names:
        text = bare(text_of(name))
        for _, source in _IMPORT.findall(text):
            if source not in names:
                foreign.setdefault(home.get(source, source), set()).add(source)
        scopes.append(_scope(name, text))
    imports = (_import(place, wanted) for place, wanted in sorted(foreign.items()))
    return "".join((*imports, *scopes))


def exported(names: Sequence[str], text_of: Callable[[str], str]) -> str:
    """What a script of these modules gives to others: each module, and what the last exports."""
    own = [found for _, found in _EXPORT.findall(text_of(names[-1]))]
    given = f"export const {{ {', '.join(own)} }} = {_variable(names[-1])};\n" if own else ""
    return f"export {{ {', '.join(map(_variable, names))} }};\n{given}"


def _import(place: str, wanted: set[str]) -> str:
    if wanted == {place}:
        return f'import * as {_variable(place)} from "./{place}";\n'
    return f'import {{ {", ".join(sorted(map(_variable, wanted)))} }} from "./{place}";\n'


def _scope(name: str, text: str) -> str:
    names = [found for _, found in _EXPORT.findall(text)]
    inner = _IMPORT.sub(lambda one: f"const {{ {one[1]} }} = {_variable(one[2])};\n", text)
    body = _EXPORT.sub(r"\1", inner)
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();\n"


def _variable(name: str) -> str:
    """What a module is called in a joined script; no name in a module has a `$`."""
    return re.sub(r"\W", "_", name.removesuffix(".js")) + "$"
