"""A notice as one Slack message."""

from wirewatch.models import Notice, NoticedSource
from workers.alerts.blocks import NAME_MOST, SECTION_MOST, context, escape, header, link, section
from workers.alerts.notice import advice, and_more, since, source_name, title
from workers.alerts.plain import one_line, shorten

_REASON_MOST = 500


def slack_notice(notice: Notice) -> dict[str, object]:
    """The message for a notice: its title, what happened to which sources, and what to do."""
    blocks = [header(title(notice))]
    if notice.count == 1:
        source = notice.sources[0]
        address = link(source.url, shorten(one_line(source.url), NAME_MOST))
        blocks.append(section(f"{escape(since(notice), SECTION_MOST // 2)}\n{address}".strip()))
    else:
        blocks.append(section(since(notice)))
        blocks += [section(_told(source)) for source in notice.sources]
    blocks += [context(escape(words, SECTION_MOST)) for words in (and_more(notice), advice(notice)) if words]
    return {"text": escape(title(notice), SECTION_MOST), "unfurl_links": False, "blocks": blocks}


def _told(source: NoticedSource) -> str:
    named = link(source.url, shorten(source_name(source), NAME_MOST))
    reason = escape(one_line(source.reason), _REASON_MOST)
    return f"• {named}" + (f": {reason}" if reason else "")
