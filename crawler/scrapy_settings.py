"""Scrapy's settings, each default decided on purpose."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from crawler.address_policy import ALLOW_NETWORKS
from crawler.cookies import COOKIE_BYTES
from crawler.memory.conditional import KEPT, kept_settings
from crawler.robots_rules import ROBOTS_NAME
from crawler.stand_in_hosts import STAND_INS
from crawler.wire_limits import ADDRESS_S, HEAD_BYTES, UNPACKINGS

if TYPE_CHECKING:
    from crawler.memory.ledger import Ledger
    from crawler.settings import CrawlSettings

_BROWSER_ARGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--js-flags=--max-old-space-size=512",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_FRESH = {"Cache-Control": "no-cache", "Pragma": "no-cache"}
_BROWSER_HANDLER = "crawler.rendering.BrowserHandler"
_PLAIN_HANDLER = "crawler.standins.StandInHandler"


def scrapy_settings(
    settings: CrawlSettings, gate_url: str = "", ledger: Ledger | None = None
) -> dict[str, Any]:
    """The settings of the crawl's one Scrapy process.

    `gate_url` is the browser's proxy; with a `ledger` answers are kept for the next scan.
    """
    return {
        **_safety(settings),
        **_politeness(settings),
        **(_memory(settings, ledger) if ledger is not None else {}),
        **(_browser(settings, gate_url) if settings.render and settings.browser_path else {}),
    }


def _safety(settings: CrawlSettings) -> dict[str, Any]:
    return {
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_MAXSIZE": settings.max_body_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.timeout_s,
        "DNS_TIMEOUT": min(settings.timeout_s, 20),
        "TWISTED_DNS_RESOLVER": "crawler.guard.GuardedResolver",
        "HTTPPROXY_ENABLED": False,
        "REDIRECT_MAX_TIMES": settings.max_redirects,
        "METAREFRESH_MAXDELAY": 30,
        "URLLENGTH_LIMIT": 2083,
        "STATS_DUMP": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.guard.GuardMiddleware": 60,
            "crawler.wire_limits.AddressTimeMiddleware": 65,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "crawler.wire_limits.UnpackingMiddleware": 590,
            "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
            "crawler.cookies.BoundedCookiesMiddleware": 700,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.robots.RobotsMiddleware": 100,
            # Sees bodies unpacked, every hop of a redirect, and a page before its meta refresh.
            "crawler.memory.conditional.ConditionalMiddleware": 585,
            "crawler.memory.conditional.WireMiddleware": 950,
        },
        "ITEM_PIPELINES": {"crawler.spiders.units.HarvestPipeline": 100},
        ALLOW_NETWORKS: list(settings.allow_networks),
        STAND_INS: dict(settings.resolve),
        HEAD_BYTES: settings.max_head_bytes,
        UNPACKINGS: settings.max_unpackings,
        COOKIE_BYTES: settings.max_cookie_bytes,
        ADDRESS_S: settings.max_address_s,
        "DOWNLOAD_HANDLERS": {"http": _PLAIN_HANDLER, "https": _PLAIN_HANDLER},
    }


def _memory(settings: CrawlSettings, ledger: Ledger) -> dict[str, Any]:
    if settings.bodies_folder is None:
        return {}
    return {
        KEPT: kept_settings(
            ledger.database_url,
            settings.bodies_folder,
            f"{settings.accept_language}\n{settings.full_user_agent}",
            settings.whole_fetch_days,
            ask=settings.remember and not settings.bypass_caches,
        )
    }


def _politeness(settings: CrawlSettings) -> dict[str, Any]:
    return {
        "USER_AGENT": settings.full_user_agent,
        ROBOTS_NAME: settings.robots_name,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Language": settings.accept_language,
            **(_FRESH if settings.bypass_caches else {}),
        },
        "ROBOTSTXT_OBEY": settings.obey_robots,
        "CONCURRENT_REQUESTS": settings.concurrent_hosts * 2,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": settings.delay_s,
        # Chance would make the pause shorter than promised.
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": settings.delay_s,
        "AUTOTHROTTLE_MAX_DELAY": max(settings.max_delay_s, settings.delay_s),
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [502, 504, 522, 524],
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.ResponseDataLossError",
        ],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "COOKIES_ENABLED": True,
    }


def launch_options(settings: CrawlSettings, gate_url: str = "") -> dict[str, Any]:
    """How Chromium is started; `gate_url` is its proxy, the only way out it has."""
    args = list(_BROWSER_ARGS)
    if os.geteuid() == 0:
        args.append("--no-sandbox")
    options: dict[str, Any] = {
        "executable_path": settings.browser_path,
        "args": args,
        "headless": True,
        "timeout": 30_000,
    }
    if gate_url:
        options["proxy"] = {"server": gate_url}
    return options


def _browser(settings: CrawlSettings, gate_url: str) -> dict[str, Any]:
    return {
        "DOWNLOAD_HANDLERS": {"http": _BROWSER_HANDLER, "https": _BROWSER_HANDLER},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(settings, gate_url),
        "PLAYWRIGHT_ABORT_REQUEST": "crawler.rendering.unwanted",
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": settings.browser_tabs,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.page_deadline_s * 500,
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": int(settings.page_deadline_s * 500),
    }
