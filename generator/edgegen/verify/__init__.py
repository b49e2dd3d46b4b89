"""Whether the exported file gives PyTorch's answers, and what is inside a model or a file."""
