"""Asides: what people write among and below the rows of a table that is no record, as patterns."""

SUM = "(?:合|小|总|共)计"
NOTE = "附?注|备注|说明|填[报表]说明"
SIGNED = "(?:填[报表]|制表|审核|复核|经办|联系|负责|单位负责|项目负责)人?"
"""Who made, looked through or answers for a table; 人 may be left out before a name."""
REACHED = "(?:联系)?电话|(?:填[报表]|制表)?(?:日期|时间)"
