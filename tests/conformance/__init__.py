"""Conformance: random specs and pictures through the Python reference and through a language's kernels, byte for byte.

    python -m tests.conformance --language cpp|java|swift [--arch x86_64|aarch64] --seed N --cases M
    python -m tests.conformance --language cpp|java|swift [--arch x86_64|aarch64] --yuv --seed N --cases M

A language is a driver: a program that reads a folder of cases and writes every stage of every case (`casefile`), or a
folder of camera frames and writes them as RGB (`yuv`).
"""
