"""Terms in running text: found whatever their inflection."""
