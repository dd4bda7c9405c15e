"""`oit serve`: the pages of a running checker, for people, Prometheus and health checks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from commands import options
from commands.language import home, refusing, say
from commands.sweeping import tool_version


def serve(
    host: Annotated[
        str,
        typer.Option("--host", metavar="ที่อยู่", help="ที่อยู่ที่จะเปิด (ไม่ระบุ = 127.0.0.1 เฉพาะเครื่องนี้)"),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="พอร์ต 0 = พอร์ตใดก็ได้ที่ว่าง")
    ] = 8000,
    out: Annotated[
        str, typer.Option("--out", metavar="โฟลเดอร์", help="โฟลเดอร์รายงาน (ไม่ระบุ = reports)")
    ] = "reports",
    database: options.DatabaseOption = "",
) -> None:
    """เปิดแดชบอร์ดในเบราว์เซอร์ พร้อมสถานะของระบบ (/healthz) และตัวเลขสำหรับ Prometheus (/metrics)

    ทุกหน้าต้องลงชื่อเข้าใช้ ยกเว้น /healthz และ /metrics ซึ่งเปิดให้ระบบเฝ้าดูอ่านได้โดยไม่ต้องลงชื่อ
    สร้างบัญชีผู้ดูแลระบบคนแรกด้วย oit user add (ดู docs/dashboard.md)
    จากเครื่องอื่นต้องเข้าผ่าน https โดยมี reverse proxy อยู่หน้า และตั้ง OIT_WEB_ADDRESS
    หยุดด้วย Ctrl-C หรือ SIGTERM

    ตัวอย่าง:
      oit serve
      OIT_WEB_ADDRESS=https://oit.example.go.th OIT_WEB_PROXIES=127.0.0.1 oit serve
    """
    from crawler.confinement.trial import try_out_aside
    from web.checking.settings import settings_in
    from web.serving import ServingError
    from web.serving import serve as serve_pages
    from web.settings import SettingsError, WebSettings, is_loopback
    from web.site import Site
    from web.sources import Sources

    with refusing(SettingsError):
        settings = WebSettings.from_environment(os.environ)
        settings_in(os.environ)
    url = options.database_url(database)

    def ready(address: str) -> None:
        say(f"เปิดแล้วที่ {address} (หยุดด้วย Ctrl-C)", f"serving at {address} (Ctrl-C stops it)")
        if not is_loopback(host):
            say(
                "เครื่องอื่นอ่าน /healthz และ /metrics ได้โดยไม่ต้องลงชื่อ ให้จำกัดด้วยไฟร์วอลล์ "
                "หน้าอื่นลงชื่อเข้าใช้ได้ผ่าน https เท่านั้น",
                "other machines can read /healthz and /metrics without a login; limit them by a "
                "firewall. People can sign in over https only",
            )
        _tell_of_first_start(url)

    sources = Sources(url, Path(home()), tool_version())
    crawl = options.with_archive(options.crawl_settings(), url)
    site = Site(sources, settings, out=Path(out), crawl=crawl)
    try_out_aside()
    try:
        with refusing(ServingError):
            serve_pages(site, host, port, ready)
    finally:
        site.close()
    say("หยุดแล้ว", "stopped")


def _tell_of_first_start(url: str) -> None:
    """Without anybody who may sign in, say how that is mended."""
    from accounts.people import People
    from results.store import Store, StoreError

    if options.missing_database(url) is None:
        try:
            with Store.open(url, busy_timeout=1) as store:
                if People(store.engine).any():
                    return
        except StoreError as error:
            # The pages tell of it as well, and recover when it is mended.
            say(str(error), str(error))
            return
    say(
        'ยังไม่มีผู้ใช้ สร้างบัญชีผู้ดูแลระบบด้วย: oit user add ชื่อผู้ใช้ --display "ชื่อ นามสกุล" '
        "--role administrator",
        "nobody can sign in yet; make an administrator: "
        'oit user add NAME --display "Full Name" --role administrator',
    )
