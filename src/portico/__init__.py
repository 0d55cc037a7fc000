"""Portico: the record of civil immigration arrests at courthouses."""

__version__ = "0.1.0"
