"""What elements hand down to those in them: namespaces, ``xml:base`` and ``xml:lang``."""

from crawler.feeds.elements import tells_dialect
from crawler.feeds.namespaces import Declaration, are_settled
from wirewatch.errors import NotAFeedError

_BASE = "base"
_MOST_DECLARED = 1_000
_MOST_ATTRIBUTES = 1_000
_SCOPED = frozenset({_BASE, "lang"})


class Scopes:
    """Those of a document that is being read, and whether entries may be cut out for all that.

    Args:
        based: the document has an address.

    Attributes:
        pending: declarations of the element that begins next.
        deepest: the depth of the innermost open element that hands something down; none: 0.
    """

    def __init__(self, *, based: bool) -> None:
        self._based = based
        self._plain: set[str] = set()  # names of attributes that matter to nobody
        self._declared: dict[Declaration, None] = {}
        self.pending: list[Declaration] = []
        self.deepest = 0
        self._open: list[tuple[int, bytes]] = []  # depth, what is handed down from there
        self._below_root = False
        self._is_dialect = self._is_dialect_later = False
        self._endless_base = False

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """A namespace declaration of the element that begins next."""
        if uri:  # the empty one ends a default, which feedparser passes over
            self.pending.append((prefix, uri))

    def tell_dialect(self) -> None:
        """The document has said by an element what sort of feed it is."""
        self._is_dialect = True

    def matters(self, attributes: dict[str, str]) -> bool:
        """Whether an element has to be entered: most hand nothing down."""
        return bool(self.pending or (attributes and not attributes.keys() <= self._plain))

    def enter(self, depth: int, attributes: dict[str, str], *, in_entry: bool, is_later: bool) -> None:
        """An element begins.

        Args:
            depth: of the root 1.
            attributes: of it, by expat's names.
            in_entry: it is an entry or in one.
            is_later: the first entry has begun before it.

        Raises:
            NotAFeedError: it has too many attributes or the document has too many namespaces.
        """
        said = [f"{prefix or ''}={uri}" for prefix, uri in self.pending]
        if any(tells_dialect(uri) for _, uri in self.pending):
            self._is_dialect |= not is_later
            self._is_dialect_later |= is_later
        self._declared |= dict.fromkeys(self.pending)
        self.pending.clear()
        if len(self._declared) > _MOST_DECLARED or len(attributes) > _MOST_ATTRIBUTES:
            # feedparser takes time with the square of either.
            raise NotAFeedError("more namespaces or attributes than can be read in reasonable time")
        for name, value in attributes.items():
            local = name.split(" ")[1].lower() if " " in name else name.lower()
            if local in _SCOPED:
                said.append(f"{local}={value}")
                self._scope(depth, value if local == _BASE else None, in_entry=in_entry)
            else:
                self._plain.add(name)
        if said:
            self._open.append((depth, "\n".join(said).encode("utf-8", "replace")))
            self.deepest = depth

    def _scope(self, depth: int, base: str | None, *, in_entry: bool) -> None:
        self._below_root |= depth > 1
        if base is not None and depth == 1:
            self._based |= base.startswith(("http://", "https://"))
        elif base is not None and in_entry:
            self._endless_base |= not self._based

    def leave(self) -> None:
        """The deepest element that hands something down ends."""
        self._open.pop()
        self.deepest = self._open[-1][0] if self._open else 0

    def above(self, depth: int) -> bytes:
        """All that is handed down to an element."""
        return b"\n".join(said for at, said in self._open if at < depth)

    def trouble(self, *, loose_div: bool) -> str | None:
        """Why entries may not be cut out, a word; None: they may.

        Args:
            loose_div: there was a ``div`` in text that is not XHTML.
        """
        if self._endless_base:
            return "base"
        if self._below_root and loose_div:
            return "scopes"
        if not are_settled(self._declared) or (self._is_dialect_later and not self._is_dialect):
            return "namespaces"
        return None
