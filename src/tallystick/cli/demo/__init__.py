"""The demo: a made-up client, two providers, four engagements and eighteen months of tickets."""
