"""What a person types for a parameter of a question: `--min-grade`, PARTNER, PATH."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, get_args

from typer.models import ArgumentInfo, OptionInfo

if TYPE_CHECKING:
    from collections.abc import Callable

_CALLED = {
    "kind": "kinds",
    "target": "address",
    "name": "center",
    "place": "places",
    "code": "codes",
    "severity": "severities",
    "format": "form",
    "from": "start",
    "to": "goal",
}
"""What a parameter is called by a verb that has none of its name."""


def as_typed(verb: Callable[..., object], param: str) -> str:
    """The option or argument of a verb that gives a parameter; its own name if none does."""
    taken = signature(verb, eval_str=True).parameters
    name = param if param in taken else _CALLED.get(param, param)
    if name not in taken:
        return param
    for info in get_args(taken[name].annotation)[1:]:
        if isinstance(info, OptionInfo):
            return _option(info) or f"--{name.replace('_', '-')}"
        if isinstance(info, ArgumentInfo):
            return info.metavar or name.upper()
    return param


def _option(info: OptionInfo) -> str | None:
    """The first name that an option was given; in `Annotated` it stands where the default does."""
    names = (info.default, *(info.param_decls or ()))
    return next((one for one in names if isinstance(one, str) and one.startswith("--")), None)
