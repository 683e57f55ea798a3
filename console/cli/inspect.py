"""``wirewatch inspect``: what one stage makes of files, addresses, or lines of JSON."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.app import DEFAULT_CONFIG, FAILED, Config, app

inspect_app = typer.Typer(
    no_args_is_help=True,
    help="Show what one stage makes of files or addresses: a line of JSON for each, in their order.\n\n"
    'Without any, JSON Lines such as `{"path": "page.html.gz", "url": "https://example.org/a"}` are read '
    "from standard input; `url` is then the address that the file was saved from. Files may be gzipped. An "
    'input that fails gives a line with `"error"`, the rest goes on, and the command exits 1.\n\n'
    "For example: `wirewatch inspect story https://example.org/politics/a-story.html`",
)
app.add_typer(inspect_app, name="inspect")

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH|URL…", help="Default: JSON Lines on standard input.", show_default=False),
]


def _inspect(
    stage: Callable[..., dict[str, Any]],
    words: list[str] | None,
    config: Path,
    prepare: Callable[..., tuple[Any, Callable[..., dict[str, Any]]]] | None = None,
) -> None:
    from console.inspecting.fetching import Fetcher
    from console.inspecting.inputs import from_lines, from_words
    from console.inspecting.printing import print_all
    from wirewatch.config.load import load_settings
    from wirewatch.config.settings import NetworkAccess

    if not words and sys.stdin.isatty():
        raise typer.BadParameter("name files or addresses, or give JSON Lines on standard input")

    def network() -> NetworkAccess:
        if config == DEFAULT_CONFIG and not config.exists():
            return NetworkAccess()
        return load_settings(config).network

    with Fetcher(network) as fetcher:
        inputs = from_words(words) if words else from_lines(sys.stdin.buffer)
        if prepare is not None:
            inputs, stage = prepare(inputs, fetcher)
        failed = print_all(stage, inputs, fetcher)
    if failed:
        raise typer.Exit(FAILED)


@inspect_app.command()
def story(
    words: Words = None,
    config: Config = DEFAULT_CONFIG,
    learn: Annotated[
        bool,
        typer.Option(
            "--learn",
            help="Leave out the paragraphs that an outlet's pages repeat, as the daemon does. All inputs are "
            "read before the first is shown, so their order makes no difference; give several of each host.",
        ),
    ] = False,
) -> None:
    """Read stories' pages: title, authors, times, language, text, and whose word was taken for each.

    For example: `wirewatch inspect story saved-page.html.gz`
    """
    from console.inspecting import stages
    from console.inspecting.learning import learned
    from workers.confined import Confined
    from workers.read.reader import read

    with Confined(read) as reader:
        _inspect(
            partial(stages.story, reader=reader),
            words,
            config,
            prepare=partial(learned, reader=reader) if learn else None,
        )


@inspect_app.command()
def feed(
    words: Words = None,
    config: Config = DEFAULT_CONFIG,
    one_by_one: Annotated[
        bool,
        typer.Option(
            "--one-by-one",
            help="Read each entry as though it alone were unseen. Only `route` may differ: `split` where "
            "each could be read alone.",
        ),
    ] = False,
) -> None:
    """Read feeds and news sitemaps: what they say of themselves, and their entries.

    Values are feedparser's, with HTML made harmless; a JSON Feed's are as it has them. `content` is the
    value of the entry's content element; of several, their values joined by line feeds. `authors` are names,
    or else the one line as written. Times are UTC. A document with no entries that can be read has
    `"entries": []` and an `"error"`.

    For example: `wirewatch inspect feed https://example.org/politics/rss`
    """
    from console.inspecting.feeds import feed as read_feed
    from console.inspecting.feeds import feed_one_by_one

    _inspect(feed_one_by_one if one_by_one else read_feed, words, config)


@inspect_app.command()
def section(words: Words = None, config: Config = DEFAULT_CONFIG) -> None:
    """Find the stories that section pages link to, and the feeds that they advertise.

    For example: `wirewatch inspect section https://example.org/politics`
    """
    from console.inspecting import stages

    _inspect(stages.section, words, config)


@inspect_app.command()
def match(
    words: Words = None,
    config: Config = DEFAULT_CONFIG,
    topics: Annotated[
        Path | None,
        typer.Option(
            "--topics",
            metavar="FILE",
            help="A wirewatch.yaml, or topics by name. Default: the configuration's.",
        ),
    ] = None,
) -> None:
    """Match texts, pages, or stories as lines of JSON against the topics, and say why they match.

    A line of JSON may hold title, summary, text, url, source, section, language and authors.

    For example: `wirewatch inspect match draft.txt --topics topics.yaml`
    """
    from console.inspecting.matching import load_topics
    from console.inspecting.matching import match as match_one

    compiled = load_topics(topics or config)
    _inspect(lambda one, fetcher: match_one(one, fetcher, compiled), words, config)


@inspect_app.command()
def url(words: Words = None, config: Config = DEFAULT_CONFIG) -> None:
    """Show by which spelling, ids and partition an address is known; nothing is fetched.

    For example: `wirewatch inspect url "https://example.org/a?utm_source=rss"`
    """
    from console.inspecting import stages

    _inspect(stages.address, words, config)
