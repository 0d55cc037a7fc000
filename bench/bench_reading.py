"""The reader: how soon it loads (floor 0.5 s), and a saved page to claims beside the extractor alone (floor 1.5).

The peer is trafilatura's `extract` of the same page: the text, no metadata, no claims. The pages are full texts of the
development set in the apparatus of a news page (styles, scripts, menus, teasers, structured data): some 125 kB and
1,800 elements. Without the set the bundled sample is read instead.
"""

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from statistics import median

PAGES = 30
ROUNDS = 5
ARTICLES = Path(__file__).parents[1].parent / "shared" / "data" / "articles"
SAMPLE = Path(__file__).parents[1] / "src" / "portico" / "cli" / "sample" / "ledger.html"

_LOAD = "import time; b = time.perf_counter(); import portico.reading; print(time.perf_counter() - b)"


def page(text: str, published_on: str) -> str:
    """A text as a news site would serve it: the apparatus of a page around and between the paragraphs."""
    title, *body = [line.strip() for line in text.splitlines() if line.strip()]
    slot = '<div class="ad"><div class="slot" data-size="300x250"><span>Advertisement</span></div></div>'
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" + slot * (n % 3 == 2) for n, line in enumerate([title, *body]))
    data = {"@type": "NewsArticle", "headline": title[:90], "datePublished": published_on}
    menu = "".join(f'<li class="item"><a href="/section/{n}"><span>Section {n}</span></a></li>' for n in range(90))
    teasers = "".join(
        f'<div class="teaser card"><div class="media"><a href="/story/{n}"><img src="/image/{n}.jpg"></a>'
        f'</div><div class="words"><h3><a href="/story/{n}">Another story, number {n}</a></h3><p>A line on it.'
        f'</p><span class="by">By Tom Marsh</span><span class="time">{n} hours ago</span></div></div>'
        for n in range(110)
    )
    style = "".join(f".c{n}{{margin:{n}px;padding:{n % 7}px;color:#{n:06x}}}\n" for n in range(900))
    script = "".join(f"window.q=window.q||[];q.push(['event{n}',{{slot:{n},size:[300,250]}}]);\n" for n in range(500))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title[:90])} | The Daily</title>'
        f'<meta property="og:site_name" content="The Daily"><meta name="author" content="Ida Quell">'
        f'<meta property="article:published_time" content="{published_on}T09:00:00Z"><style>{style}</style>'
        f'<script type="application/ld+json">{json.dumps(data)}</script><script>{script}</script></head><body>'
        f'<header><nav><ul class="menu">{menu}</ul></nav></header><main><article><h1>{escape(title[:90])}</h1>'
        f'<div class="article-body">{paragraphs}</div></article><aside>{teasers}</aside></main>'
        f"<footer><nav><ul>{menu}</ul></nav><p>All rights reserved.</p></footer></body></html>"
    )


def pages() -> list[str]:
    if not ARTICLES.exists():
        return [SAMPLE.read_text("utf-8")] * PAGES
    split = json.loads((ARTICLES / "split.json").read_text("utf-8"))["dev"]
    with (ARTICLES / "index.csv").open(encoding="utf-8") as rows:
        dates = {Path(row["file"]).stem: row["published_on"] for row in csv.DictReader(rows)}
    return [
        page((ARTICLES / "texts" / f"{one}.txt").read_text("utf-8"), dates[one] or "2019-05-15")
        for one in split[:PAGES]
    ]


def seconds(work: Callable[[str], object], on: list[str]) -> float:
    """Processor seconds, so that a busy machine counts against neither."""
    began = time.process_time()
    for each in on:
        work(each)
    return time.process_time() - began


def main() -> None:
    loads = [float(subprocess.check_output([sys.executable, "-c", _LOAD], text=True)) for _ in range(ROUNDS)]
    print(f"import portico.reading {median(loads):.3f} s (floor 0.5)")

    import trafilatura

    from portico.reading import flatten, open_document, read

    def claims(markup: str) -> object:
        document = open_document(markup.encode(), "text/html")
        return flatten(read(document), document.text)

    def text(markup: str) -> object:
        return trafilatura.extract(markup, include_comments=False)

    saved = pages()
    seconds(claims, saved)
    pairs = [(seconds(text, saved), seconds(claims, saved)) for _ in range(ROUNDS)]
    alone, whole = (median(column) / len(saved) * 1000 for column in zip(*pairs, strict=True))
    size = sum(map(len, saved)) // len(saved) // 1000
    print(f"{len(saved)} pages of {size} kB: text {alone:.1f} ms, claims {whole:.1f} ms")
    print(f"ratio {whole / alone:.2f} (floor 1.5)")


if __name__ == "__main__":
    main()
