"""A ZIP file out of parts that were compressed by themselves."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.packages import deflated
from selfeval.packages.container import unpack

parts = st.dictionaries(st.text("abc/._[]", min_size=1, max_size=9), st.binary(max_size=500), min_size=1, max_size=5)
WAYS = list(dict.fromkeys([deflated._by_zlib, deflated._begun]))


def _packed(contents: dict[str, bytes]) -> bytes:
    return deflated.packed((name, deflated.deflated(content)) for name, content in contents.items())


@given(parts)
def test_with_zlib_it_is_what_zipfile_writes(contents: dict[str, bytes]) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deflated, "_begun", deflated._by_zlib)
        assert _packed(contents) == file.getvalue()


@pytest.mark.parametrize("way", WAYS)
def test_every_reader_finds_its_parts_again(way: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deflated, "_begun", way)
    contents = {"a.xml": b"", "b/c.xml": b"<a/>" * 9_999, "d": zlib.compress(bytes(range(256)) * 50)}
    assert _packed(contents) == _packed(contents)
    assert unpack(_packed(contents)) == contents


@given(parts)
def test_what_is_stored_is_found_again_too(contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(
        BytesIO(deflated.packed((name, deflated.stored(one)) for name, one in contents.items()))
    ) as file:
        assert {one.filename: (one.compress_type, file.read(one)) for one in file.infolist()} == {
            name: (zipfile.ZIP_STORED, content) for name, content in contents.items()
        }
