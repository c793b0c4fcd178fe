"""What learners have done: kept in SQLite or PostgreSQL, known by nothing but a secret in their browser."""
