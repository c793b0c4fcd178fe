"""How the tables came about, step by step, for Alembic: new steps go into `versions`."""
