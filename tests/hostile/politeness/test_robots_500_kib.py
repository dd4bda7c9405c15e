"""A robots.txt that does not end.

Tried: rules behind 500 KiB of comments; half a letter at the very limit.
Must: what stands within the first 500 KiB is obeyed, what stands after it is not there.
"""

from __future__ import annotations

import time

from crawler.robots_rules import MOST_BYTES, read_rules


def test_only_the_first_500_kib_count() -> None:
    assert MOST_BYTES == 500 * 1024
    begin = b"User-agent: *\nDisallow: /first\n"
    body = begin + b"#" * (MOST_BYTES - len(begin)) + b"\nDisallow: /last\n"
    rules = read_rules(body, "OITChecker")
    assert not rules.allows("https://a.go.th/first")
    assert rules.allows("https://a.go.th/last")


def test_a_letter_cut_in_half_at_the_limit_spoils_nothing() -> None:
    begin = "User-agent: *\nDisallow: /ลับ\n#".encode()
    fill = "ก".encode() * (MOST_BYTES // 3 + 1)
    for shift in range(3):
        rules = read_rules(begin + b"x" * shift + fill, "OITChecker")
        assert not rules.allows("https://a.go.th/ลับ")


def test_500_kib_of_rules_are_read_in_time() -> None:
    body = b"User-agent: *\n" + b"".join(b"Disallow: /*x%d*y\n" % n for n in range(30_000))
    begun = time.process_time()
    rules = read_rules(body, "OITChecker")
    assert rules.allows("https://a.go.th/o12")
    assert time.process_time() - begun < 3
