#!/bin/sh
# Makes .venv and installs what a lock names: sh requirements/install.sh runtime|dev
#
# make calls it before every target; it returns at once when nothing has changed. Whatever is fetched is pinned and
# checked by hash, and comes ready-built, so that no build step can fetch more. PYTHON=python3.12 picks the Python.
set -eu

lock=${1:?usage: install.sh runtime|dev}
cd "$(dirname "$0")/.."
venv=.venv

say() { printf '%s\n' "$@" >&2; }

# A Python of 3.11 or later that can make virtual environments; a name that does not run is simply not usable.
usable() { "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if usable "$candidate"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    if [ -n "${PYTHON:-}" ]; then
        say "PYTHON=$PYTHON 用不了：要 Python 3.11 或更新的版本，并且带 venv 和 ensurepip。" \
            "PYTHON=$PYTHON does not work: it must be Python 3.11 or later with venv and ensurepip."
    else
        say "没有找到 Python 3.11 或更新的版本。请先安装（Debian、Ubuntu：apt install python3 python3-venv；macOS：brew install python）；" \
            "装在别处的，用 make score PYTHON=/路径/python3.12 指出来。" \
            "No Python 3.11 or later with venv and ensurepip was found. Install one, or name it: make score PYTHON=/path/to/python3.12"
    fi
    return 1
}

# What an installation depends on. The folder counts too: the programs in .venv/bin name it in their first line.
fingerprint() {
    pwd -P
    "$venv/bin/python" -V
    cksum <"requirements/$1.txt"
    cksum <pyproject.toml
}

installed() { [ "$(cat "$venv/installed-$1" 2>/dev/null)" = "$(fingerprint "$1")" ]; }

healthy() {
    "$venv/bin/python" -c '
import sys, pip
sys.exit(sys.prefix == sys.base_prefix or sys.version_info < (3, 11))
' >/dev/null 2>&1 || return 1
    for stamp in "$venv"/installed-*; do
        if [ -f "$stamp" ] && [ "$(head -n 1 "$stamp")" != "$(pwd -P)" ]; then
            return 1 # the folder was moved or copied
        fi
    done
    [ -z "${PYTHON:-}" ] || [ "$(version "$PYTHON")" = "$(version "$venv/bin/python")" ]
}

if ! healthy; then
    if [ -e "$venv" ] || [ -L "$venv" ]; then
        [ -z "${PYTHON:-}" ] || find_python >/dev/null # keep what is there when the Python asked for does not work
        say "$venv 不能用（坏了、换了位置或换了 Python），重新建。"
        rm -rf "$venv"
    fi
    python=$(find_python)
    say "正在建 $venv（$("$python" -V)）…"
    "$python" -m venv "$venv"
fi

if installed "$lock"; then
    exit 0
fi

say "正在安装 requirements/$lock.txt 里的依赖（第一次要联网，约一两分钟）…"
if ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
    --requirement "requirements/$lock.txt"; then
    say "安装没有成功，原因见上面 pip 的原话。上不了外网的，请先把环境变量 PIP_INDEX_URL 设成本单位的镜像地址，再试一次。" \
        "Installing failed; pip says why above. Behind a firewall, set PIP_INDEX_URL to your mirror and try again."
    exit 1
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

fingerprint "$lock" >"$venv/installed-$lock"
if [ "$lock" = dev ]; then
    fingerprint runtime >"$venv/installed-runtime" # dev holds all of runtime, in the same versions
fi
