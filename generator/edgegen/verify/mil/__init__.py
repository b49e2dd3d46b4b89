"""Core ML's mlprograms, read from their stored bytes and evaluated in torch, op by op, on any machine.

    package     the .mlpackage folder                wire, schema    the protocol buffer in it
    weights     arrays in its weight files           values          stored values as torch holds them
    program     operations and types as data         evaluate        runs them
    registry    operations by name                   ops/            what each computes

coremltools is not used: it cannot run a model outside macOS, and it is what wrote the bytes that are to be checked.

What agreement with PyTorch proves: the stored graph, with the stored weights as they come out of their compression,
and with float16 rounding after every operation, computes the model's function within the figure given. What it does
not prove: what Core ML's compiler makes of the graph (it fuses operations, and may choose other types), and the
arithmetic of the GPU and the Neural Engine. Those only a device can show.
"""
