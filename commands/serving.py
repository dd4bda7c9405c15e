"""`oit serve`: the pages of a running checker, for people, Prometheus and health checks."""

from __future__ import annotations

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
    database: options.DatabaseOption = "",
) -> None:
    """เปิดหน้าสถานะของระบบ (/healthz) และตัวเลขสำหรับ Prometheus (/metrics)

    อ่านฐานข้อมูลอย่างเดียว หยุดด้วย Ctrl-C หรือ SIGTERM

    ตัวอย่าง:
      oit serve
      oit serve --host 0.0.0.0 --port 9100   (ให้เครื่องอื่นในเครือข่ายเข้าถึงได้)
    """
    from web.serving import ServingError, is_loopback
    from web.serving import serve as serve_pages
    from web.sources import Sources

    def ready(address: str) -> None:
        say(f"เปิดแล้วที่ {address} (หยุดด้วย Ctrl-C)", f"serving at {address} (Ctrl-C stops it)")
        if not is_loopback(host):
            say(
                "เครื่องอื่นในเครือข่ายเข้าถึงหน้านี้ได้โดยไม่ต้องลงชื่อ ให้จำกัดด้วยไฟร์วอลล์",
                "other machines can reach these pages without a login; limit them by a firewall",
            )

    sources = Sources(options.database_url(database), Path(home()), tool_version())
    with refusing(ServingError):
        serve_pages(sources, host, port, ready)
    say("หยุดแล้ว", "stopped")
