"""Glossator's service: people, data sets, classifiers, runs, boards. Imports no torch."""

__version__ = "0.1.0"
