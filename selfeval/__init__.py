"""selfeval: the engine for year-end self-evaluation (绩效自评) of Chinese budget projects."""

__version__ = "0.1.0"
