"""A chart of cost against size as SVG, both axes in powers of ten."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any

from bench.targets import GROWING, p50

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 760, 420, 70, 20, 190, 50
_COLOURS = {"embedded": "#1b6ca8", "neo4j": "#c0392b", "raw": "#b07d12", "networkx": "#5b7f3a"}
_DASHES = ("", "8 4", "2 4", "10 3 2 3")


def chart(sizes: Mapping[str, Any]) -> str:
    """Medians against claims: a colour for each column, a dash for each line of the workload."""
    series = list(_series(sizes))
    values = [value for *_, points in series for _, value in points]
    steps = sorted(int(size) for size in sizes)
    frame = _Frame(
        log10(steps[0]) - 0.1, log10(steps[-1]) + 0.1, floor(log10(min(values))), log10(max(values))
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        *frame.axes(steps),
        *(_curve(frame, *one) for one in series),
        *_key(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _series(sizes: Mapping[str, Any]) -> Iterator[tuple[str, str, list[tuple[int, float]]]]:
    ordered = sorted(sizes.items(), key=lambda item: int(item[0]))
    for column in _COLOURS:
        for line in GROWING:
            points = [
                (int(size), p50(told["columns"][column], line))
                for size, told in ordered
                if column in told["columns"]
            ]
            if points:
                yield column, line, points


class _Frame:
    """Where a number of claims and a time stand on the picture."""

    def __init__(self, first: float, last: float, low: float, high: float) -> None:
        self.first, self.last, self.low, self.high = first, last, low, high + 0.1

    def at(self, claims: float, value: float) -> tuple[float, float]:
        """The point, in the picture's units."""
        across = (log10(claims) - self.first) / (self.last - self.first)
        up = (log10(value) - self.low) / (self.high - self.low)
        return (
            round(_LEFT + across * (_WIDTH - _LEFT - _RIGHT), 1),
            round(_HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM), 1),
        )

    def axes(self, steps: list[int]) -> Iterator[str]:
        """Lines and labels for each size and each power of ten of milliseconds."""
        for power in range(int(self.low), floor(self.high) + 1):
            _, y = self.at(10**self.first, 10.0**power)
            yield f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
            yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g} ms</text>'
        for step in steps:
            x, _ = self.at(step, 10**self.low)
            yield f'<path d="M{x} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>'
            y = _HEIGHT - _BOTTOM + 20
            yield f'<text x="{x}" y="{y}" text-anchor="middle">{step:,}</text>'
        x, y = (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10
        yield f'<text x="{x}" y="{y}" text-anchor="middle">claims</text>'


def _curve(frame: _Frame, column: str, line: str, points: list[tuple[int, float]]) -> str:
    places = [frame.at(*point) for point in points]
    path = "L".join(f"{x} {y}" for x, y in places)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3"/>' for x, y in places)
    dash = _DASHES[GROWING.index(line)]
    return (
        f'<g fill="{_COLOURS[column]}" stroke="{_COLOURS[column]}">'
        f'<path d="M{path}" fill="none" stroke-width="2" stroke-dasharray="{dash}"/>{dots}</g>'
    )


def _key() -> Iterator[str]:
    x = _WIDTH - _RIGHT + 15
    for number, (column, colour) in enumerate(_COLOURS.items()):
        y = _TOP + 15 + 20 * number
        yield f'<rect x="{x}" y="{y - 9}" width="24" height="10" fill="{colour}"/>'
        yield f'<text x="{x + 32}" y="{y}">{column}</text>'
    for number, line in enumerate(GROWING):
        y = _TOP + 115 + 20 * number
        dash = _DASHES[number]
        yield (
            f'<path d="M{x} {y - 4}h24" stroke="#444" stroke-width="2" stroke-dasharray="{dash}"/>'
            f'<text x="{x + 32}" y="{y}">{line}</text>'
        )
