"""Writes one unit's website: home page, OIT index in the unit's layout, a page or file an item."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from demo import paper, pictures
from demo.agency import Agency, agency_of
from demo.copies import plan_called
from demo.detours import LOGIN_FORM, LOGIN_PATH, LOGIN_TITLE, detour
from demo.plan import FISCAL_YEAR, HERE, Showing, UnitPlan, load_catalogue, read_yaml
from demo.texts import Part, Text, months_of, write_month, write_site_text, write_text

if TYPE_CHECKING:
    from pathlib import Path

_MENU = ("O1", "O2", "O5", "O7", "O8", "O18", "O28")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a layout keeps its pages; `answer` is what ITAS holds: `page` or `index`."""

    home: str
    index: str
    page: str
    file: str
    answer: str


@dataclass(frozen=True, slots=True)
class Section:
    """A sub-indicator on an index page, at `path`; a row holds number, title, text and href."""

    id: str
    title: str
    path: str
    rows: list[dict[str, Any]]


@dataclass
class Site:
    """What was written for one unit.

    `urls` maps an item to the addresses ITAS holds (paths of this site or absolute
    addresses), `answers` maps a path to what the server says there instead of a file.
    """

    plan: UnitPlan
    urls: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def main_path(self) -> str:
        """The path of the home page."""
        return "/"


@cache
def layout_of(name: str) -> Layout:
    """The paths of a layout by its name."""
    return Layout(**read_yaml(HERE / "layouts.yaml")[name])


def write_site(plan: UnitPlan, folder: Path, press: paper.Press | None) -> Site:
    """Write the site of `plan` below `folder`; PDFs are ordered from `press`, if there is one."""
    site = Site(plan)
    if plan.host == "up" or plan.items:
        _Builder(plan, folder, press, site).build()
    return site


