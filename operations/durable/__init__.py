"""Waves of installations that survive their process: DBOS workflows over SQLite or PostgreSQL."""
