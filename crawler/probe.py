"""One look at an address as a process of its own: `python -m crawler.probe`.

A hostile page so costs no more than the time and memory it is given: the question comes as JSON,
the answer goes out as JSON.
"""

from __future__ import annotations

import json
import resource
import sys

MOST_MEMORY = 2 * 1024**3
MOST_CPU_S = 15


def main() -> None:
    """Read a question from standard input, answer it on standard output."""
    # Imported here: the worker that this process starts needs none of it.
    from dataclasses import asdict

    from crawler.probing import probe
    from crawler.settings import CrawlSettings

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    question = json.load(sys.stdin)
    settings = CrawlSettings.model_validate(question["settings"])
    answer = probe(question["url"], settings, question["main_site"])
    json.dump(asdict(answer), sys.stdout)


if __name__ == "__main__":
    main()