class _Builder:
    """Builds one site, step by step, into a folder."""

    def __init__(self, plan: UnitPlan, folder: Path, press: paper.Press | None, site: Site) -> None:
        self.plan, self.folder, self.press, self.site = plan, folder, press, site
        self.layout = layout_of(plan.layout)
        self.unit = agency_of(plan)
        self.titles = load_catalogue().titles
        self.links: dict[str, tuple[str, str]] = {}
        self.unlinked: dict[str, tuple[str, str]] = {}

    def build(self) -> None:
        texts = {item: self._prepare(item, showing) for item, showing in self.plan.items.items()}
        for item, text in texts.items():
            if text is not None:
                self._publish(item, self.plan.items[item], text)
        for item, showing in self.plan.items.items():
            if showing.given:
                self.site.urls[item] = [self._answer(item, showing)]
        self._write_frames()
        self._write_pictures()
        self._write_robots()

    def _prepare(self, item: str, showing: Showing) -> Text | None:
        """The item's text; its link is settled first, so that menus can name it."""
        if showing.goes_to and showing.goes_to != "slow":
            link = (self.titles[item], self._elsewhere(item, showing))
            if showing.goes_to == "outside":
                self._write_outside(item, showing)
                self.unlinked[item] = link
            else:
                self.links[item] = link
            return None
        parts = self._write_months(item, showing) if showing.parts else ()
        text = write_text(item, showing, self._author(showing), parts)
        path = self._page_path(item) if self._has_page(showing) else self._file_path(item, showing)
        self.links[item] = (text.title, _href(path))
        if showing.goes_to == "slow":
            self.site.answers[_href(path)] = {"delay": 1.5}
        return text

    def _author(self, showing: Showing) -> Agency:
        if not showing.of:
            return self.unit
        return agency_of(plan_called(showing.of))

    def _has_page(self, showing: Showing) -> bool:
        return self._own_form(showing) == "html" or self.plan.layout == "sites"

    def _own_form(self, showing: Showing) -> str:
        """The form of the item's own document; a set of files is listed on a page."""
        return "html" if showing.parts else self._form(showing)

    def _form(self, showing: Showing) -> str:
        return "html" if showing.form == "pdf" and self.press is None else showing.form

    def _page_path(self, item: str) -> str:
        return self._fill(self.layout.page, item)

    def _file_path(self, item: str, showing: Showing, suffix: str = "") -> str:
        return f"{self._fill(self.layout.file, item)}{suffix}.{self._form(showing)}"

    def _fill(self, pattern: str, item: str) -> str:
        sub = load_catalogue().sub_of(item)
        place = load_catalogue().sub_indicators.index(sub) + 1
        number = int(item[1:])
        return pattern.format(n=number, nn=f"0{number:02d}", sub=sub.id.replace(".", "-"), k=place)

    def _publish(self, item: str, showing: Showing, text: Text) -> None:
        form = self._own_form(showing)
        if form == "html":
            self._page(self._page_path(item), view="page", title=text.title, body=Markup(text.body))  # nosec B704  # our own texts
            return
        path = self._file_path(item, showing)
        self._print(path, form, text, sheet=item)
        if self.plan.layout == "sites":
            self._page(
                self._page_path(item),
                view="page",
                title=self.titles[item],
                embed=_href(path),
                number=int(item[1:]),
                item_title=self.titles[item],
            )

    def _write_months(self, item: str, showing: Showing) -> tuple[Part, ...]:
        skipped = showing.options.get("skip_months", ())
        parts = []
        for place, month in enumerate(months_of(showing.year), start=1):
            if month.number in skipped:
                continue
            text = write_month(showing, self._author(showing), month)
            path = self._file_path(item, showing, f"-{place:02d}-{month.year}")
            form = self._form(showing)
            if form == "html":
                self._page(path, view="page", title=text.title, body=Markup(text.body))  # nosec B704  # our own texts
            else:
                self._print(path, form, text, sheet=f"สขร.1 {month.short} {month.year}")
            parts.append(Part(_href(path), text.title))
        return tuple(parts)

    def _print(self, path: str, form: str, text: Text, sheet: str) -> None:
        target = self.folder / path
        if form == "pdf" and self.press is not None:
            self.press.order(target, text)
        elif form == "docx":
            _write(target, paper.word_file(text))
        else:
            _write(target, paper.spreadsheet(text, sheet))

    def _elsewhere(self, item: str, showing: Showing) -> str:
        path = _href(self._page_path(item))
        way = detour(showing.goes_to, path, self.plan, int(item[1:]))
        if way.answer:
            self.site.answers[path] = way.answer
        if way.login:
            body = Markup(LOGIN_FORM)  # nosec B704  # our own text
            self._page(LOGIN_PATH.lstrip("/"), view="page", title=LOGIN_TITLE, body=body)
        return way.href

    def _answer(self, item: str, showing: Showing) -> str:
        if self.layout.answer == "index" and showing.goes_to in (None, "slow"):
            return f"{_href(self._fill(self.layout.index, item))}#O{int(item[1:])}"
        return (self.links | self.unlinked)[item][1]

    def _write_outside(self, item: str, showing: Showing) -> None:
        """The item's text on the outside host, to which nothing on the site leads."""
        text = write_text(item, showing, self.unit)
        head = f'<head><meta charset="utf-8"><title>{text.title}</title></head>'
        page = f'<!DOCTYPE html><html lang="th">{head}<body>{text.body}</body></html>\n'
        name = f"{self.plan.id}-{item[1:]}.html"
        _write(self.folder.parent / "drive" / "form" / name, page.encode())

    def _write_frames(self) -> None:
        """The home page, the OIT index pages and what a layout needs beside them."""
        catalogue = load_catalogue()
        sections: list[Section] = []
        for place, sub in enumerate(catalogue.sub_indicators, start=1):
            rows = [self._row(f"O{number}") for number in sub.items if f"O{number}" in self.links]
            if rows:
                path = self.layout.index.format(sub=sub.id.replace(".", "-"), k=place)
                sections.append(Section(sub.id, sub.title, path, rows))
        pages: dict[str, list[Section]] = {}
        for section in sections:
            pages.setdefault(section.path, []).append(section)
        for path, inside in pages.items():
            self._page(path, view="index", title=f"OIT {FISCAL_YEAR}", sections=inside)
        links = [(f"OIT {s.id} {s.title}", _href(s.path)) for s in sections]
        values: dict[str, Any] = {"title": self.unit.name, "index_pages": links}
        self._page(self.layout.home, view="home", **values)
        if self.plan.layout == "frames":
            self._page("menu.htm", view="menu", **values)
            self._page("main.htm", view="main", **values)
        if self.plan.layout == "app":
            self._write_api(sections)

    def _row(self, item: str) -> dict[str, Any]:
        text, href = self.links[item]
        return {"number": int(item[1:]), "title": self.titles[item], "text": text, "href": href}

    def _write_api(self, sections: list[Section]) -> None:
        data = {
            "title": f"การเปิดเผยข้อมูลสาธารณะ (OIT) ปีงบประมาณ พ.ศ. {FISCAL_YEAR} {self.unit.name}",
            "sections": [{"title": f"{s.id} {s.title}", "rows": s.rows} for s in sections],
        }
        text = json.dumps(data, ensure_ascii=False, indent=1)
        _write(self.folder / "api/ita.json", text.encode())
        _write(self.folder / "assets/app.js", (HERE / "layouts/app.js").read_bytes())

    def _menu(self) -> list[tuple[str, str]]:
        """Menu entries: home, the pages visitors use most, the OIT index."""
        index = _href(self.layout.index.format(sub="9-1", k=1))
        known = [(self.titles[item], self.links[item][1]) for item in _MENU if item in self.links]
        return [("หน้าแรก", "/"), *known, (f"ITA {FISCAL_YEAR}", index)]

    def _social(self) -> list[tuple[str, str]]:
        if "O9" not in self.plan.items:
            return []
        handle = self.unit.handle
        return [
            ("Facebook", f"https://www.facebook.com/{handle}"),
            ("LINE", f"https://line.me/R/ti/p/@{handle}"),
        ]

    def _page(self, path: str, **values: Any) -> None:
        filled = {"sections": [], "body": "", "embed": "", "index_pages": [], "title": "", **values}
        html = write_site_text(
            f"{self.plan.layout}.html",
            u=self.unit,
            year=FISCAL_YEAR,
            menu=self._menu(),
            social=self._social(),
            index_href=_href(self.layout.index.format(sub="9-1", k=1)),
            **filled,
        )
        _write(self.folder / path, html.encode(self.plan.charset, "xmlcharrefreplace"))

    def _write_pictures(self) -> None:
        _write(self.folder / "style.css", (HERE / "layouts/style.css").read_bytes())
        drawn = {"chart": pictures.chart(), "scan": pictures.scan(), "meeting": pictures.meeting()}
        drawn |= {f"person{number}": pictures.portrait(number) for number in range(1, 9)}
        for name, picture in drawn.items():
            own = pictures.rolled(picture, self.plan.number) if self.plan.model else picture
            _write(self.folder / f"img/{name}.png", own)

    def _write_robots(self) -> None:
        rule = "Disallow: /" if self.plan.robots == "deny" else "Disallow:"
        _write(self.folder / "robots.txt", f"User-agent: *\n{rule}\n".encode())


def _href(path: str) -> str:
    return "/" + path.removesuffix("index.html").removesuffix("index.php").removesuffix("index.htm")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
