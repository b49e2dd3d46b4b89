"""Programs that run edgegen and its peers side by side and report ratios; docs/benchmarks.md has their figures."""
