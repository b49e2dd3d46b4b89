"""Programs that run a generated project on a platform and print its JSON document."""
