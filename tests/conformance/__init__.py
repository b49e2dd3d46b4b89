"""Conformance: random specs and pictures through the Python reference and through a language's kernels, byte for byte.

    python -m tests.conformance --language cpp [--arch x86_64|aarch64] --seed N --cases M

A language is a driver: a program that reads a folder of cases and writes every stage of every case (`casefile`).
"""
