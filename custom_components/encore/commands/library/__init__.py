"""Commands about saved items, followed artists, and podcasts."""
