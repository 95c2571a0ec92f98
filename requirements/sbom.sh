#!/bin/sh
# Writes what the program consists of (CycloneDX 1.6, JSON) to dist/: sh requirements/sbom.sh
#
# The list is read from an environment that holds the runtime lock and nothing else, so it names what users install,
# with licences and who needs what; their hashes stand in requirements/runtime.txt. The same locks give the same bytes.
set -eu
cd "$(dirname "$0")/.."

made=dist/selfeval.cdx.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

fill() {
    "${PYTHON:-python3}" -m venv "$work/$1"
    "$work/$1/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
        --requirement "requirements/$1.txt"
}

fill sbom
fill runtime
# what `venv` itself puts there is no part of the program
"$work/runtime/bin/python" -m pip uninstall --quiet --yes --disable-pip-version-check setuptools pip
mkdir -p dist
"$work/sbom/bin/cyclonedx-py" environment --pyproject pyproject.toml --output-reproducible \
    --output-file "$made" "$work/runtime"
printf '%s\n' "已写出 $made"
