"""The dashboard's page of evidence, its copies in a bucket."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.settings import CrawlSettings
from tests.databases import database_at
from tests.objects import s3_server
from tests.web.conftest import NOW, Dashboard
from tests.web.evidence_samples import ADDRESS, ITEM, archived, hostile_page
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    import pytest

HERE = f"/units/surin/items/{ITEM}"


def test_copies_are_shown_and_given_out_from_a_bucket(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = s3_server.reached(monkeypatch)
    folder = tmp_path / "var"
    shutil.copytree(seeds, folder)
    crawl = CrawlSettings(evidence_url=address, bodies_folder=folder / "bodies")
    site = Site(
        Sources(database_at(f"{folder}/oit.db"), folder), WebSettings(),
        lambda: NOW + timedelta(days=20), crawl=crawl,
    )  # fmt: skip
    scan = archived(site)
    client = Dashboard(site).client("webmaster")
    told = client.get(f"/api/v1{HERE}").json()
    line = next(one["line"] for one in told["copies"] if one["url"] == f"{ADDRESS}/o12")
    assert client.get(HERE).status_code == 200
    given = client.get(f"{HERE}/scans/{scan}/copies/{line}/original")
    assert (given.status_code, given.content) == (200, hostile_page(2))
    for one in s3_server.client().list_objects_v2(Bucket=address.split("/")[2])["Contents"]:
        if "/objects/" in one["Key"]:
            bucket = address.split("/")[2]
            s3_server.client().put_object(Bucket=bucket, Key=one["Key"], Body=b"another")
    damaged = client.get(f"{HERE}/scans/{scan}/copies/{line}/original")
    assert damaged.status_code == 503
    assert "oit evidence verify" in damaged.text
    site.close()
