"""``wirewatch sources list`` and ``add``."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from console.cli.app import DEFAULT_CONFIG, FAILED, Config, DataDir
from console.cli.sources.noun import Tags, sources_app

if TYPE_CHECKING:  # they load the crawler's parsers: --help is quick without
    from console.sources.discovering import Look
    from console.sources.known import Named
    from wirewatch.config.settings import Settings

Kind = Literal["feed", "section", "sitemap"]
_AT_ONCE = 100  # what was found at an address is held in memory until it is recorded
State = Literal["new", "good", "failing", "paused", "ended", "silent", "html", "shrunk", "moved"]


@sources_app.command("list")
def list_sources(
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    tag: Tags = None,
    kind: Annotated[Kind | None, typer.Option(help="Only this kind.", show_default=False)] = None,
    state: Annotated[State | None, typer.Option(help="Only those in this state.", show_default=False)] = None,
    failing: Annotated[bool, typer.Option("--failing", help="The same as --state failing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """List the sources of the file and the added ones, with what their polls taught.

    States: new (not polled yet), good, failing (the last poll failed), paused, ended (410 Gone); silent (far
    beyond its rhythm), html (turned into a web page), shrunk (to nothing); moved (by a lasting redirect).
    Where no daemon runs, the file's sources are listed as not polled yet.

    For example: `wirewatch sources list --state failing --tag national`
    """
    from console.run.store import answers, running_store
    from console.sources.listing import Wanted, as_table, of_file, show_rows, watched
    from wirewatch.config.load import load_settings
    from wirewatch.models import now

    settings = load_settings(config, data_dir=data_dir)
    wanted = Wanted(tuple(tag or ()), kind, "failing" if failing else state)
    if settings.redis_url is None and not answers(settings):
        typer.echo(
            f"The daemon does not run on {settings.data_dir}: these are the sources of {config}, without "
            "those that were added and what was learned. Start it with `wirewatch run`.",
            err=True,
        )
        found = [one for one in of_file(settings) if wanted.takes(one)]
    else:
        with running_store(settings) as connection:
            found = watched(connection, settings, wanted)
    if as_json:
        show_rows(found)
    elif found:
        as_table(found, now())
    elif wanted == Wanted():
        typer.echo("No source is watched; `wirewatch sources add URL`")
    else:
        typer.echo(
            "No source is failing." if wanted == Wanted(state="failing") else "No source is like that."
        )


@sources_app.command()
def add(
    urls: Annotated[
        list[str], typer.Argument(metavar="URL…", help="Feeds, section pages, news sitemaps, sites.")
    ],
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    name: Annotated[
        str | None, typer.Option(help="How alerts call it; for one URL. Default: its host.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Yours, to sort by; may be repeated.")] = None,
    kind: Annotated[
        Kind | None, typer.Option(help="What it is. Default: it is looked at, and found out.")
    ] = None,
) -> None:
    """Watch more sources: kept in the store, beside those of the file, with the daemon running or not.

    Each is looked at first, and that is its first poll. Where it is a web page that has feeds, a terminal
    offers them; elsewhere the feed that the page names as its own is added instead: --kind section adds the
    page. A page that shows no stories is not added. What cannot be reached now is added all the same.

    For example: `wirewatch sources add https://example.org/feed --name "Example Politics" --tag national`
    """
    from console.run.store import open_store
    from console.sources.adding import add_sources, read_wanted
    from console.sources.telling import words
    from wirewatch.config.load import load_settings

    if name is not None and len(urls) > 1:
        raise typer.BadParameter("names one source; add several in several commands", param_hint="--name")
    settings = load_settings(config, data_dir=data_dir)
    given = {"name": name, "tags": tuple(tag or ()), "kind": kind}
    options = {field: value for field, value in given.items() if value}
    wanted = read_wanted(settings, urls, options)
    refused = False
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        looks: dict[str, Look] = {}
        if kind is None:
            some, looks = _looked_at(settings, some, options)
        first_polls = {url: look.first_poll for url, look in looks.items() if look.first_poll}
        with open_store(settings) as connection:
            for told in add_sources(connection, settings, some, first_polls):
                refused |= told.word == "refused"
                typer.echo(words(told, looks.get(told.named), settings, config), err=told.word == "refused")
    if refused:
        raise typer.Exit(FAILED)


def _looked_at(
    settings: "Settings", wanted: "list[Named]", options: Mapping[str, object]
) -> "tuple[list[Named], dict[str, Look]]":
    """What to add after a look at each address, and what was seen there."""
    from console.sources.adding import read_wanted
    from console.sources.choosing import choose, hint, menu
    from console.sources.discovering import look_at, looks_at_preferred

    looks = {look.url: look for look in look_at([one.source for one in wanted], settings)}
    chosen: list[str] = []
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    found = {}
    if not asks:
        feeds = looks_at_preferred(
            looks.values(), lambda url: read_wanted(settings, [url], options)[0].source, settings
        )
        found = {look.url: look for look in feeds}
    for look in list(looks.values()):
        if not look.feeds:
            chosen.append(look.url)
        elif asks:
            typer.echo(menu(look))
            chosen += choose(look, lambda question: typer.prompt(question, default="1"), typer.echo)
        else:
            typer.echo(hint(look), err=True)
            if look.preferred in found:
                chosen.append(look.preferred)
                looks[look.preferred] = found[look.preferred]
                typer.echo("The first of them is added; --kind section adds the page itself.", err=True)
                continue
            chosen.append(look.url)
            if look.what != "page":
                typer.echo("The page itself is added; a feed tells sooner and surer.", err=True)
    named = read_wanted(settings, chosen, options)
    return [_as_seen(one, looks.get(one.source.url)) for one in named], looks


def _as_seen(named: "Named", look: "Look | None") -> "Named":
    if look is None:
        return named
    return replace(named, leads_to=look.leads_to, in_vain=look.what == "page")
