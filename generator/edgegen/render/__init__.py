"""From templates and a context to the files of a project: the engine, the escape filters and the ownership manifest."""
