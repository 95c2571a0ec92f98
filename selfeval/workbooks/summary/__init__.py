"""汇总.xlsx: the projects of a year, where points were lost, every indicator and problem."""
