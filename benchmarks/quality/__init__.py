"""How good checks, typography and sentences are, measured on sentence pairs that people would sign."""
