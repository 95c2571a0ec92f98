"""The schema in a real editor's language server: completion and explanations in Chinese.

Needs yaml-language-server (npm install -g yaml-language-server), or SELFEVAL_YAML_LS with the path of its program.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from selfeval.rulebook.schema import schema_text

SERVER = os.environ.get("SELFEVAL_YAML_LS") or shutil.which("yaml-language-server")

pytestmark = pytest.mark.skipif(
    SERVER is None, reason="yaml-language-server is not installed (npm install -g yaml-language-server)"
)

TEXT = """\
# yaml-language-server: $schema=rulebook.schema.json
id: 2025
title: 试
extends: national-2020
in_force: {from: 2025}
kinds:
  at_least:
    measure: ratio
    cu
"""


class Editor:
    """An editor with one file open: asks the server over standard input and output."""

    def __init__(self, folder: Path) -> None:
        assert SERVER is not None
        self._process = subprocess.Popen(
            [SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._number = 0
        self.address = (folder / "2025.yaml").as_uri()
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": CAPABILITIES})
        self.tell("initialized", {})
        settings = {"yaml": {"completion": True, "hover": True, "validate": True, "schemaStore": {"enable": False}}}
        self.tell("workspace/didChangeConfiguration", {"settings": settings})
        document = {"uri": self.address, "languageId": "yaml", "version": 1, "text": TEXT}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def ask(self, method: str, params: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            answer = self._receive()
            if answer.get("id") == self._number and "method" not in answer:
                return answer.get("result")
            if "id" in answer and "method" in answer:  # the server asks back, such as for settings
                items = answer.get("params", {}).get("items", [])
                self._send({"id": answer["id"], "result": [None] * len(items) if items else None})

    def at(self, method: str, line: int, column: int) -> Any:  # noqa: ANN401 - JSON
        place = {"line": line, "character": column}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": self.address}, "position": place})

    def tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) or not length:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        answer: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return answer


CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"configuration": True},
}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("editor")
    (folder / "rulebook.schema.json").write_text(schema_text(), encoding="utf-8")
    one = Editor(folder)
    yield one
    one.close()


def line_of(text: str) -> int:
    return next(i for i, line in enumerate(TEXT.splitlines()) if line.strip().startswith(text))


def test_keys_are_completed_with_their_explanation(editor: Editor) -> None:
    found = editor.at("completion", line_of("cu"), 6)
    items = {one["label"]: one for one in found["items"]}
    assert {"curve", "attention", "when", "variants", "deduct", "sources", "note"} <= set(items)
    assert "折线" in json.dumps(items["curve"].get("documentation", ""), ensure_ascii=False)


def test_a_closed_choice_is_completed(editor: Editor) -> None:
    found = editor.at("completion", line_of("measure"), len("    measure: "))
    assert {"ratio", "rate", "per_unit", "excess"} <= {one["label"] for one in found["items"]}


@pytest.mark.parametrize(("key", "says"), [("measure", "完成程度"), ("extends", "基础规则"), ("in_force", "年度")])
def test_a_key_is_explained_in_chinese(key: str, says: str, editor: Editor) -> None:
    line = line_of(key)
    column = TEXT.splitlines()[line].index(key) + 1
    found = editor.at("hover", line, column)
    assert says in json.dumps(found, ensure_ascii=False)
