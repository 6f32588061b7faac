#!/usr/bin/env python3
"""heavy_pages.py FROM TO [OUTLETS] - the example pages in the dress of a commercial news site.

The invented pages under examples/ are lean (4 KB); pages on the web carry fifty times as much that is no article. Each page of
FROM gets scripts, styles, menus, cards of other reports and comments around its own body, about 120 KB in all, and goes to TO under
its own name. With OUTLETS each page is written so many times, under other addresses, another paragraph left out each time, as
outlets print what an agency sends. No chance is involved: two runs write the same bytes.
"""
import pathlib
import re
import sys

WORDS = ("market report bridge council minister harbour season storm valley league court energy school "
         "border water budget railway museum signal forest grain").split()


def words(seed, count):
    return " ".join(WORDS[(seed * 7 + i * 5 + i * i) % len(WORDS)] for i in range(count))


def head():
    style = "".join(f".c{i}-card__title--{WORDS[i % len(WORDS)]}{{margin:{i % 9}px;color:#{i * 4099 % 0xFFFFFF:06x}}}\n" for i in range(220))
    state = ",".join(f'{{"id":{i},"slug":"{words(i, 4).replace(" ", "-")}","tags":["{words(i, 1)}"],"html":"<b>{words(i, 6)}</b>"}}'
                     for i in range(160))
    calls = "".join(f'window.dataLayer.push({{"event":"{words(i, 2)}","v":{i}}});' for i in range(120))
    return f"<style>{style}</style><script>window.__STATE__=[{state}]</script><script>{calls}</script>"


def menu():
    items = "".join(f'<li class="menu__item menu__item--l{i % 3}"><a class="menu__link" href="/s/{i}" data-track="nav-{i}">{words(i, 2)}</a></li>'
                    for i in range(90))
    return f'<nav class="site-menu" aria-label="sections"><ul class="menu">{items}</ul></nav>'


def cards():
    return "".join(
        f'<div class="card card--s"><a class="card__link" href="/n/{i}"><img class="card__image" src="/i/{i}.jpg" alt="{words(i, 5)}">'
        f'<h3 class="card__title">{words(i, 8)}</h3></a><p class="card__teaser">{words(i + 3, 24)}.</p>'
        f'<div class="card__meta"><span class="card__time">{i} min</span><span class="card__tag">{words(i, 1)}</span></div></div>' for i in range(70))


def comments():
    return "".join(
        f'<li class="comment" id="comment-{i}"><div class="comment__head"><b class="comment__user">{words(i, 2)}</b></div>'
        f'<div class="comment__body"><p>{words(i + 9, 30)}.</p></div><button class="comment__reply">reply</button></li>' for i in range(60))


def dress(page):
    page = re.sub(r"</head>", lambda m: head() + m.group(0), page, count=1)
    page = re.sub(r"(<body[^>]*>)", lambda m: m.group(1) + menu(), page, count=1)
    tail = (f'<aside class="related-stories">{cards()}</aside><section class="comments"><ol>{comments()}</ol></section>'
            f'<footer class="site-footer">{menu()}</footer>')
    return re.sub(r"</body>", lambda m: tail + m.group(0), page, count=1)


def for_outlet(page, number):
    if number == 0:
        return page
    paragraphs = re.findall(r"<p[^>]*>.*?</p>", page, flags=re.S)
    if len(paragraphs) > 3:
        page = page.replace(paragraphs[number % len(paragraphs)], "", 1)
    return page.replace(".example", f"-{number}.example")


def main(source, target, outlets):
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.html")):
        page = path.read_text(encoding="utf-8")
        for number in range(outlets):
            name = f"{path.stem}-{number}.html" if outlets > 1 else path.name
            (target / name).write_text(dress(for_outlet(page, number)), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: heavy_pages.py FROM TO [OUTLETS]")
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) == 4 else 1)
