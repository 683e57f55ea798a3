"""``python -m page_maker`` in ``benchmarks/`` writes the pages and their truth anew."""

from pathlib import Path

from page_maker.make import write

if __name__ == "__main__":
    write(Path(__file__).parents[1] / "pages")
