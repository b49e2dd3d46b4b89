"""Smaller and faster models: 8-bit quantisation of exported programs (PT2E)."""
