"""评分依据: every step of every score, and the rules behind them."""
