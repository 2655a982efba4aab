"""The steps of a release: pure functions over the model; effects come in as arguments."""
