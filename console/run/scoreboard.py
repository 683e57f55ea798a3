"""What the demo shows: articles as they are published, alerts as they arrive, and the score."""

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsroom.run import Newsroom


def published(newsroom: Newsroom, told: int, console: Console) -> int:
    """Print the articles published since the last look; returns how many were told by now."""
    articles = [one for one in newsroom.truth() if not one["old"] and one["published"]]
    for one in articles[told:]:
        topics = ", ".join(one["topics"]) or "no topic"
        console.print(f"  [dim]{escape(one['outlet']):<24}[/] {escape(one['title'])} [dim]({topics})[/]")
    return len(articles)


def arrival(newsroom: Newsroom, told: int, console: Console) -> int:
    """Print the alerts that arrived since the last look; returns how many were told by now."""
    received = newsroom.received()
    for one in received[told:]:
        colour = "green" if one["status"] < 300 else "yellow"  # noqa: PLR2004 - 2xx is a success
        console.print(
            f"  [{colour}]→ {one['status']} {escape(str(one['topic'])):<10}[/] {escape(str(one['url']))}"
        )
    return len(received)


def board(score: dict[str, Any], console: Console) -> None:
    """Print the score, and what was missed or wrong."""
    table = Table(title="Scoreboard", title_style="bold", show_header=False)
    rows = (
        ("articles published", score["published"]),
        ("alerts expected", score["expected_alerts"]),
        ("alerted", score["alerted"]),
        ("missed", score["missed"]),
        ("wrongly alerted", score["false_alerts"]),
        ("alerted twice", score["duplicates"]),
        ("processes killed", score["kills"]),
        ("publication to webhook, p50", f"{score['latency_ms']['p50']:.0f} ms"),
        ("publication to webhook, p99", f"{score['latency_ms']['p99']:.0f} ms"),
    )
    bad = {"missed", "wrongly alerted", "alerted twice"}
    for name, value in rows:
        style = "red" if name in bad and value else "green" if name in bad else ""
        table.add_row(name, str(value), style=style)
    console.print()
    console.print(table)
    for title, key in (("missed", "missed_list"), ("wrong", "false_list"), ("twice", "duplicate_list")):
        for one in score.get(key, [])[:10]:
            console.print(f"  [red]{title}[/]: {escape(str(one))}")
