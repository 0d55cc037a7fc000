"""The page of one incident as one HTML file: no script, nothing fetched, readable by keyboard and on paper."""

from portico.web.report.render import render

__all__ = ["render"]
