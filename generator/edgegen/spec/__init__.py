"""The contract between a model's author and the app: what goes in, what comes out, what is built from it.

`steps`, `model_spec` and `plan` are the types; `parse` and `write` are edgegen.toml; `check` holds the rules that
tie the parts together; `infer` reads a spec out of what the author already has. Loading any of them costs no torch.
"""
