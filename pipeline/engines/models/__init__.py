"""Translation models on this machine: which there are, how they get here whole, and whether they still are."""
