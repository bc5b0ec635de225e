"""Fetching a download as somebody with patience does: a file that is made as a job is asked for, followed and fetched."""

from __future__ import annotations

import time
from typing import Any

#: Looks at a job before a test gives up; a look takes a quarter of a second.
MOST_LOOKS = 1_200


def follow(get: Any, answer: Any) -> Any:
    """The last answer about a job: 200 with its link, or why there is none. ``get(address)`` asks as the same browser."""
    address = answer.headers["location"]
    for _look in range(MOST_LOOKS):
        answer = get(address)
        if answer.status_code != 202:
            return answer
        time.sleep(0.25)
    raise AssertionError("the job was never done")


def fetch(get: Any, address: str) -> Any:
    """The answer that holds the file behind ``address``."""
    answer = get(address)
    if answer.status_code != 303:
        return answer
    told = follow(get, answer)
    assert told.status_code == 200, told.text
    return get(answer.headers["location"] + "/bestand")
