"""What every test shares: few threads, and the content-addressed cache that keeps exports between runs."""

from __future__ import annotations

import os
import signal

# Two cores: torch, XNNPACK and OpenMP would each start as many threads as they see, and wait for one another.
os.environ.setdefault("OMP_NUM_THREADS", "2")
# A thread that waits must not spin: with two test processes it would take the core from the one it waits for.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# A shell that starts a job in the background has it, and every program below it, ignore Ctrl-C. Tests that send one
# would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
