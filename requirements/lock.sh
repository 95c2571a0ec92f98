#!/bin/sh
# Writes the locks anew from pyproject.toml: sh requirements/lock.sh   (UV=… names another uv)
#
# One version of each package for Python 3.11 and later on Linux, macOS and Windows, with the hashes of every wheel,
# and no address: the reader's own pip settings say where packages come from. Versions stay unless pyproject.toml
# forbids them; `sh requirements/lock.sh --upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."

uv=${UV:-uv}
if ! command -v "$uv" >/dev/null; then
    uv=.venv/bin/uv
fi
if ! command -v "$uv" >/dev/null; then
    printf '%s\n' "更新锁文件要用 uv，没有找到。请先安装 uv，或用 make lock UV=/路径/uv 指出来。" \
        "Locking needs uv, which was not found. Install it, or name it: make lock UV=/path/to/uv" >&2
    exit 1
fi

compile() {
    output=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --only-binary :all: \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        --output-file "$output" "$@"
}

compile requirements/dev.txt --group dev "$@" pyproject.toml
# The same versions as dev, so that the tests try what users run.
compile requirements/runtime.txt --group build --constraint requirements/dev.txt "$@" pyproject.toml
# The tool alone: it looks at what users install from outside.
compile requirements/sbom.txt --group pyproject.toml:sbom "$@"
