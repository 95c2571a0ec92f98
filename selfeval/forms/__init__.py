"""Department spreadsheets: written from the targets, read back by identity; and reported tables."""

from __future__ import annotations

from selfeval.forms.reading.folder import form_path, read_forms
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.deliver import Delivery, write_forms
from selfeval.forms.writing.form import write_form

__all__ = ["Delivery", "form_path", "read_forms", "read_reported", "write_form", "write_forms"]
