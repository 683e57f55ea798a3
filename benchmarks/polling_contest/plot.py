"""The contest as bars: an SVG without dependencies, readable on light and on dark pages."""

from html import escape

from polling_contest.contest import Measure
from polling_contest.report import CASE_WORDS, figures_of

_WIDTH, _LEFT, _RIGHT = 760, 180, 80
_BAR, _STEP, _HEAD, _GAP = 16, 22, 26, 14
_US = "wirewatch"
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.head { font-weight: 600 } .note { fill: #57606a }
.us { fill: #0969da } .peer { fill: #afb8c1 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .note { fill: #9198a1 } .us { fill: #4493f8 } .peer { fill: #545d68 } }
"""


def bars(measures: list[Measure], title: str) -> str:
    """One group of bars for each case, each to its own scale: medians in feeds a second."""
    parts = [f'<text class="head" x="0" y="16">{escape(title)}</text>']
    top = 30
    for case, row in figures_of(measures).items():
        if not row:
            continue
        parts.append(f'<text x="0" y="{top + 15}" class="head">{CASE_WORDS[case]}</text>')
        top += _HEAD
        most = max(one.rate for one in row.values())
        for name, one in sorted(row.items(), key=lambda pair: -pair[1].rate):
            long = max(1.0, (_WIDTH - _LEFT - _RIGHT) * one.rate / most)
            middle = top + _BAR - 3
            look = "us" if name == _US else "peer"
            parts += [
                f'<text x="{_LEFT - 8}" y="{middle}" text-anchor="end">{escape(name)}</text>',
                f'<rect class="{look}" x="{_LEFT}" y="{top}" width="{long:.1f}" height="{_BAR}" rx="2"/>',
                f'<text class="note" x="{_LEFT + long + 6:.1f}" y="{middle}">{one.rate:,.0f}/s</text>',
            ]
            top += _STEP
        top += _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" '
        f'height="{top}" role="img" aria-label="{escape(title)}">\n<style>{_STYLE}</style>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
