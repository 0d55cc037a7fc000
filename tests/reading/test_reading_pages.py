"""Saved pages of several shapes, all invented: the story without its page, and the day of publication or none."""

import time
from html import escape

import pytest

from portico.reading import Document, DocumentError, open_document, read

TITLE = "Baker taken in courthouse hallway"
STORY = (
    "ICE officers arrested a baker in the hallway of the Linn County Courthouse on Monday; nobody had been told of it.",
    "The officers wore street clothes. They showed no warrant, according to Ines Vara, director of Harbor Clinic.",
    "A clerk saw two cars at the back door. They left by the north gate before ten, and the hearing was put off.",
)
BODY = "".join(f"<p>{escape(words)}</p>" for words in STORY)
NOISE = "ICE arrested my cousin at Essex County Courthouse on Friday, and everyone should come to the rally and say so."
OTHER = "2019-06-20"
"""The day of a change, a comment, a teaser: never that of publication."""


def page(head: str = "", story: str = "", before: str = "", after: str = "") -> str:
    main = story or f"<article><h1>{TITLE}</h1>{BODY}</article>"
    return f"<!doctype html><html><head><title>{TITLE}</title>{head}</head><body>{before}{main}{after}</body></html>"


def told(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


def under_title(stamp: str) -> str:
    return f"<article><h1>{TITLE}</h1>{stamp}{BODY}</article>"


def opened(markup: str) -> Document:
    return open_document(markup.encode(), id="page")


MODIFIED = f'<meta property="article:modified_time" content="{OTHER}T09:00:00Z">'

DATED = {
    "news system": page(
        f'{MODIFIED}<meta property="article:published_time" content="2019-05-15T22:30:00-07:00">',
        before='<header><nav><a href="/">Home</a></nav></header>',
        after=f"<aside><h3>Most read</h3><time datetime='{OTHER}'>June</time></aside><footer>Updated {OTHER}</footer>",
    ),
    "accelerated page": "<!doctype html><html amp><head><title>Baker</title>"
    + told(
        f'{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"2019-05-15T01:00:00Z","dateModified":"{OTHER}",'
        '"publisher":{"@type":"Organization","name":"The Wire"}}'
    )
    + f"</head><body><amp-sidebar><li>Home</li></amp-sidebar><article><h1>{TITLE}</h1>{BODY}</article></body></html>",
    "graph of a plug-in": page(
        told(
            f'{{"@graph":[{{"@type":"WebSite","datePublished":"2001-01-01"}},{{"@type":"WebPage","datePublished":"2019-05-16"}},'
            f'{{"@type":["Article","Thing"],"dateModified":"{OTHER}","datePublished":"2019-05-15T09:00:00+00:00"}}]}}'
        )
    ),
    "structured data cut off": page(told('{"@type":"NewsArticle","datePublished":"2019-05-15","image":[')),
    "live blog with its first day": page(
        told(
            f'{{"@type":"LiveBlogPosting","datePublished":"2019-05-15T08:00:00Z","dateModified":"{OTHER}T08:00:00Z",'
            f'"liveBlogUpdate":[{{"@type":"BlogPosting","datePublished":"{OTHER}T07:00:00Z"}}]}}'
        )
    ),
    "blog": page(
        story='<article class="post hentry comments-open"><h1 class="entry-title">'
        + TITLE
        + '</h1><span class="posted-on">'
        '<time class="entry-date published" datetime="2019-05-15T09:00:00+00:00">May 15, 2019</time>'
        f'<time class="updated" datetime="{OTHER}T09:00:00+00:00">June 20, 2019</time></span>{BODY}</article>'
    ),
    "micro data": page(
        story=under_title(
            f'<meta itemprop="dateModified" content="{OTHER}"><meta itemprop="datePublished" content="20190515">'
        )
    ),
    "one time in the story": page(story=under_title('<time datetime="2019-05-15T09:00:00Z">May 15, 2019</time>')),
    "library names": page(f'<meta name="DC.date.issued" content="2019-05-15"><meta name="date" content="{OTHER}">'),
    "date in words": page('<meta name="pubdate" content="Wednesday, May 15, 2019 4:10 PM">'),
    "date in the address": page('<link rel="canonical" href="https://wire.example/2019/05/15/baker">'),
    "dateline alone": page(story=under_title("<p>Published May 15, 2019 | Updated June 20, 2019</p>")),
    "comments": page(
        '<meta name="date" content="2019-05-15">',
        after=f'<section id="comments"><h2>2 comments</h2><p>Posted June 20, 2019</p><p>{NOISE}</p></section>',
    ),
    "wall": page(
        '<meta name="date" content="2019-05-15">',
        story=f"<article><h1>{TITLE}</h1><p>{STORY[0]}</p><div class='paywall'><p>You have 0 free articles left. "
        "Subscribe to continue reading.</p><a href='/in'>Log in</a></div></article>",
    ),
}
UNDATED = {
    "modified alone": page(MODIFIED),
    "modified in structured data": page(told(f'{{"@type":"NewsArticle","dateModified":"{OTHER}"}}')),
    "updated by its names": page(
        f'<meta property="og:updated_time" content="{OTHER}"><meta name="lastmod" content="{OTHER}">'
        f'<meta http-equiv="last-modified" content="{OTHER}">'
    ),
    "stamp in words": page(story=under_title("<p>Updated: June 20, 2019 4:10 p.m.</p>")),
    "stamp as a time": page(
        story=under_title(f'<time datetime="{OTHER}" class="changed">Updated June 20, 2019</time>')
    ),
    "stamp before a time": page(story=under_title(f'<p>Last updated: <time datetime="{OTHER}">June 20</time></p>')),
    "live blog": page(
        MODIFIED,
        story=f"<article><h1>{TITLE}: live</h1><div><time datetime='{OTHER}T08:00'>8 a.m.</time><p>{STORY[2]}</p></div>"
        f"<div><time datetime='2019-06-19T08:00'>8 a.m.</time><p>{STORY[0]} {STORY[1]}</p></div></article>",
    ),
    "teasers": page(after=f"<aside><article><h3>Other</h3><time datetime='{OTHER}'>June 20</time></article></aside>"),
    "foot of the page": page(after="<footer><p>Copyright June 20, 2019 The Wire</p></footer>"),
    "comment": page(after=f'<div class="comments"><time datetime="{OTHER}">June 20</time><p>{NOISE}</p></div>'),
    "a day that is none": page('<meta name="date" content="2019-02-31"><meta name="pubdate" content="soon">'),
    "no day": page(),
}


@pytest.mark.parametrize("name", DATED)
def test_the_day_of_publication_is_the_pages_own(name):
    document = opened(DATED[name])
    assert document.source.published_on == (None if name == "dateline alone" else "2019-05-15")
    reading = read(document)
    assert reading.published_on == "2019-05-15"
    assert [account.value("date") for account in reading.accounts] == ["2019-05-13"]


@pytest.mark.parametrize("name", UNDATED)
def test_an_update_a_comment_or_a_footer_is_no_publication(name):
    reading = read(opened(UNDATED[name]))
    assert reading.published_on is None
    assert [account.value("date") for account in reading.accounts] == [None]


@pytest.mark.parametrize("name", [*DATED, *UNDATED])
def test_the_story_is_there_without_its_page(name):
    text = opened((DATED | UNDATED)[name]).text.content
    assert text.startswith(TITLE)
    wanted = STORY[:1] if name == "wall" else STORY
    assert all(words in text for words in wanted)
    assert "cousin" not in text
    assert "Most read" not in text


PIECES = (
    "<div>",
    "<b><i>",
    "<head",
    "<meta ",
    "<script type='application/ld+json'>",
    "<!--",
    "&amp;",
    "<p>A ",
    "<a b=",
    "]]>",
)


ASIDES = (
    f"<aside><h3>More</h3><p>{NOISE}</p></aside>",
    f"<footer><p>{NOISE}</p></footer>",
    f"<aside><div><footer><p>{NOISE}</p></footer></div></aside>",
    f"<aside><aside><p>{NOISE}</p></aside></aside><footer>{NOISE}</footer>",
)


@pytest.mark.parametrize("aside", ASIDES)
def test_what_stands_beside_the_story_and_under_it_is_no_part_of_it(aside):
    assert opened(page(before=aside, after=aside)).text == opened(page()).text


@pytest.mark.parametrize("piece", PIECES)
def test_markup_that_explodes_takes_time_that_grows_with_it(piece):
    """A hundred thousand of anything is read or refused in seconds: eight times as many take at most twenty times."""
    took = []
    for times in (12_500, 100_000):
        markup = page(before=piece * times)
        began = time.process_time()
        try:
            text = opened(markup).text.content
        except DocumentError as refused:
            text = str(refused)
        took.append(time.process_time() - began)
        assert text
    assert took[1] < max(20 * took[0], 2.0)
