"""XLIFF 1.2 (OASIS Standard, 2008), and projects for OmegaT made of it."""
