"""Every knob of the crawl, with its unit and the reason for its default."""

from __future__ import annotations

import ipaddress
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from checklist.reasons import CRAWLER_NAME

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
MEGABYTE = 1024 * 1024
_PRODUCT = re.compile(r"(?i)\b(?!mozilla\b|compatible\b)[a-z][a-z_-]*")
_CONTACT = re.compile(r"https?://[!-~]+|[!-'*-~]+@[!-'*-~]+\.[!-'*-~]+")


def installed_browser() -> str | None:
    """Path of the first Chromium found on PATH, the light headless shell preferred."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


class CrawlSettings(BaseModel):
    """How a crawl behaves. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    browser_path: str | None = Field(
        default_factory=installed_browser,
        description="Chromium's executable; none means that no page is rendered",
    )
    allow_networks: tuple[str, ...] = Field(
        (), description="private networks (CIDR) that may be opened, such as 10.0.0.0/8"
    )
    resolve: dict[str, str] = Field(
        default_factory=dict,
        description="servers that stand in for hosts, such as {docs.example.com: "
        "http://10.0.0.5:8080}; only within allow_networks, and read without the browser",
    )
    bodies_folder: Path | None = Field(
        None, description="folder that keeps what was downloaded, by content; none: nothing is kept"
    )
    documents_folder: Path | None = Field(
        None, description="folder that keeps what was read, by content; none: nothing is kept"
    )
    evidence_folder: Path | None = Field(
        None, description="folder of the evidence archive; none: nothing is archived"
    )
    evidence_url: str = Field(
        "",
        description="bucket of the evidence archive, such as s3://oit-evidence/moi, in place of a "
        "folder; several machines share it",
    )
    shared_url: str = Field(
        "",
        description="bucket in which several machines share bodies and what OCR read; none: "
        "each has its own folders",
    )
    screenshots: bool = Field(
        False, description="take a picture of every page that was given, for the archive"
    )
    keep_bodies_gb: float = Field(
        4, ge=0, allow_inf_nan=False, description="gigabytes of downloads kept between sweeps"
    )
    keep_documents_gb: float = Field(
        4, ge=0, allow_inf_nan=False, description="gigabytes of what was read kept between sweeps"
    )
    turns_folder: Path | None = Field(
        None,
        description="folder by which the processes of this machine ask a host one at a time; "
        "none: each process for itself",
    )
    contact: str = Field(
        "https://www.moi.go.th/", description="URL or e-mail shown to webmasters in the User-Agent"
    )
    user_agent: str = Field(
        "OITChecker/1.0", description="name of the tool; the contact is added in brackets"
    )
    accept_language: str = Field("th,en;q=0.5", description="Accept-Language header")
    max_pages_per_unit: int = Field(120, ge=1, description="downloads a unit may cost")
    max_bytes_per_unit: int = Field(
        400 * MEGABYTE, ge=1, description="bytes of bodies a unit may cost"
    )
    max_seconds_per_unit: float = Field(1800, gt=0, description="wall seconds a unit may take")
    max_body_bytes: int = Field(50 * MEGABYTE, ge=1024, description="largest body read, in bytes")
    max_head_bytes: int = Field(
        256 * 1024, ge=8192, description="bytes of an answer's head; real ones have a few thousand"
    )
    max_unpackings: int = Field(
        2, ge=1, description="layers of compression undone; servers in earnest use one"
    )
    max_cookie_bytes: int = Field(
        16 * 1024, ge=1024, description="bytes of cookies sent back; servers refuse longer heads"
    )
    max_documents_per_item: int = Field(15, ge=1, description="links followed for one item")
    max_series_documents: int = Field(
        24, ge=1, description="links followed for an item that needs every month"
    )
    max_pictures_per_page: int = Field(
        6, ge=0, description="pictures of a page read as documents when they carry its content"
    )
    max_frames_per_page: int = Field(
        4, ge=0, description="frames of the same site read as part of a page"
    )
    max_pages_per_pattern: int = Field(
        40, ge=1, description="followed pages whose addresses differ only in numbers"
    )
    max_index_pages: int = Field(12, ge=0, description="OIT/ITA index pages opened per unit")
    max_menu_pages: int = Field(10, ge=0, description="menu pages opened per unit in a search")
    max_path_pages: int = Field(
        20,
        ge=0,
        description="further pages opened per unit to find the clicks that lead to evidence",
    )
    timeout_s: float = Field(30, gt=0, description="seconds for one download")
    second_pass_timeout_s: float = Field(
        90, gt=0, description="seconds for one download of the second pass"
    )
    max_address_s: float = Field(
        300,
        gt=0,
        description="seconds for one address with all that it sends its visitor on to; the "
        "redirect under way may still take a download's time",
    )
    host_gives_up_after: int = Field(
        3, ge=1, description="silent answers in a row after which a host rests until the next pass"
    )
    outage_hosts: int = Field(
        3, ge=2, description="different hosts failing in a row that count as our own network down"
    )
    network_wait_s: float = Field(
        300,
        ge=0,
        description="longest wait in seconds for our own network; 0: it is not waited for",
    )
    obey_robots: bool = Field(True, description="obey robots.txt")
    render: bool = Field(True, description="render pages that are empty without JavaScript")
    concurrent_hosts: int = Field(16, ge=1, description="units crawled at the same time")
    delay_s: float = Field(
        1.0,
        ge=0,
        le=600,
        allow_inf_nan=False,
        description="least seconds between requests to a host; on the internet at least 0.5",
    )
    start_jitter_s: float = Field(
        0, ge=0, description="seconds into a crawl within which each unit's first request waits"
    )
    max_delay_s: float = Field(
        30,
        ge=0,
        le=600,
        allow_inf_nan=False,
        description="longest pause between requests, chosen for a slow host or asked by robots.txt",
    )
    max_redirects: int = Field(8, ge=0, description="redirects followed for one address")
    browser_tabs: int = Field(3, ge=1, description="pages rendered at the same time")
    page_deadline_s: float = Field(40, gt=0, description="hard limit in seconds of a rendering")
    max_requests_per_rendering: int = Field(
        600, ge=10, description="files a rendered page may ask for; heavy portals ask for 300"
    )
    max_elements_per_rendering: int = Field(
        200_000, ge=1000, description="elements of a rendered page; long registers have 30,000"
    )
    browser_memory_bytes: int = Field(
        1024 * MEGABYTE, ge=64 * MEGABYTE, description="memory of the process that shows a page"
    )
    settle_s: float = Field(4, ge=0, description="longest wait in seconds for scripts to finish")
    browser_pages_before_recycle: int = Field(
        100, ge=1, description="renderings after which the browser is started afresh"
    )
    extract_workers: int = Field(1, ge=1, description="processes that read documents")
    extract_timeout_s: float = Field(120, gt=0, description="seconds to read one document")
    extract_memory_bytes: int = Field(
        3072 * MEGABYTE, ge=1, description="address space of a reading process, in bytes"
    )
    confirm_after_s: float = Field(
        60, ge=0, description="seconds before a verdict that got worse is fetched a second time"
    )
    bypass_caches: bool = Field(
        False, description="ask caches on the way for a fresh answer, as a second fetch does"
    )
    remember: bool = Field(
        True, description="reuse what earlier scans fetched, read and judged, where nothing changed"
    )
    whole_fetch_days: int = Field(
        7,
        ge=0,
        description="days within which each page is fetched whole and pictured anew",
    )
    stall_limit_s: float = Field(
        120, gt=0, description="silence of the crawling process in seconds that counts as a crash"
    )

    @field_validator("resolve", mode="before")
    @classmethod
    def _stand_ins_as_text(cls, value: object) -> object:
        """Take `host=origin,host=origin`, as the environment gives it, for a mapping."""
        if not isinstance(value, str):
            return value
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        return {host.strip(): origin.strip() for host, _, origin in pairs}

    @field_validator("contact")
    @classmethod
    def _contact_reaches_somebody(cls, contact: str) -> str:
        contact = contact.strip()
        if not _CONTACT.fullmatch(contact) or len(contact) > 200:
            raise ValueError(
                f"«{contact[:80]}» ไม่ใช่ที่ติดต่อ ผู้ดูแลเว็บไซต์ต้องติดต่อผู้ตรวจได้ ให้ใส่ URL หรืออีเมล เช่น "
                "https://www.example.go.th/contact (write a URL or an e-mail address)"
            )
        return contact

    @field_validator("user_agent")
    @classmethod
    def _name_fits_a_header(cls, name: str) -> str:
        if not re.fullmatch(r"[ -~]{1,200}", name.strip()):
            raise ValueError("ให้เขียนด้วยอักษรละตินในบรรทัดเดียว (Latin letters and signs on one line)")
        return name.strip()

    @field_validator("allow_networks")
    @classmethod
    def _networks_are_valid(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            try:
                ipaddress.ip_network(network)
            except ValueError:
                raise ValueError(
                    f"«{network}» is not a network; write it like 10.0.0.0/8"
                ) from None
        return networks

    @model_validator(mode="after")
    def _stand_ins_are_inside(self) -> Self:
        allowed = [ipaddress.ip_network(network) for network in self.allow_networks]
        for host, origin in self.resolve.items():
            parts = urlsplit(origin)
            try:
                address = ipaddress.ip_address(parts.hostname or "")
                _ = parts.port
            except ValueError:
                address = None
            if address is None or parts.scheme not in ("http", "https") or parts.path:
                raise ValueError(
                    f"resolve: «{origin}» for {host} must be written like http://10.0.0.5:8080"
                )
            if not any(address.version == n.version and address in n for n in allowed):
                raise ValueError(f"resolve: {origin} for {host} lies in no network that is allowed")
        return self

    @property
    def evidence_place(self) -> Path | str | None:
        """Where the evidence archive is: the bucket's address, else the folder; none: nowhere."""
        return self.evidence_url or self.evidence_folder

    @property
    def hard_limit_s(self) -> float:
        """Seconds after which a unit is given up whatever it waits for: a net below the budgets."""
        return 2 * self.max_seconds_per_unit + 4 * self.second_pass_timeout_s

    @property
    def robots_name(self) -> str:
        """The word by which robots.txt files speak of the tool: its User-Agent's product name."""
        found = _PRODUCT.search(self.user_agent)
        return found[0] if found else CRAWLER_NAME

    @property
    def full_user_agent(self) -> str:
        """The User-Agent header: the tool's name and how to reach those who run it."""
        return f"{self.user_agent} (+{self.contact})"


def given_in(environment: Mapping[str, str]) -> dict[str, Any]:
    """The values that `OIT_` and a setting's name in capitals give it, unchecked.

    Lists are parted at commas.
    """
    values: dict[str, Any] = {}
    for name, field in CrawlSettings.model_fields.items():
        text = environment.get(f"OIT_{name.upper()}")
        if text is not None:
            is_list = "tuple" in str(field.annotation)
            values[name] = [part.strip() for part in text.split(",")] if is_list else text
    return values
