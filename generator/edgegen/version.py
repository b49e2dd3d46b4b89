"""edgegen's version: a constant, because asking importlib.metadata costs a quarter of the start-up budget."""

__version__ = "0.1.0"
