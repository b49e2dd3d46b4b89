"""A user's package: models and transforms that are right, and ones that are wrong in one way each."""
