"""Firefox, driven by touch and by keys through Marionette, the way in that every Firefox has."""

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

FIREFOX = shutil.which("firefox") or shutil.which("firefox-esr")
PATIENCE = 60.0
"""Seconds in which it starts, and in which a page shows what it is waited for."""
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key of an element in WebDriver."""
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "ArrowLeft": "\ue012", "ArrowRight": "\ue014"}
"""The characters of keys in WebDriver."""
PREFERENCES = {
    "marionette.port": 0,
    "dom.w3c_touch_events.enabled": 1,
    "network.proxy.type": 1,  # there is no network: everything would go where nothing listens
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.download.folderList": 2,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.download.alwaysOpenPanel": False,  # the panel takes the keyboard away from the page
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "app.update.enabled": False,
}


class Firefox:
    """A window of a phone's size, without a network. It ends with the block."""

    def __init__(self, folder: Path) -> None:
        self.downloads = folder / "downloads"
        self._profile = folder / "profile"
        self._number = 0

    def __enter__(self) -> "Firefox":
        assert FIREFOX
        self._profile.mkdir(parents=True)
        self.downloads.mkdir()
        preferences = {**PREFERENCES, "browser.download.dir": str(self.downloads)}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
        (self._profile / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(self._profile)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {**os.environ, "HOME": str(self._profile.parent)}
        self._process = subprocess.Popen(command, env=environment, **quiet)  # type: ignore[call-overload]  # mypy can't see
        self._socket = socket.create_connection(("127.0.0.1", self._port()), PATIENCE)
        self._file = self._socket.makefile("rb")
        self._read()  # its greeting
        self("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})
        self("WebDriver:SetWindowRect", width=400, height=800)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()
        self._process.terminate()
        self._process.wait(PATIENCE)

    def _port(self) -> int:
        written = self._profile / "MarionetteActivePort"
        return int(self._waited_for(lambda: written.exists() and written.read_text()))

    def __call__(self, name: str, **parameters: object) -> Any:
        """What a command of Marionette returns."""
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, number, error, result = self._read()
        assert number == self._number
        assert error is None, error
        return result.get("value") if isinstance(result, dict) else result

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._file.read(1)
        return json.loads(self._file.read(int(length[:-1])))

    def open(self, path: Path) -> None:
        """Open a file as if for the first time: what an earlier page keeps is still there."""
        self("WebDriver:Navigate", url=path.as_uri())

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns."""
        return self("WebDriver:ExecuteScript", script=script, args=list(arguments), sandbox=None)

    def wait_for(self, function: str, *arguments: object) -> Any:
        """What an asynchronous function returns in the end."""
        script = f"({function})(...[...arguments].slice(0, -1)).then([...arguments].at(-1))"
        return self("WebDriver:ExecuteAsyncScript", script=script, args=list(arguments), sandbox=None)

    def tap(self, words: str) -> None:
        """Tap on the button, link or summary with these words, once it is there."""
        found = self._waited_for(lambda: self.run(BY_WORDS, words))
        self.run("arguments[0].scrollIntoView({ block: 'center' })", found)
        origin = {ELEMENT: found[ELEMENT]}
        touch = [
            {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        finger = {"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": touch}
        self("WebDriver:PerformActions", actions=[finger])

    def press(self, *keys: str) -> None:
        """Press keys one after the other, by their names or as characters."""
        strokes = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self("WebDriver:PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": strokes}])

    def sees(self, words: str) -> bool:
        """Whether the page shows these words before long."""
        return bool(self._waited_for(lambda: words in self.run("return document.body.innerText")))

    def pause(self) -> None:
        """As long as a press on the next question is taken for the first."""
        time.sleep(0.5)

    def download(self) -> Path:
        """The file that was saved."""

        def whole() -> Path | None:
            return next((one for one in self.downloads.iterdir() if one.suffix != ".part" and one.stat().st_size), None)

        found: Path = self._waited_for(whole)
        return found

    def _waited_for(self, found: Any) -> Any:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if value := found():
                return value
            time.sleep(0.1)
        raise TimeoutError(self.run("return document.body.innerText"))


BY_WORDS = """
return [...document.querySelectorAll("button, a, summary")].find(
  (one) => one.textContent === arguments[0] && !one.disabled
) ?? null;
"""
