"""Somebody who signs in as a browser does: a learner with a server, or the teacher."""

import asyncio
import re
import time
from typing import Any

import httpx

from classroom.running_class import PASSWORD

PATIENCE_SECONDS = 120.0  # for an answer
SERVER_SECONDS = 300.0
LOOK_SECONDS = 1.0  # from one look whether a server is there to the next
NOTEBOOK = "my_notebooks/01_neurons.ipynb"


class Visitor:
    """A name and what a browser keeps of it.

    Parameters
    ----------
    address : str
        Where the class is.
    name, word : str
        What they type.

    Attributes
    ----------
    browser : httpx.AsyncClient
        What keeps the cookies.
    """

    def __init__(self, address: str, name: str, word: str) -> None:
        self.browser = httpx.AsyncClient(
            base_url=address,
            headers={"Sec-Fetch-Mode": "navigate"},
            follow_redirects=True,
            timeout=PATIENCE_SECONDS,
            trust_env=False,  # no proxy leads to this machine
        )
        self._address = address
        self._name = name
        self._word = word

    async def sign_in(self) -> None:
        """Fill in the form."""
        page = await self.browser.get("/hub/login")
        [token] = re.findall('name="_xsrf" value="([^"]+)"', page.text)
        typed = {"username": self._name, "password": PASSWORD, "word": self._word}
        answer = await self.browser.post(
            "/hub/login?next=%2Fhub%2Fhome", data=typed | {"_xsrf": token}, follow_redirects=False
        )
        if answer.status_code != httpx.codes.FOUND:
            raise RuntimeError(f"{self._name} did not come in: {answer.status_code}.")

    async def start_server(self) -> None:
        """Start one's server, wait for it, and open its first page."""
        await self._ask("POST", f"/hub/api/users/{self._name}/server", "/hub/")
        end = time.monotonic() + SERVER_SECONDS
        while not await self._has_server():
            if time.monotonic() > end:
                raise RuntimeError(f"{self._name} has waited {SERVER_SECONDS:.0f} s for a server.")
            await asyncio.sleep(LOOK_SECONDS)
        await self.browser.get(f"/user/{self._name}/")

    async def _has_server(self) -> bool:
        told = await self._ask("GET", f"/hub/api/users/{self._name}", "/hub/")
        return bool(told.get("servers", {}).get("", {}).get("ready"))

    async def open_notebook(self) -> tuple[list[dict[str, Any]], str]:
        """Return the cells of chapter 1 and the name of a kernel for them."""
        place = f"/user/{self._name}/"
        notebook = await self._ask("GET", f"{place}api/contents/{NOTEBOOK}", place)
        asked = {"path": NOTEBOOK, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
        session = await self._ask("POST", f"{place}api/sessions", place, json=asked)
        return notebook["content"]["cells"], session["kernel"]["id"]

    def channels(self, kernel: str, session: str) -> tuple[str, dict[str, str]]:
        """Return the address of a kernel's websocket, and the headers that open it."""
        cookies = [each for each in self.browser.cookies.jar if each.path.startswith("/user")]
        headers = {
            "Cookie": "; ".join(f"{each.name}={each.value}" for each in cookies),
            "Origin": self._address,
        }
        place = f"/user/{self._name}/api/kernels/{kernel}/channels?session_id={session}"
        return self._address.replace("http", "ws", 1) + place, headers

    async def _ask(self, method: str, path: str, page: str, **more: Any) -> Any:
        """Ask as the page does that stands at ``page``."""
        tokens = [
            each.value or ""
            for each in self.browser.cookies.jar
            if (each.name, each.path) == ("_xsrf", page)
        ]
        headers = {"X-XSRFToken": (tokens or [""])[0], "Sec-Fetch-Mode": "cors"}
        headers["Referer"] = f"{self._address}/hub/home"
        answer = await self.browser.request(method, path, headers=headers, **more)
        answer.raise_for_status()
        return answer.json() if answer.content else None
