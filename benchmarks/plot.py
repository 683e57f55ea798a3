"""A plot of lines on two logarithmic axes, as SVG text that suits light and dark pages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 880, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 345, 20, 60
_X_TICKS = (5, 10, 20, 50, 100, 200, 500)
_Y_TICKS = (1, 2, 5, 10, 20, 50, 100, 200)
_COLOURS = ("#8c8c8c", "#c2452d", "#d98324", "#8a6fd1", "#2f8f6b", "#3b82c4", "#1f6feb")
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.axis { stroke: #57606a; stroke-width: 1 }
.grid { stroke: #57606a; stroke-width: 1; opacity: .2 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .axis, .grid { stroke: #8b949e } }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its points, from left to right."""

    name: str
    points: Sequence[tuple[float, float]]
    strong: bool = False


def plot(lines: Sequence[Line], across: str, up: str) -> str:
    """The picture as SVG; points beyond the axes are left out."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>{escape(up)}, against {escape(across)}</title><style>{_STYLE}</style>",
    ]
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    for tick in _X_TICKS:
        x = _x(tick)
        parts.append(f'<line class="grid" x1="{x:.0f}" y1="{_TOP}" x2="{x:.0f}" y2="{bottom}"/>')
        parts.append(f'<text x="{x:.0f}" y="{bottom + 20}" text-anchor="middle">{tick}</text>')
    for tick in _Y_TICKS:
        y = _y(tick)
        parts.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.0f}" x2="{right}" y2="{y:.0f}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{tick}</text>')
    parts.append(f'<path class="axis" fill="none" d="M{_LEFT} {_TOP}V{bottom}H{right}"/>')
    middle_x, middle_y = (_LEFT + right) / 2, (_TOP + bottom) / 2
    parts.append(f'<text x="{middle_x:.0f}" y="{_HEIGHT - 14}" text-anchor="middle">{escape(across)}</text>')
    parts.append(
        f'<text transform="translate(18 {middle_y:.0f}) rotate(-90)" text-anchor="middle">{escape(up)}</text>'
    )
    for place, line in enumerate(lines):
        parts += _drawn(line, _COLOURS[place % len(_COLOURS)], _TOP + 24 + place * 26)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _drawn(line: Line, colour: str, name_y: int) -> list[str]:
    inside = [(x, y) for x, y in line.points if _shown(x, _X_TICKS) and _shown(y, _Y_TICKS)]
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in inside)
    width = 4 if line.strong else 1.8
    key_x = _WIDTH - _RIGHT + 18
    weight = ' font-weight="bold"' if line.strong else ""
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>',
        *(f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="3" fill="{colour}"/>' for x, y in inside),
        f'<path d="M{key_x} {name_y - 4}h20" stroke="{colour}" stroke-width="{width}"/>',
        f'<text x="{key_x + 28}" y="{name_y}"{weight}>{escape(line.name)}</text>',
    ]


def _shown(value: float, ticks: Sequence[int]) -> bool:
    return ticks[0] <= value <= ticks[-1]


def _x(value: float) -> float:
    return _LEFT + (_WIDTH - _RIGHT - _LEFT) * _part(value, _X_TICKS)


def _y(value: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * _part(value, _Y_TICKS)


def _part(value: float, ticks: Sequence[int]) -> float:
    return math.log(value / ticks[0]) / math.log(ticks[-1] / ticks[0])
