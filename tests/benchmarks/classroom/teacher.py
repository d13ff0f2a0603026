"""The teacher: puts a question to the vote, and looks at the panel."""

import asyncio
import contextlib
import json
import re
import time
from typing import Any

import httpx

from classroom.running_class import TEACHERS_WORD
from classroom.visitor import Visitor

SERVICE = "/services/class/"


class Teacher:
    """The teacher at the panel.

    Attributes
    ----------
    seen : list of (float, int)
        When the panel told how many have voted, as of `time.perf_counter`, and how many.
    """

    def __init__(self, address: str) -> None:
        self.seen: list[tuple[float, int]] = []
        self._visitor = Visitor(address, "teacher", TEACHERS_WORD)
        self._browser = self._visitor.browser

    async def open_panel(self) -> None:
        """Sign in, and follow the panel from now on."""
        await self._visitor.sign_in()
        page = await self._browser.get(SERVICE)
        [token] = re.findall(r'<meta name="xsrf" content="([^"]+)"', page.text)
        self._headers = {"X-XSRFToken": token, "Sec-Fetch-Mode": "cors"}
        self._following = asyncio.create_task(self._follow())

    async def leave(self) -> None:
        """Close the panel."""
        self._following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._following

    async def put_to_the_vote(self, question: str) -> None:
        """Choose the question."""
        await self._ask("POST", f"board/{question}", json={})

    async def counted(self, question: str) -> list[str]:
        """Return the votes that were counted in the first round."""
        return (await self._ask("GET", f"counts/{question}")).json()["1"]

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        answer = await self._browser.request(method, SERVICE + path, headers=self._headers, **more)
        answer.raise_for_status()
        return answer

    async def _follow(self) -> None:
        """Read what the panel shows: "<b>3</b> of <b>30</b> have answered"."""
        asked = {"covered": "no", "_xsrf": self._headers["X-XSRFToken"]}
        async with self._browser.stream(
            "GET", f"{SERVICE}stream/board", params=asked, headers=self._headers
        ) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    words = json.loads(line.removeprefix("data: "))["count"]
                    if found := re.match(r"<b>(\d+)</b> of", words):
                        self.seen.append((time.perf_counter(), int(found[1])))
