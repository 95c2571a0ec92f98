"""资金进度: payments against the plan."""
