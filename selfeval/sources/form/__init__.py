"""The published form (部门预算绩效文本), read from blocks by its labels, whatever the format they came from."""
