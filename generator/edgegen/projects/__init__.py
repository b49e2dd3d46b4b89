"""What `edgegen new` and `edgegen export` do: describe a model, produce what follows from it, put it in place."""
