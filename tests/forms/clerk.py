"""A clerk at LibreOffice: opens forms, types into cells, saves under other names and formats.

Run by the Python that knows LibreOffice's interface (Debian's python3-uno), never imported by tests:
``python3 clerk.py SOFFICE FOLDER < jobs.json``. A job is ``{"open": file, "type": {"F12": "95"}, "save": [file, …]}``;
what is typed goes the way of the keyboard (numbers, dates and 95% are recognised), a locked cell refuses it.
"""

# mypy: ignore-errors
# ruff: noqa: ANN001
# ruff: noqa: ANN201
# ruff: noqa: FBT003
# ruff: noqa: T201

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}


def main(soffice, folder) -> None:
    """Start LibreOffice, do every job, end it; prints what was shown in each sheet as JSON."""
    pipe = f"selfeval{os.getpid()}"
    profile = Path(folder, "profile").as_uri()
    arguments = [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--invisible"]
    office = subprocess.Popen([*arguments, f"--accept=pipe,name={pipe};urp;"], env={**os.environ, "HOME": folder})
    try:
        desktop = connect(pipe, office)
        print(json.dumps([do(desktop, job) for job in json.load(sys.stdin)]))
        desktop.terminate()
        office.wait(60)
    finally:
        office.kill()


def connect(pipe, office):
    """The running office; it needs a moment to start."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception as fault:
            if office.poll() is not None:
                raise SystemExit("LibreOffice ended") from fault
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start")


def option(name, value):
    """One property of loading or saving."""
    one = PropertyValue()
    one.Name, one.Value = name, value
    return one


def do(desktop, job):
    """One job; gives what every cell of the first sheet shows after it."""
    book = desktop.loadComponentFromURL(Path(job["open"]).as_uri(), "_blank", 0, (option("Hidden", True),))
    sheet = book.Sheets.getByIndex(0)
    refused = []
    for place, typed in job["type"].items():
        cell = sheet.getCellRangeByName(place)
        if sheet.isProtected() and cell.CellProtection.IsLocked:
            refused.append(place)
            continue
        cell.setFormula(typed)
    book.calculateAll()
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    area = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow)
    shown = area.getDataArray()
    for target in job["save"]:
        book.storeToURL(Path(target).as_uri(), (option("FilterName", FILTERS[Path(target).suffix]),))
    book.close(False)
    return {"shown": shown, "refused": refused}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
