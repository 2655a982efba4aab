"""Translation memory: what approved releases already say."""
