"""不涉及: nothing is measured; its points go to the other indicators of the section."""

from __future__ import annotations

from selfeval.domain.kinds.kind import Kind

NOT_APPLICABLE = Kind("not_applicable", "不涉及", "nothing", {})
